package dev.gradus.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gradus.asl.TaskResource;
import dev.gradus.engine.Failure;
import dev.gradus.engine.StateTestResult.Status;
import dev.gradus.expressions.Payload;
import dev.gradus.runtime.StateTestRequest.Configuration;
import dev.gradus.runtime.StateTestRequest.FieldValidation;
import dev.gradus.runtime.StateTestRequest.GivenTexts;
import dev.gradus.runtime.StateTestRequest.Mock;
import dev.gradus.runtime.spi.HttpExchange;
import dev.gradus.runtime.spi.Integration;
import dev.gradus.runtime.spi.ResultShape;
import dev.gradus.runtime.spi.TaskCall;
import dev.gradus.runtime.spi.TaskOutcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Tests of single states; texts of refusals as recorded on AWS unless a test says otherwise. */
final class StateTestsTest {
    private static final Arn.Place PLACE = new Arn.Place("aws", "us-east-1", "123456789012");
    private static final String ROLE = "arn:aws:iam::123456789012:role/r";
    private static final String PASS = "{\"Type\":\"Pass\",\"End\":true}";
    private static final String CALL =
            "{\"Type\":\"Task\",\"Resource\":\"arn:aws:states:::lambda:invoke\","
                    + "\"Parameters\":{\"FunctionName\":\"f\"},\"End\":true}";
    private static final String MAP =
            """
            {"Type":"Map","ItemProcessor":{"ProcessorConfig":{"Mode":"DISTRIBUTED","ExecutionType":"STANDARD"},
             "StartAt":"In","States":{"In":{"Type":"Pass","End":true}}},%s"End":true}\
            """;
    private static final String PARALLEL =
            """
            {"Type":"Parallel","Branches":[{"StartAt":"A","States":{"A":{"Type":"Pass","End":true}}}],"End":true}\
            """;

    private final ManualPlatform platform = new ManualPlatform();
    private final Service service = new Service();
    private final Dispatcher dispatcher = new Dispatcher(platform, List.of(service));
    private final StateTests tests = new StateTests(platform, dispatcher);

    /** A service whose answers a test gives, or that shows an exchange and answers at once. */
    private static final class Service implements Integration {
        private final List<TaskCall> calls = new ArrayList<>();
        private final List<Consumer<TaskOutcome>> open = new ArrayList<>();
        private Optional<HttpExchange> shows = Optional.empty();

        @Override
        public boolean performs(TaskResource resource) {
            return true;
        }

        @Override
        public void call(TaskCall call, Consumer<TaskOutcome> answer) {
            calls.add(call);
            open.add(answer);
        }

        @Override
        public void call(
                TaskCall call, HttpExchange.Watcher watcher, Consumer<TaskOutcome> answer) {
            shows.filter(_ -> watcher.mayRevealSecrets()).ifPresent(watcher::exchanged);
            call(call, answer);
        }

        @Override
        public TaskOutcome.Failed lostCall(TaskCall call) {
            return new TaskOutcome.Failed(Failure.of("Lost", "lost"));
        }

        @Override
        public Optional<ResultShape> resultShape(TaskResource resource) {
            return Optional.of(
                    new ResultShape.Structure(
                            Map.of("A", () -> new ResultShape.Text(Set.of())), List.of("A")));
        }
    }

    // Calls

    @Test
    void aTaskWithoutAMockMakesItsCall() {
        var reply = tests.test(of(CALL).role().request()).toCompletableFuture();
        platform.run();

        assertThat(reply).isNotDone();
        assertThat(service.calls.getFirst().payload().text()).isEqualTo("{\"FunctionName\":\"f\"}");
        service.open
                .getFirst()
                .accept(new TaskOutcome.Succeeded(Payload.ofText("{\"StatusCode\":200}")));
        assertThat(reply.join().result().status()).isEqualTo(Status.SUCCEEDED);
        assertThat(reply.join().result().output()).contains(Payload.ofText("{\"StatusCode\":200}"));
    }

    @Test
    void aCallThatFailsFailsTheState() {
        var reply = tests.test(of(CALL).role().request()).toCompletableFuture();
        platform.run();
        service.open.getFirst().accept(new TaskOutcome.Failed(Failure.of("E", "C")));

        assertThat(reply.join().result().failure()).isEqualTo(Failure.of("E", "C"));
    }

