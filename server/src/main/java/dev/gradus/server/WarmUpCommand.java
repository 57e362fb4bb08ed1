package dev.gradus.server;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/**
 * `gradus warm-up`: runs one small workflow in a folder of its own and ends, so that the launcher
 * can record which classes a start needs.
 */
@Command(
        name = "warm-up",
        description = "Trains the start-up cache; the launcher calls it.",
        hidden = true)
final class WarmUpCommand implements Callable<Integer> {
    private static final String MACHINE =
            "arn:aws:states:us-east-1:123456789012:stateMachine:warm-up";
    private static final String DESCRIBE =
            "{\"executionArn\":\"arn:aws:states:us-east-1:123456789012:execution:warm-up:one\"}";

    /**
     * Enough calls that the cache holds which branches are hot, not only which classes there are.
     */
    private static final int ROUNDS_MAX = 5_000;

    private static final Duration TRAINING = Duration.ofSeconds(5);

    @Override
    public Integer call() throws IOException, InterruptedException {
        var data = Files.createTempDirectory("gradus-warm-up");
        try (var server =
                GradusServer.start(
                        Settings.from(
                                Map.of("port", "0", "data", data.toString(), "drain-timeout", "0"),
                                Map.of()))) {
            run(server.port());
        } finally {
            remove(data);
        }
        return 0;
    }

    private static void run(int port) throws IOException, InterruptedException {
        try (var client = HttpClient.newHttpClient()) {
            call(
                    client,
                    port,
                    "CreateStateMachine",
                    """
                    {"name":"warm-up","roleArn":"arn:aws:iam::123456789012:role/any","definition":\
                    "{\\"StartAt\\":\\"A\\",\\"States\\":{\\"A\\":{\\"Type\\":\\"Pass\\",\\"Parameters\\":\
                    {\\"a.$\\":\\"$.a\\"},\\"Next\\":\\"B\\"},\\"B\\":{\\"Type\\":\\"Choice\\",\\"Choices\\":\
                    [{\\"Variable\\":\\"$.a\\",\\"NumericEquals\\":1,\\"Next\\":\\"C\\"}],\\"Default\\":\\"C\\"},\
                    \\"C\\":{\\"Type\\":\\"Succeed\\"}}}"}\
                    """);
            call(client, port, "StartExecution", start("one"));
            var until = System.nanoTime() + TRAINING.toNanos();
            for (int round = 0; round < ROUNDS_MAX && System.nanoTime() < until; round++) {
                call(client, port, "StartExecution", start("round-" + round));
                call(client, port, "DescribeExecution", DESCRIBE);
                call(client, port, "GetExecutionHistory", DESCRIBE);
            }
            call(client, port, "ListExecutions", "{\"stateMachineArn\":\"" + MACHINE + "\"}");
        }
    }

    private static String start(String name) {
        return "{\"stateMachineArn\":\""
                + MACHINE
                + "\",\"name\":\""
                + name
                + "\",\"input\":\"{\\\"a\\\":1}\"}";
    }

    private static void call(HttpClient client, int port, String operation, String body)
            throws IOException, InterruptedException {
        var request =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/"))
                        .header("Content-Type", "application/x-amz-json-1.0")
                        .header("X-Amz-Target", "AWSStepFunctions." + operation)
                        .POST(BodyPublishers.ofString(body))
                        .build();
        var answer = client.send(request, BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new IllegalStateException(operation + " answers " + answer.body());
        }
    }

    private static void remove(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
