package dev.gradus.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gradus.engine.EventDetails;
import dev.gradus.engine.EventType;
import dev.gradus.engine.HistoryEvent;
import dev.gradus.expressions.Payload;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.services.sfn.model.HistoryEventType;
import tools.jackson.databind.json.JsonMapper;

class HistoryOutputTest {
    private static final Payload DATA = Payload.ofText("{ \"a\" : 1.10 }");
    private static final String INPUT =
            "\"input\":\"{\\\"a\\\":1.10}\",\"inputDetails\":{\"truncated\":false}";
    private static final String OUTPUT = INPUT.replace("input", "output");

    @ParameterizedTest
    @EnumSource(EventType.class)
    void namesEveryTypeAndItsDetailsAsAwsDoes(EventType type) {
        assertThat(HistoryEventType.fromValue(type.text()))
                .isNotEqualTo(HistoryEventType.UNKNOWN_TO_SDK_VERSION);
        var members =
                software.amazon.awssdk.services.sfn.model.HistoryEvent.builder()
                        .build()
                        .sdkFields()
                        .stream()
                        .map(SdkField::locationName)
                        .toList();
        if (!hasNoDetails(type)) {
            assertThat(members).contains(HistoryOutput.detailsMember(type));
        }
    }

    @Test
    void knowsAllTypesOfAws() {
        assertThat(Arrays.stream(EventType.values()).map(EventType::text))
                .containsExactlyInAnyOrderElementsOf(
                        HistoryEventType.knownValues().stream().map(Object::toString).toList());
    }

    static Stream<Arguments> details() {
        var none = Optional.<String>empty();
        return Stream.of(
                Arguments.of(EventType.PARALLEL_STATE_STARTED, new EventDetails.None(), ""),
                Arguments.of(
                        EventType.EXECUTION_STARTED,
                        new EventDetails.ExecutionStarted(DATA, "role", none, Optional.of("v:1")),
                        "executionStartedEventDetails{"
                                + INPUT
                                + ",'roleArn':'role','stateMachineVersionArn':'v:1'}"),
                Arguments.of(
                        EventType.EXECUTION_SUCCEEDED,
                        new EventDetails.Output(DATA),
                        "executionSucceededEventDetails{" + OUTPUT + "}"),
                Arguments.of(
                        EventType.EXECUTION_ABORTED,
                        new EventDetails.Failed(none, none),
                        "executionAbortedEventDetails{}"),
                Arguments.of(
                        EventType.LAMBDA_FUNCTION_FAILED,
                        new EventDetails.Failed(Optional.of("E"), Optional.of("c")),
                        "lambdaFunctionFailedEventDetails{'error':'E','cause':'c'}"),
                Arguments.of(
                        EventType.MAP_STATE_ENTERED,
                        new EventDetails.StateEntered("M", DATA),
                        "stateEnteredEventDetails{'name':'M'," + INPUT + "}"),
                Arguments.of(
                        EventType.SUCCEED_STATE_EXITED,
                        new EventDetails.StateExited("S", DATA, Optional.empty()),
                        "stateExitedEventDetails{'name':'S'," + OUTPUT + "}"),
                Arguments.of(
                        EventType.CHOICE_STATE_EXITED,
                        new EventDetails.StateExited(
                                "S",
                                DATA,
                                Optional.of(Payload.ofText("{\"x\":[1.0],\"y\":\"t\"}"))),
                        "stateExitedEventDetails{'name':'S',"
                                + OUTPUT
                                + ",'assignedVariables':{'x':'[1.0]','y':'\\'t\\''},"
                                + "'assignedVariablesDetails':{'truncated':false}}"),
                Arguments.of(
                        EventType.TASK_SCHEDULED,
                        new EventDetails.TaskScheduled(
                                "lambda",
                                "invoke",
                                "us-east-1",
                                DATA,
                                OptionalLong.of(5),
                                OptionalLong.of(2),
                                Optional.of("role")),
                        "taskScheduledEventDetails{'resourceType':'lambda','resource':'invoke','region':'us-east-1',"
                                + "'parameters':'{\\'a\\':1.10}','timeoutInSeconds':5,'heartbeatInSeconds':2,"
                                + "'taskCredentials':{'roleArn':'role'}}"),
                Arguments.of(
                        EventType.TASK_STARTED,
                        new EventDetails.TaskStarted("lambda", "invoke"),
                        "taskStartedEventDetails{'resourceType':'lambda','resource':'invoke'}"),
                Arguments.of(
                        EventType.TASK_SUBMITTED,
                        new EventDetails.TaskOutput("lambda", "invoke", DATA),
                        "taskSubmittedEventDetails{'resourceType':'lambda','resource':'invoke',"
                                + OUTPUT
                                + "}"),
                Arguments.of(
                        EventType.TASK_TIMED_OUT,
                        new EventDetails.TaskFailed(
                                "lambda", "invoke", Optional.of("States.Timeout"), none),
                        "taskTimedOutEventDetails{'resourceType':'lambda','resource':'invoke','error':'States.Timeout'}"),
                Arguments.of(
                        EventType.LAMBDA_FUNCTION_SCHEDULED,
                        new EventDetails.LambdaFunctionScheduled(
                                "arn", DATA, OptionalLong.empty(), none),
                        "lambdaFunctionScheduledEventDetails{'resource':'arn'," + INPUT + "}"),
                Arguments.of(
                        EventType.ACTIVITY_SCHEDULED,
                        new EventDetails.ActivityScheduled(
                                "arn", DATA, OptionalLong.of(9), OptionalLong.of(3)),
                        "activityScheduledEventDetails{'resource':'arn',"
                                + INPUT
                                + ",'timeoutInSeconds':9,'heartbeatInSeconds':3}"),
                Arguments.of(
                        EventType.ACTIVITY_STARTED,
                        new EventDetails.ActivityStarted(none),
                        "activityStartedEventDetails{}"),
                Arguments.of(
                        EventType.EVALUATION_FAILED,
                        new EventDetails.EvaluationFailed("E", "c", Optional.of("Output/a"), "S"),
                        "evaluationFailedEventDetails{'error':'E','cause':'c',"
                                + "'location':'Output/a','state':'S'}"),
                Arguments.of(
                        EventType.MAP_STATE_STARTED,
                        new EventDetails.MapStateStarted(3),
                        "mapStateStartedEventDetails{'length':3}"),
                Arguments.of(
                        EventType.MAP_ITERATION_FAILED,
                        new EventDetails.MapIteration("M", 2),
                        "mapIterationFailedEventDetails{'name':'M','index':2}"));
    }

