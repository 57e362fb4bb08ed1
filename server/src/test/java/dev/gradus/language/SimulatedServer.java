package dev.gradus.language;

import dev.gradus.api.Gateway;
import dev.gradus.api.PageTokens;
import dev.gradus.api.RuntimeService;
import dev.gradus.api.WirePolicy;
import dev.gradus.api.WireRequest;
import dev.gradus.expressions.Json;
import dev.gradus.expressions.JsonArray;
import dev.gradus.expressions.JsonNumber;
import dev.gradus.expressions.JsonObject;
import dev.gradus.expressions.JsonString;
import dev.gradus.language.Example.Kind;
import dev.gradus.language.Example.Outcome;
import dev.gradus.runtime.Arn;
import dev.gradus.runtime.RuntimeOptions;
import dev.gradus.testkit.SimFaults;
import dev.gradus.testkit.SimNode;
import dev.gradus.testkit.SimScheduler;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A server in virtual time that is called over the wire's JSON and runs one example. */
final class SimulatedServer {
    private static final Instant START = Instant.parse("2026-11-01T00:00:00Z");
    private static final Arn.Place PLACE = new Arn.Place("aws", "us-east-1", "123456789012");
    private static final String PREFIX = "arn:aws:states:us-east-1:123456789012:";
    private static final Pattern ACTIVITY = Pattern.compile(PREFIX + "activity:([\\w-]+)");
    private static final int SHARDS = 3;
    private static final long STEPS = 2_000_000;
    private static final Duration LONGEST = Duration.ofDays(3_650);

    private final SimScheduler scheduler = new SimScheduler(1, START);
    private final Outside outside;
    private final SimNode node;
    private final Gateway gateway;

    /** One answer of the API. */
    private record Reply(int status, JsonObject body) {
        String string(String member) {
            return ((JsonString) body.get(member).orElseThrow()).value();
        }

        double number(String member) {
            return ((JsonNumber) body.get(member).orElseThrow()).doubleValue();
        }
    }

    private SimulatedServer(Example example) {
        outside = new Outside(scheduler, (JsonObject) Json.parse(example.functions()));
        node =
                new SimNode(
                        scheduler,
                        SHARDS,
                        SimFaults.delaysOnly(),
                        RuntimeOptions.DEFAULT,
                        _ -> outside);
        var gradus = node.gradus();
        gateway =
                new Gateway(
                        RuntimeService.of(gradus),
                        new PageTokens(new byte[32], scheduler),
                        WirePolicy.open(PLACE),
                        () -> new UUID(1, 2));
        outside.onToken(this::answerToken);
    }

    /**
     * Runs an example in a world of its own.
     *
     * @throws AssertionError if it never ends, or its functions are not those that it calls
     */
    static Outcome run(Example example) {
        var server = new SimulatedServer(example);
        var outcome = server.execute(example);
        if (!server.outside.complaints().isEmpty()) {
            throw new AssertionError(
                    example + ": " + server.outside.complaints() + ", and it ended as " + outcome);
        }
        return outcome;
    }

    private Outcome execute(Example example) {
        scheduler.runUntil(() -> node.gradus().isReady(), STEPS);
        if (example.expected().kind() == Kind.WARNED) {
            return new Outcome(Kind.WARNED, warnings(example.definition()), 0);
        }
        var activities = ACTIVITY.matcher(example.definition());
        while (activities.find()) {
            if (outside.has(activities.group(1))) {
                work(activities.group(), activities.group(1));
            }
        }
        var created =
                call(
                        "CreateStateMachine",
                        Map.of(
                                "name", "example",
                                "definition", example.definition(),
                                "roleArn", "arn:aws:iam::123456789012:role/example"));
        if (created.status() != 200) {
            return new Outcome(Kind.REFUSED, created.string("message"), 0);
        }
        var started =
                call(
                        "StartExecution",
                        Map.of(
                                "stateMachineArn", created.string("stateMachineArn"),
                                "name", "run",
                                "input", example.input()));
        return outcome(ended(started.string("executionArn")));
    }