    @Test
    void aCallThatTakesLongerThanItsTimeoutIsAbandoned() {
        var state = CALL.replace("\"End\"", "\"TimeoutSeconds\":7,\"End\"");
        var reply = tests.test(of(state).role().request()).toCompletableFuture();
        platform.advance(Duration.ofSeconds(6));
        assertThat(reply).isNotDone();

        platform.advance(Duration.ofSeconds(1));

        assertThat(reply.join().result().failure()).isEqualTo(Failure.of("States.Timeout"));
        service.open.getFirst().accept(new TaskOutcome.Succeeded(Payload.NULL)); // Too late.
        assertThat(reply.join().result().status()).isEqualTo(Status.FAILED);
    }

    @Test
    void aTestTakesFiveMinutesAtMost() {
        var reply = tests.test(of(CALL).role().request()).toCompletableFuture();
        platform.advance(Duration.ofSeconds(299));
        assertThat(reply).isNotDone();

        platform.advance(Duration.ofSeconds(1));

        assertThat(reply.join().result().failure()).isEqualTo(Failure.of("States.Timeout"));
    }

    @Test
    void showsWhatGoesOverHttpToWhomSecretsMayBeShown() {
        var exchange =
                new HttpExchange(
                        new HttpExchange.Request("HTTP/1.1", "GET", "u", "h", Optional.empty()),
                        Optional.empty());
        service.shows = Optional.of(exchange);
        var shown = tests.test(of(CALL).role().revealing().request()).toCompletableFuture();
        var hidden = tests.test(of(CALL).role().request()).toCompletableFuture();
        platform.run();
        service.open.forEach(open -> open.accept(new TaskOutcome.Succeeded(Payload.NULL)));

        assertThat(shown.join().exchange()).contains(exchange);
        assertThat(hidden.join().exchange()).isEmpty();
    }

    @Test
    void noMoreThanAHundredRunAtOnce() {
        var running = new ArrayList<CompletableFuture<StateTestView>>();
        for (int i = 0; i < RuntimeLimits.STATE_TESTS_AT_ONCE; i++) {
            running.add(tests.test(of(CALL).role().request()).toCompletableFuture());
        }
        platform.run();

        assertThat(refusal(of(PASS))).isEqualTo("ThrottlingException: Rate exceeded");
        service.open.getFirst().accept(new TaskOutcome.Succeeded(Payload.NULL));
        assertThat(running.getFirst()).isCompleted();
        assertThat(refusal(of(PASS))).isEmpty();
    }

    @Test
    void aServerThatStopsTestsNothing() {
        var _ = dispatcher.drain();

        assertThat(refusal(of(CALL).role())).startsWith("ServiceUnavailable: ");
    }

    // Answers

    @Test
    void testsAStateAtAnyDepthOfItsMachine() {
        var machine = "{\"StartAt\":\"P\",\"States\":{\"P\":" + PARALLEL + "}}";

        var view = view(of(machine).named("A").input("{ \"a\": 1 }"));

        assertThat(view.result().output().orElseThrow().text()).isEqualTo("{ \"a\": 1 }");
        assertThat(view.input()).isEqualTo("{ \"a\": 1 }");
    }

    @Test
    void theContextNamesAnExpressExecutionOfAMachineThatThereIsNot() {
        var view = view(of("{\"Type\":\"Pass\",\"Parameters\":{\"c.$\":\"$$\"},\"End\":true}"));

        assertThat(view.result().output().orElseThrow().text())
                .matches(
                        "\\{\"c\":\\{\"Execution\":\\{\"Id\":\"arn:aws:states:us-east-1:123456789012"
                                + ":express:([0-9a-f-]{36}):([0-9a-f-]{36})\",\"Input\":\\{},"
                                + "\"Name\":\"\\2\",\"RoleArn\":null,\"StartTime\":\"[^\"]+\"},"
                                + "\"StateMachine\":\\{\"Id\":\"arn:aws:states:us-east-1:"
                                + "123456789012:stateMachine:\\1\",\"Name\":\"\\1\"},"
                                + "\"State\":\\{\"Name\":\"StateName\",\"EnteredTime\":\"[^\"]+\"}}}");
    }

    @Test
    void variablesAreSet() {
        var state = "{\"Type\":\"Pass\",\"Parameters\":{\"x.$\":\"$x\"},\"End\":true}";

        assertThat(view(of(state).variables("{ \"x\": 1 }")).result().output())
                .contains(Payload.ofText("{\"x\":1}"));
        assertThat(refusal(of(state).variables("[]")))
                .as("a text of ours")
                .isEqualTo("ValidationException: Variables must be a valid JSON object.");
    }

    @Test
    void aMockIsTheResult() {
        assertThat(view(of(CALL).mock("{\"A\": \"a\"}")).result().output().orElseThrow().text())
                .isEqualTo("{\"A\": \"a\"}");
    }

    // Refusals