    @ParameterizedTest
    @MethodSource("details")
    void writesTheDetailsOfEachShape(EventType type, EventDetails details, String expected) {
        var head =
                "{\"timestamp\":1700000000.123,\"type\":\""
                        + type.text()
                        + "\",\"id\":7,\"previousEventId\":5";
        var member =
                expected.isEmpty()
                        ? ""
                        : ",\""
                                + expected.replaceFirst("\\{", "\":{")
                                        .replace("\\'", "\\\"")
                                        .replace('\'', '"');
        assertThat(written(type, details, true)).isEqualTo("{\"events\":[" + head + member + "}]}");
    }

    @ParameterizedTest
    @MethodSource("details")
    void leavesInputAndOutputOutButKeepsParameters(
            EventType type, EventDetails details, String expected) {
        var json = JsonMapper.shared().readTree(written(type, details, false)).get("events").get(0);

        for (var forbidden :
                List.of(
                        "input",
                        "inputDetails",
                        "output",
                        "outputDetails",
                        "assignedVariables",
                        "assignedVariablesDetails")) {
            assertThat(json.findValue(forbidden)).as(forbidden + " of " + expected).isNull();
        }
        assertThat(json.findValue("parameters") != null)
                .isEqualTo(type == EventType.TASK_SCHEDULED);
    }

    private static String written(EventType type, EventDetails details, boolean includeData) {
        var event = new HistoryEvent(7, 5, CannedService.MILLIS, type, details);
        var out = new WireWriter();
        out.object(
                () -> new HistoryOutput(includeData).write(List.of(event), Optional.empty(), out));
        return new String(out.toBytes(), StandardCharsets.UTF_8);
    }

    private static boolean hasNoDetails(EventType type) {
        return switch (type) {
            case LAMBDA_FUNCTION_STARTED,
                    PARALLEL_STATE_STARTED,
                    PARALLEL_STATE_SUCCEEDED,
                    PARALLEL_STATE_FAILED,
                    PARALLEL_STATE_ABORTED,
                    MAP_STATE_SUCCEEDED,
                    MAP_STATE_FAILED,
                    MAP_STATE_ABORTED,
                    MAP_RUN_SUCCEEDED,
                    MAP_RUN_ABORTED,
                    TASK_STATE_ABORTED,
                    WAIT_STATE_ABORTED ->
                    true;
            default -> false;
        };
    }
}
