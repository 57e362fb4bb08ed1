package dev.gradus.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gradus.asl.MachineType;
import dev.gradus.engine.Command;
import dev.gradus.engine.EventType;
import dev.gradus.engine.ExecutionState;
import dev.gradus.engine.Timer;
import dev.gradus.runtime.spi.Table;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Rows hold these by their position: a constant may be added at the end, and nothing else. */
final class StoredOrderTest {

    private static List<String> names(Enum<?>[] constants) {
        return Arrays.stream(constants).map(Enum::name).toList();
    }

    @Test
    void historyEventTypesKeepTheirPlaces() {
        assertThat(Arrays.stream(EventType.values()).map(EventType::text))
                .startsWith(
                        ("ExecutionStarted ExecutionSucceeded ExecutionFailed ExecutionAborted"
                                        + " ExecutionTimedOut ExecutionRedriven PassStateEntered"
                                        + " PassStateExited TaskStateEntered TaskStateExited"
                                        + " TaskStateAborted ChoiceStateEntered ChoiceStateExited"
                                        + " WaitStateEntered WaitStateExited WaitStateAborted"
                                        + " SucceedStateEntered SucceedStateExited FailStateEntered"
                                        + " ParallelStateEntered ParallelStateExited"
                                        + " ParallelStateStarted ParallelStateSucceeded"
                                        + " ParallelStateFailed ParallelStateAborted"
                                        + " MapStateEntered MapStateExited MapStateStarted"
                                        + " MapStateSucceeded MapStateFailed MapStateAborted"
                                        + " MapIterationStarted MapIterationSucceeded"
                                        + " MapIterationFailed MapIterationAborted MapRunStarted"
                                        + " MapRunSucceeded MapRunFailed MapRunAborted"
                                        + " MapRunRedriven TaskScheduled TaskStarted"
                                        + " TaskStartFailed TaskSubmitted TaskSubmitFailed"
                                        + " TaskSucceeded TaskFailed TaskTimedOut"
                                        + " LambdaFunctionScheduled LambdaFunctionStarted"
                                        + " LambdaFunctionSucceeded LambdaFunctionFailed"
                                        + " LambdaFunctionScheduleFailed LambdaFunctionStartFailed"
                                        + " LambdaFunctionTimedOut ActivityScheduled"
                                        + " ActivityStarted ActivitySucceeded ActivityFailed"
                                        + " ActivityScheduleFailed ActivityTimedOut"
                                        + " EvaluationFailed")
                                .split(" "));
    }

    @Test
    void timersKeepTheirPlaces() {
        assertThat(names(Timer.Kind.values()))
                .startsWith("WAIT", "RETRY", "TIMEOUT", "HEARTBEAT", "DEADLINE");
    }

    @Test
    void statusesKeepTheirPlaces() {
        assertThat(names(ExecutionState.Status.values()))
                .startsWith("RUNNING", "SUCCEEDED", "FAILED", "TIMED_OUT", "ABORTED");
        assertThat(ListStatus.ANY).isZero();
        assertThat(ListStatus.of(ExecutionState.Status.RUNNING)).isEqualTo(1);
    }

    @Test
    void answerersMachineTypesAndMachineStatusesKeepTheirPlaces() {
        assertThat(names(Command.Answerer.values())).startsWith("INTEGRATION", "TOKEN");
        assertThat(names(MachineType.values())).startsWith("STANDARD", "EXPRESS");
        assertThat(names(StateMachineView.Status.values())).startsWith("ACTIVE", "DELETING");
    }

    @Test
    void tablesKeepTheirPrefixes() {
        assertThat(Arrays.stream(Table.values()).map(table -> table + "=" + table.prefix()))
                .startsWith(
                        "EXECUTION=1",
                        "NAME=2",
                        "SCOPE=3",
                        "HISTORY=4",
                        "PAYLOAD=5",
                        "TIMER=6",
                        "DISPATCHED=7",
                        "HELD=8",
                        "ACTIVITY_QUEUE=9",
                        "OUTBOX=10",
                        "INBOX=11",
                        "LIST_INDEX=12",
                        "MAP_RUN=13",
                        "RETENTION=14",
                        "META=15",
                        "CATALOG=16");
    }
}