    @Test
    void theDefinitionComesFirst() {
        assertThat(refusal(of("{\"Type\":\"No\"}").mock("no JSON")))
                .isEqualTo(
                        "InvalidDefinition: Invalid State Machine Definition:"
                                + " 'SCHEMA_VALIDATION_FAILED: The field 'Type' should have one"
                                + " of these values: [Task, Wait, Pass, Succeed, Fail, Choice,"
                                + " Parallel, Map] at /States/StateName/Type'");
    }

    @Test
    void theNamedStateMustBeThere() {
        assertThat(refusal(of("{\"StartAt\":\"A\",\"States\":{\"A\":" + PASS + "}}").named("B")))
                .isEqualTo("ValidationException: State not found in definition");
    }

    @Test
    void someStatesNeedAMockAndOthersTakeNone() {
        assertThat(refusal(of(MAP.formatted(""))))
                .isEqualTo(
                        "InvalidDefinition: TestState API does not support Map or Parallel states."
                                + " Supported state types include: [Task, Wait, Pass, Succeed,"
                                + " Fail, Choice]");
        assertThat(refusal(of(PASS).mock("{}")))
                .isEqualTo(
                        "ValidationException: State type 'Pass' is not supported when a mock is"
                                + " specified");
        assertThat(refusal(of(CALL)))
                .isEqualTo(
                        "ValidationException: RoleArn must be specified when testing a Task"
                                + " state");
        assertThat(refusal(of(CALL.replace("invoke", "invoke.waitForTaskToken")).role()))
                .as("a text of ours")
                .isEqualTo(
                        "InvalidDefinition: TestState API does not support the service"
                                + " integration pattern '.waitForTaskToken' when a mock is not"
                                + " specified.");
    }

    @Test
    void aMockIsOneThing() {
        var error = Failure.of("E", "C");

        assertThat(refusal(of(CALL).mock(Optional.of("{}"), Optional.of(error))))
                .isEqualTo(
                        "ValidationException: A test mock should have only one of the following"
                                + " fields: [result, errorOutput].");
        assertThat(refusal(of(CALL).mock(Optional.empty(), Optional.empty())))
                .startsWith("ValidationException: A test mock should have one");
        assertThat(refusal(of(CALL).mock(Optional.empty(), Optional.of(Failure.NONE))))
                .startsWith("ValidationException: The field 'error' is required");
        assertThat(refusal(of(CALL).mock("{\"A\":\"\"}").revealing()))
                .isEqualTo(
                        "ValidationException: TestState does not support RevealSecrets when a mock"
                                + " is specified.");
    }

    @Test
    void aMockedResultFits() {
        assertThat(refusal(of(CALL).mock("no JSON")))
                .isEqualTo("ValidationException: Mocked result must be valid JSON");
        assertThat(refusal(of(CALL).mock("{}")))
                .isEqualTo(
                        "ValidationException: Mock result schema validation error: Required field"
                                + " 'A' is missing");
        assertThat(refusal(of(CALL).mock("{}").checked(FieldValidation.PRESENT))).isEmpty();
        assertThat(refusal(of(CALL).mock("{\"A\":1}").checked(FieldValidation.PRESENT)))
                .endsWith("Field 'A' must be a string");
        assertThat(refusal(of(CALL).mock("{\"A\":1}").checked(FieldValidation.NONE))).isEmpty();
    }

    @Test
    void theMockOfAMapOrParallelHasItsForm() {
        var writing =
                MAP.formatted("\"ResultWriter\":{\"Resource\":\"arn:aws:states:::s3:putObject\"},");

        assertThat(refusal(of(MAP.formatted("")).mock("{}")))
                .isEqualTo("ValidationException: Mocked result must be an array.");
        assertThat(refusal(of(writing).mock("[]")))
                .isEqualTo("ValidationException: Mocked result must be a JSON object.");
        assertThat(refusal(of(PARALLEL).mock("{}")))
                .isEqualTo("ValidationException: Mocked result must be an array.");
        assertThat(refusal(of(PARALLEL).mock("[1,2]")))
                .isEqualTo(
                        "ValidationException: Mocked result must contain the same number of items"
                                + " as number of Parallel branches.");
    }

    @Test
    void whatHappenedBeforeNeedsAMock() {
        var failures =
                new Configuration(
                        OptionalInt.empty(), Optional.empty(), OptionalInt.of(1), Optional.empty());
        var by =
                new Configuration(
                        OptionalInt.empty(),
                        Optional.of("Out"),
                        OptionalInt.empty(),
                        Optional.empty());

        assertThat(refusal(of(MAP.formatted("")).configured(failures)))
                .isEqualTo(
                        "ValidationException: TestState does not support MapIterationFailureCount"
                                + " when a mock is not specified.");
        assertThat(refusal(of(MAP.formatted("")).configured(failures).input("[]").mock("[]")))
                .isEqualTo(
                        "ValidationException: Map iteration failure count must be less than or"
                                + " equal to the number of Map iterations");
        assertThat(refusal(of(PARALLEL).configured(by).mock("[1]")))
                .as("a text of ours")
                .isEqualTo("ValidationException: State 'Out' not found in the state under test");
    }

