package dev.gradus.runtime;

import dev.gradus.asl.Block;
import dev.gradus.asl.Diagnostic;
import dev.gradus.asl.Distribution;
import dev.gradus.asl.LoneState;
import dev.gradus.asl.ParseResult;
import dev.gradus.asl.State;
import dev.gradus.asl.State.MapState;
import dev.gradus.asl.State.ParallelState;
import dev.gradus.asl.State.TaskState;
import dev.gradus.asl.StateMachine;
import dev.gradus.asl.TaskResource;
import dev.gradus.engine.StateMock;
import dev.gradus.engine.StateTestSetup.Past;
import dev.gradus.engine.Variables;
import dev.gradus.expressions.Json;
import dev.gradus.expressions.JsonArray;
import dev.gradus.expressions.JsonObject;
import dev.gradus.expressions.JsonSyntaxException;
import dev.gradus.expressions.Payload;
import dev.gradus.runtime.StateTestRequest.FieldValidation;
import dev.gradus.runtime.StateTestRequest.Mock;
import dev.gradus.runtime.spi.ResultShape;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A request to test one state that was found valid.
 *
 * <p>Texts as recorded on AWS; where none is recorded they follow the pattern of those that are.
 *
 * @param input the caller's text as it is: white space in it stays
 */
record TestedState(
        StateMachine machine,
        State state,
        Payload input,
        Variables variables,
        Optional<Json> context,
        Optional<StateMock> mock,
        Past past) {

    /**
     * Checks a request.
     *
     * @param shapes what each resource answers with, where it is known
     * @throws ApiException for whatever the caller did wrong
     */
    static TestedState of(
            StateTestRequest request, Function<TaskResource, Optional<ResultShape>> shapes) {
        var machine = machine(request);
        var state =
                Optional.ofNullable(
                                machine.statesByName()
                                        .get(request.stateName().orElse(LoneState.NAME)))
                        .orElseThrow(() -> refused("State not found in definition"));
        checkConfiguration(request, state);
        request.mock()
                .ifPresentOrElse(
                        mock -> checkMock(request, mock, state), () -> checkReal(request, state));
        var configuration = request.configuration();
        return new TestedState(
                machine,
                state,
                input(request.data().input()),
                request.data().variables().map(TestedState::variables).orElse(Variables.NONE),
                request.data().context().map(context -> GivenContext.checked(context, state)),
                request.mock().map(mock -> mock(mock, state, shapes)),
                new Past(
                        configuration.retrierRetryCount().orElse(0),
                        configuration.mapIterationFailureCount().orElse(0),
                        configuration.mapItemReaderData()));
    }

    private static StateMachine machine(StateTestRequest request) {
        var result =
                request.stateName().isPresent()
                        ? LoneState.inMachine(request.definition())
                        : LoneState.alone(request.definition());
        return switch (result) {
            case ParseResult.Parsed(var machine) -> machine;
            case ParseResult.Refused(var diagnostics) ->
                    throw ErrorShape.InvalidDefinition.because(
                            "Invalid State Machine Definition: '"
                                    + Diagnostic.asInvalidDefinition(diagnostics)
                                    + "'");
        };
    }

    // With a mock and without

    private static void checkConfiguration(StateTestRequest request, State state) {
        var configuration = request.configuration();
        if (request.mock().isEmpty()) {
            refuse(
                    configuration.mapIterationFailureCount().isPresent(),
                    "MapIterationFailureCount");
            refuse(configuration.errorCausedByState().isPresent(), "ErrorCausedByState");
            refuse(configuration.mapItemReaderData().isPresent(), "MapItemReaderData");
            refuse(request.data().context().isPresent(), "Context");
        }
        configuration
                .errorCausedByState()
                .filter(name -> !holds(state, name))
                .ifPresent(name -> {
                    throw refused("State '" + name + "' not found in the state under test");
                });
    }

    private static void refuse(boolean given, String field) {
        if (given) {
            throw refused("TestState does not support " + field + " when a mock is not specified.");
        }
    }

    /** A state without others in it can only cause an error itself. */
    private static boolean holds(State state, String name) {
        return switch (state) {
            case ParallelState parallel -> holds(parallel.branches(), name);
            case MapState map -> holds(List.of(map.itemProcessor()), name);
            case State.PassState _,
                    TaskState _,
                    State.ChoiceState _,
                    State.WaitState _,
                    State.SucceedState _,
                    State.FailState _ ->
                    true;
        };
    }

    private static boolean holds(Collection<Block> blocks, String name) {
        return blocks.stream()
                .anyMatch(block ->
                        block.states().containsKey(name)
                                || block.states().values().stream()
                                        .filter(it ->
                                                it instanceof ParallelState
                                                        || it instanceof MapState)
                                        .anyMatch(it -> holds(it, name)));
    }

    private static void checkMock(StateTestRequest request, Mock mock, State state) {
        boolean supported =
                switch (state) {
                    case TaskState _, ParallelState _, MapState _ -> true;
                    case State.PassState _,
                            State.ChoiceState _,
                            State.WaitState _,
                            State.SucceedState _,
                            State.FailState _ ->
                            false;
                };
        if (!supported) {
            throw refused(
                    "State type '"
                            + State.typeName(state)
                            + "' is not supported when a mock is specified");
        }
        if (mock.result().isPresent() == mock.errorOutput().isPresent()) {
            throw refused(
                    mock.result().isPresent()
                            ? "A test mock should have only one of the following fields:"
                                    + " [result, errorOutput]."
                            : "A test mock should have one of the following fields: [result,"
                                    + " errorOutput].");
        }
        if (mock.errorOutput().filter(failure -> failure.error().isEmpty()).isPresent()) {
            throw refused("The field 'error' is required in the errorOutput of a test mock.");
        }
        if (request.revealSecrets()) {
            throw refused("TestState does not support RevealSecrets when a mock is specified.");
        }
    }

    private static void checkReal(StateTestRequest request, State state) {
        switch (state) {
            case ParallelState _, MapState _ ->
                    throw ErrorShape.InvalidDefinition.because(
                            "TestState API does not support Map or Parallel states. Supported"
                                    + " state types include: [Task, Wait, Pass, Succeed, Fail,"
                                    + " Choice]");
            case TaskState task -> {
                needsMock(task.resource())
                        .ifPresent(what -> {
                            throw ErrorShape.InvalidDefinition.because(
                                    "TestState API does not support "
                                            + what
                                            + " when a mock is not specified.");
                        });
                if (request.roleArn().isEmpty()) {
                    throw refused("RoleArn must be specified when testing a Task state");
                }
            }
            case State.PassState _,
                    State.ChoiceState _,
                    State.WaitState _,
                    State.SucceedState _,
                    State.FailState _ -> {}
        }
    }

    private static Optional<String> needsMock(TaskResource resource) {
        return switch (resource) {
            case TaskResource.LambdaFunction _ -> Optional.empty();
            case TaskResource.Activity _ -> Optional.of("activities");
            case TaskResource.Service service ->
                    switch (service.pattern()) {
                        case REQUEST_RESPONSE -> Optional.empty();
                        case SYNC, SYNC_2, WAIT_FOR_TASK_TOKEN ->
                                Optional.of(
                                        "the service integration pattern '"
                                                + service.pattern().suffix()
                                                + "'");
                    };
        };
    }

    // Data

    private static Payload input(String text) {
        var given = text.getBytes(StandardCharsets.UTF_8);
        var _ = Executions.checkedInput(text, given.length);
        return Payload.ofCompactUtf8(given);
    }

    private static Variables variables(String text) {
        if (parsed(text, "Variables must be a valid JSON object.") instanceof JsonObject object) {
            return object.isEmpty()
                    ? Variables.NONE
                    : new Variables(
                            List.of(Payload.ofCompactUtf8(text.getBytes(StandardCharsets.UTF_8))));
        }
        throw refused("Variables must be a valid JSON object.");
    }

    private static StateMock mock(
            Mock mock, State state, Function<TaskResource, Optional<ResultShape>> shapes) {
        if (mock.errorOutput().isPresent()) {
            return new StateMock.Fails(mock.errorOutput().get());
        }
        var text = mock.result().orElseThrow();
        var result = parsed(text, "Mocked result must be valid JSON");
        switch (state) {
            case MapState map -> checkOfMap(map, result);
            case ParallelState parallel -> checkOfParallel(parallel, result);
            case TaskState task ->
                    shapes.apply(task.resource())
                            .filter(_ -> mock.fieldValidation() != FieldValidation.NONE)
                            .flatMap(shape ->
                                    MockedResult.fault(
                                            shape,
                                            result,
                                            mock.fieldValidation() == FieldValidation.STRICT))
                            .ifPresent(fault -> {
                                throw refused(fault);
                            });
            case State.PassState _,
                    State.ChoiceState _,
                    State.WaitState _,
                    State.SucceedState _,
                    State.FailState _ ->
                    throw new IllegalStateException("refused before");
        }
        return new StateMock.Result(Payload.ofCompactUtf8(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static void checkOfMap(MapState map, Json result) {
        if (map.distribution().map(Distribution::exportsResults).orElse(false)) {
            if (!(result instanceof JsonObject)) {
                throw refused("Mocked result must be a JSON object.");
            }
        } else if (!(result instanceof JsonArray)) {
            throw notAnArray();
        }
    }

    private static void checkOfParallel(ParallelState parallel, Json result) {
        if (!(result instanceof JsonArray array)) {
            throw notAnArray();
        }
        if (array.size() != parallel.branches().size()) {
            throw refused(
                    "Mocked result must contain the same number of items as number of Parallel"
                            + " branches.");
        }
    }

    private static Json parsed(String text, String otherwise) {
        try {
            return Json.parse(text);
        } catch (JsonSyntaxException notJson) {
            throw refused(otherwise);
        }
    }

    private static ApiException notAnArray() {
        return refused("Mocked result must be an array.");
    }

    private static ApiException refused(String why) {
        return ErrorShape.ValidationException.because(why);
    }
}
