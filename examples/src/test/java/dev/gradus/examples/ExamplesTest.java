package dev.gradus.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gradus.testkit.LambdaStub;
import dev.gradus.testkit.ServerProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.protocols.jsoncore.JsonNode;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;

/** Runs each example against a server of its own process and compares what its README promises. */
final class ExamplesTest {
    private static final String ROLE = "arn:aws:iam::123456789012:role/any";
    private static final Duration END = Duration.ofSeconds(60);
    private static final Duration PAUSE = Duration.ofMillis(50);

    @TempDir static Path folder;

    private static LambdaStub lambda;
    private static ServerProcess server;
    private static SfnClient sfn;

    @BeforeAll
    static void start() throws IOException {
        System.setProperty("aws.accessKeyId", "123456789012");
        System.setProperty("aws.secretAccessKey", "any");
        System.setProperty("aws.region", "us-east-1");
        lambda = LambdaStub.start();
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var serve =
                List.of(
                        java,
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "dev.gradus.server.Main",
                        "serve");
        server =
                new ServerProcess(
                        serve, Map.of("LAMBDA_ENDPOINT", lambda.endpoint().toString()), folder);
        sfn = ResizeWorker.client(Optional.of(URI.create("http://127.0.0.1:" + server.port())));
    }

    @AfterAll
    static void stop() {
        sfn.close();
        server.close();
        lambda.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"order-saga", "fan-out", "patient-retries"})
    void endsAsItsReadmeSays(String name) throws IOException {
        var execution = start(name);

        assertThat(shown(end(execution))).isEqualTo(expected(name));
    }

    @Test
    void approvalGoesOnWithTheAnswerOfAPerson() throws Exception {
        var execution = start("approval");
        lambda.awaitInvocations("send-approval-mail", 1, END);
        var mail =
                JsonNode.parser()
                        .parse(lambda.invocations("send-approval-mail").getFirst().payload());
        assertThat(mail.field("question").orElseThrow().text())
                .isEqualTo("May Ada spend 120 on a keyboard?");

        var token = mail.field("taskToken").orElseThrow().text();
        var answer = Files.readString(example("approval").resolve("answer.json"));
        sfn.sendTaskSuccess(success -> success.taskToken(token).output(answer));

        assertThat(shown(end(execution))).isEqualTo(expected("approval"));
    }

    @Test
    void anActivityWorkerOfTheAwsSdkDoesTheWork() throws Exception {
        var activity = sfn.createActivity(create -> create.name("resize")).activityArn();
        var execution = start("activity-worker");
        var goOn = new AtomicBoolean(true);
        var worker = new ResizeWorker(sfn, activity);
        var done = CompletableFuture.supplyAsync(() -> worker.work(() -> goOn.getAndSet(false)));

        assertThat(shown(end(execution))).isEqualTo(expected("activity-worker"));
        assertThat(done.get()).isOne();
    }

    @Test
    void everyFolderIsTested() throws IOException {
        try (var files = Files.walk(example("."), 2)) {
            assertThat(
                            files.map(file -> file.getFileName().toString())
                                    .filter(file -> file.endsWith(".asl.json")))
                    .containsExactlyInAnyOrder(
                            "order-saga.asl.json",
                            "approval.asl.json",
                            "fan-out.asl.json",
                            "activity-worker.asl.json",
                            "patient-retries.asl.json");
        }
    }

    @Test
    void theWorkerRefusesWhatIsNoImage() {
        assertThat(ResizeWorker.resize("{\"image\":\"cat.txt\",\"width\":640}")).isEmpty();
    }

    /** Does what each README says: create-state-machine, start-execution. */
    private static String start(String name) throws IOException {
        var example = example(name);
        var functions = example.resolve("functions");
        if (Files.isDirectory(functions)) {
            lambda.functionsFrom(functions);
        }
        var definition = Files.readString(example.resolve(name + ".asl.json"));
        var input = Files.readString(example.resolve("input.json"));
        var machine =
                sfn.createStateMachine(
                        create -> create.name(name).roleArn(ROLE).definition(definition));
        return sfn.startExecution(
                        start -> start.stateMachineArn(machine.stateMachineArn()).input(input))
                .executionArn();
    }

    /** What {@code --query '[status, error, cause, output]' --output text} prints, a line each. */
    private static String shown(DescribeExecutionResponse execution) {
        return String.join(
                "\n",
                execution.statusAsString(),
                orNone(execution.error()),
                orNone(execution.cause()),
                orNone(execution.output()));
    }

    private static String orNone(String text) {
        return text == null ? "None" : text;
    }

    private static String expected(String name) {
        try {
            return Files.readString(example(name).resolve("expected.txt")).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static DescribeExecutionResponse end(String execution) {
        var deadline = System.nanoTime() + END.toNanos();
        while (true) {
            var now = sfn.describeExecution(describe -> describe.executionArn(execution));
            if (now.status() != ExecutionStatus.RUNNING) {
                return now;
            }
            if (System.nanoTime() > deadline) {
                throw new AssertionError(execution + " does not end");
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }

    private static Path example(String name) {
        // Maven runs the tests of a module in its folder.
        return Path.of(name).toAbsolutePath().normalize();
    }
}