    /** Returns the findings about a definition as AWS writes errors, or that it has errors. */
    private String warnings(String definition) {
        var found =
                call(
                        "ValidateStateMachineDefinition",
                        Map.of("definition", definition, "severity", "WARNING"));
        if (!found.string("result").equals("OK")) {
            return found.toString();
        }
        return ((JsonArray) found.body().get("diagnostics").orElseThrow())
                .elements().stream()
                        .map(finding -> new Reply(0, (JsonObject) finding))
                        .map(it ->
                                it.string("code")
                                        + ": "
                                        + it.string("message")
                                        + " at "
                                        + it.string("location"))
                        .collect(Collectors.joining(", "));
    }

    private Reply ended(String executionArn) {
        var request = Map.of("executionArn", executionArn);
        var described = call("DescribeExecution", request);
        var step = Duration.ofSeconds(1);
        while (described.string("status").equals("RUNNING")) {
            if (step.compareTo(LONGEST) > 0) {
                throw new AssertionError("it never ends: " + described);
            }
            scheduler.advance(step);
            step = step.multipliedBy(2);
            described = call("DescribeExecution", request);
        }
        return described;
    }

    private static Outcome outcome(Reply described) {
        long seconds = Math.round(described.number("stopDate") - described.number("startDate"));
        var status = described.string("status");
        if (status.equals("SUCCEEDED")) {
            return new Outcome(Kind.OUTPUT, described.string("output"), seconds);
        }
        var failure = JsonObject.builder();
        if (!status.equals("FAILED")) {
            failure.put("status", status);
        }
        failure.putIfPresent("error", described.body().get("error"));
        failure.putIfPresent("cause", described.body().get("cause"));
        return new Outcome(Kind.FAILURE, failure.build().text(), seconds);
    }

    // Who answers tasks

    /** Registers an activity and keeps a worker at it. */
    private void work(String activityArn, String name) {
        call("CreateActivity", Map.of("name", name));
        poll(activityArn, name);
    }

    private void poll(String activityArn, String name) {
        send("GetActivityTask", Map.of("activityArn", activityArn))
                .thenAccept(reply -> {
                    if (reply.body().get("taskToken").orElse(Json.NULL)
                            instanceof JsonString(var token)) {
                        outside.answer(name, answer -> answer(token, answer));
                    }
                    poll(activityArn, name);
                });
    }

    private void answerToken(String token) {
        outside.answer(Outside.TOKEN, answer -> answer(token, answer));
    }

    private void answer(String token, Outside.Answer answer) {
        if (answer.error().isEmpty()) {
            send("SendTaskSuccess", Map.of("taskToken", token, "output", answer.value().text()));
        } else {
            var failure = answer.failure();
            send(
                    "SendTaskFailure",
                    Map.of(
                            "taskToken", token,
                            "error", failure.error().orElse(""),
                            "cause", failure.cause().orElse("")));
        }
    }

    // The wire

    private Reply call(String operation, Map<String, String> request) {
        var reply = send(operation, request).toCompletableFuture();
        if (!scheduler.runUntil(reply::isDone, STEPS)) {
            throw new AssertionError("no answer to " + operation + ", " + scheduler);
        }
        return reply.join();
    }

    private CompletionStage<Reply> send(String operation, Map<String, String> request) {
        var body = JsonObject.builder();
        request.forEach(body::put);
        var headers = Map.of("X-Amz-Target", "AWSStepFunctions." + operation);
        return gateway.handle(
                        new WireRequest(
                                "POST",
                                "/",
                                name -> Optional.ofNullable(headers.get(name)),
                                body.build().text().getBytes(StandardCharsets.UTF_8),
                                new WireRequest.Connection(() -> true)))
                .thenApply(answer ->
                        new Reply(answer.status(), (JsonObject) Json.parse(answer.body())));
    }
}