    @Test
    void theInputIsJson() {
        assertThat(refusal(of(PASS).input("{"))).startsWith("InvalidExecutionInput: ");
    }

    @Test
    void aContextHasKnownMembersOfTheirTypes() {
        var prefix = "ValidationException: Invalid Context object provided: ";

        assertThat(refusalOfContext("{\"Execution\":{\"Id\":1}}"))
                .isEqualTo(prefix + "Execution.Id must be a string");
        assertThat(refusalOfContext("{\"Map\":{}}"))
                .isEqualTo(prefix + "'Map' field is not supported when mocking a Context object");
        assertThat(refusalOfContext("{\"Pokedex\":{}}"))
                .isEqualTo(prefix + "Field 'Pokedex' is not allowed");
        assertThat(refusalOfContext("{\"Execution\":{\"Pokedex\":1}}"))
                .isEqualTo(prefix + "Field 'Pokedex' is not allowed");
        assertThat(refusalOfContext("{\"Task\":{\"Token\":\"t\"}}"))
                .isEqualTo(
                        prefix
                                + "Context object contains 'Task' when state is not a Task state"
                                + " with a '.sync' or '.waitForTaskToken' service integration"
                                + " pattern");
        assertThat(refusalOfContext("{\"State\":{\"RetryCount\":\"1\"}}"))
                .as("a text of ours")
                .isEqualTo(prefix + "State.RetryCount must be a number");
        assertThat(refusalOfContext("{}")).isEmpty();
        assertThat(refusalOfContext("{\"Execution\":{},\"State\":{},\"StateMachine\":{}}"))
                .isEmpty();
        assertThat(refusal(of(PASS).context("{}")))
                .as("a text of ours")
                .isEqualTo(
                        "ValidationException: TestState does not support Context when a mock is"
                                + " not specified.");
    }

    private String refusalOfContext(String context) {
        return refusal(of(CALL).mock("{\"A\":\"\"}").context(context));
    }

    // What is asked

    private StateTestView view(Asked asked) {
        var reply = tests.test(asked.request()).toCompletableFuture();
        platform.run();
        return reply.join();
    }

    /** Returns {@code Shape: message}, or nothing when the state was tested. */
    private String refusal(Asked asked) {
        var reply = tests.test(asked.request()).toCompletableFuture();
        platform.run();
        try {
            var _ = reply.join();
            return "";
        } catch (CompletionException failed) {
            if (failed.getCause() instanceof ApiException refused) {
                return refused.shape() + ": " + refused.text();
            }
            throw failed;
        }
    }

    private static Asked of(String definition) {
        return new Asked(definition);
    }

    private static final class Asked {
        private final String definition;
        private Optional<String> name = Optional.empty();
        private Optional<String> role = Optional.empty();
        private GivenTexts data = new GivenTexts("{}", Optional.empty(), Optional.empty());
        private Optional<Mock> mock = Optional.empty();
        private Configuration configuration = Configuration.NONE;
        private boolean reveal;

        Asked(String definition) {
            this.definition = definition;
        }

        Asked named(String state) {
            name = Optional.of(state);
            return this;
        }

        Asked role() {
            role = Optional.of(ROLE);
            return this;
        }

        Asked input(String text) {
            data = new GivenTexts(text, data.variables(), data.context());
            return this;
        }

        Asked variables(String text) {
            data = new GivenTexts(data.input(), Optional.of(text), data.context());
            return this;
        }

        Asked context(String text) {
            data = new GivenTexts(data.input(), data.variables(), Optional.of(text));
            return this;
        }

        Asked mock(String result) {
            return mock(Optional.of(result), Optional.empty());
        }

        Asked mock(Optional<String> result, Optional<Failure> error) {
            mock = Optional.of(new Mock(result, error, FieldValidation.STRICT));
            return this;
        }

        Asked checked(FieldValidation validation) {
            mock = mock.map(it -> new Mock(it.result(), it.errorOutput(), validation));
            return this;
        }

        Asked configured(Configuration past) {
            configuration = past;
            return this;
        }

        Asked revealing() {
            reveal = true;
            return this;
        }

        StateTestRequest request() {
            return new StateTestRequest(
                    PLACE, definition, name, role, data, mock, configuration, reveal);
        }
    }
}
