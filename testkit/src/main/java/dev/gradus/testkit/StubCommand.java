package dev.gradus.testkit;

import dev.gradus.expressions.Json;
import dev.gradus.expressions.JsonSyntaxException;
import dev.gradus.testkit.LambdaStub.Invocation;
import dev.gradus.testkit.LambdaStub.StubFunction;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The stub as a program: {@code java dev.gradus.testkit.LambdaStub [--port 3001] [--functions
 * FOLDER]}.
 *
 * <p>Functions that are always there: {@code echo} returns its payload; {@code fail} raises
 * ExampleError; {@code fail-3-times} raises it for its first three invocations, then echoes; {@code
 * slow-5} echoes after five seconds. A function {@code charge} comes from the file {@code
 * charge.json} of the folder, read at each invocation:
 *
 * <pre>
 * {"Return": {"paid": true}}
 * {"Throw": {"Error": "CardDeclined", "Cause": "no funds"}}
 * {"DelayMillis": 2000, "Return": null}
 * {"Answers": [{"Throw": {...}}, {"Return": {...}}]}      in call order; the last one repeats
 * </pre>
 */
final class StubCommand {
    private static final int PORT = 3001; // that of "sam local start-lambda"
    private static final Pattern FAIL_TIMES = Pattern.compile("fail-([0-9]{1,6})-times");
    private static final Pattern SLOW = Pattern.compile("slow-([0-9]{1,5})");
    private static final Pattern FILE_NAME = Pattern.compile("[A-Za-z0-9_-]{1,140}");

    private StubCommand() {}

    /** Starts a stub that runs until the process ends. */
    static LambdaStub run(List<String> arguments) throws IOException {
        var port = PORT;
        var folder = Optional.<Path>empty();
        var left = new ArrayDeque<>(arguments);
        while (!left.isEmpty()) {
            var flag = left.remove();
            if (left.isEmpty()) {
                throw usage(flag + " has no value");
            }
            switch (flag) {
                case "--port" -> port = port(left.remove());
                case "--functions" -> folder = Optional.of(folder(left.remove()));
                default -> throw usage("unknown flag " + flag);
            }
        }
        var functions = folder;
        var stub = LambdaStub.start(port);
        stub.otherFunctions(name -> find(name, functions).map(StubCommand::reporting));
        System.out.println("Lambda stub: export LAMBDA_ENDPOINT=" + stub.endpoint());
        return stub;
    }

    private static StubFunction reporting(StubFunction function) {
        return invocation -> {
            var answer = function.answer(invocation);
            System.out.println(
                    invocation.function()
                            + " #"
                            + invocation.number()
                            + " "
                            + invocation.payload()
                            + " -> "
                            + answer);
            return answer;
        };
    }

    /** Returns what the file of that name, or else a function that is always there, answers. */
    static Optional<StubFunction> find(String name, Optional<Path> folder) {
        return folder.filter(_ -> FILE_NAME.matcher(name).matches())
                .map(existing -> existing.resolve(name + ".json"))
                .filter(Files::isRegularFile)
                .<StubFunction>map(file -> invocation -> fromFile(file, invocation))
                .or(() -> canned(name));
    }

    private static Optional<StubFunction> canned(String name) {
        if (name.equals("echo")) {
            return Optional.of(StubCommand::echo);
        }
        if (name.equals("fail")) {
            return Optional.of(StubCommand::fail);
        }
        return number(FAIL_TIMES.matcher(name))
                .<StubFunction>map(times ->
                        invocation ->
                                invocation.number() <= times ? fail(invocation) : echo(invocation))
                .or(() ->
                        number(SLOW.matcher(name))
                                .map(seconds ->
                                        invocation ->
                                                new StubAnswer.Delayed(
                                                        Duration.ofSeconds(seconds),
                                                        echo(invocation))));
    }

    private static StubAnswer echo(Invocation invocation) {
        return StubAnswer.returned(invocation.payload());
    }

    private static StubAnswer fail(Invocation invocation) {
        return StubAnswer.error(
                "ExampleError", "Invocation " + invocation.number() + " fails, as asked.");
    }

    private static StubAnswer fromFile(Path file, Invocation invocation) {
        try {
            return AnswerFile.answer(Json.parse(Files.readAllBytes(file)), invocation.number());
        } catch (IOException | JsonSyntaxException | IllegalArgumentException unusable) {
            return new StubAnswer.ServiceError(
                    500, "ServiceException", file + ": " + unusable.getMessage());
        }
    }

    private static Optional<Integer> number(Matcher name) {
        return name.matches() ? Optional.of(Integer.valueOf(name.group(1))) : Optional.empty();
    }

    private static int port(String value) {
        try {
            var port = Integer.parseInt(value);
            if (port >= 0 && port <= 65_535) {
                return port;
            }
        } catch (NumberFormatException notOne) {
            throw usage("--port is '" + value + "'");
        }
        throw usage("--port is '" + value + "'");
    }

    private static Path folder(String value) {
        var folder = Path.of(value);
        if (!Files.isDirectory(folder)) {
            throw usage("--functions is '" + value + "', which is not a folder");
        }
        return folder;
    }

    private static IllegalArgumentException usage(String mistake) {
        return new IllegalArgumentException(
                mistake + "; usage: LambdaStub [--port 3001] [--functions FOLDER]");
    }
}
