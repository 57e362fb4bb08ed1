package dev.gradus.server;

import dev.gradus.api.Gateway;
import dev.gradus.expressions.Json;
import dev.gradus.expressions.JsonObject;
import dev.gradus.expressions.JsonString;
import dev.gradus.expressions.JsonSyntaxException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** `gradus release ARN`: asks the server on this machine to try held commands again. */
@Command(
        name = "release",
        description =
                "Tries the commands of an execution again that a server on this machine holds because of a bug of its own.",
        mixinStandardHelpOptions = true)
final class ReleaseCommand implements Callable<Integer> {
    private static final int FAILED = 1;
    private static final int USAGE = 2;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Spec private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "ARN", description = "The ARN of the execution.")
    private String arn = "";

    @Option(
            names = "--port",
            paramLabel = "PORT",
            description = "Port that the server listens on (PORT; default 8083).")
    private String port = "";

    @Override
    public Integer call() throws InterruptedException {
        var err = spec.commandLine().getErr();
        int number;
        try {
            var flags = port.isEmpty() ? Map.<String, String>of() : Map.of("port", port);
            number = Settings.from(flags, System.getenv()).port().value();
        } catch (Settings.Invalid invalid) {
            err.println("gradus: " + invalid.getMessage());
            return USAGE;
        }
        try (var client = HttpClient.newHttpClient()) {
            var request =
                    HttpRequest.newBuilder(
                                    URI.create("http://localhost:" + number + Gateway.RELEASE_PATH))
                            .header("Content-Type", "application/json")
                            .timeout(PATIENCE)
                            .POST(
                                    BodyPublishers.ofString(
                                            JsonObject.of("executionArn", Json.of(arn)).text()))
                            .build();
            return say(client.send(request, BodyHandlers.ofString()).body());
        } catch (IOException unreachable) {
            err.println(
                    "gradus: no server answers on port %d of this machine (%s): start it, or name its port with --port"
                            .formatted(number, unreachable.getClass().getSimpleName()));
            return FAILED;
        }
    }

    private int say(String body) {
        var answer = object(body);
        if (!answer.has("held")) {
            var why = answer.get("message").orElse(Json.of("it answers " + body));
            spec.commandLine()
                    .getErr()
                    .println("gradus: " + (why instanceof JsonString(var text) ? text : why));
            return FAILED;
        }
        boolean held = !answer.get("held").equals(Optional.of(Json.of(0)));
        boolean left = !answer.get("left").equals(Optional.of(Json.of(0)));
        var out = spec.commandLine().getOut();
        if (!held) {
            out.println("Nothing of this execution is held.");
        } else if (left) {
            out.println(
                    "It fails again: %s of %s commands stay held. The server's log says why."
                            .formatted(answer.get("left").get(), answer.get("held").get()));
        } else {
            out.println("Released: the execution goes on.");
        }
        return left ? FAILED : 0;
    }

    private static JsonObject object(String body) {
        try {
            return Json.parse(body) instanceof JsonObject object ? object : JsonObject.EMPTY;
        } catch (JsonSyntaxException notOurs) {
            return JsonObject.EMPTY;
        }
    }
}
