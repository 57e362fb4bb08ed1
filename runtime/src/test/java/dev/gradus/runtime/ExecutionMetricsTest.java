package dev.gradus.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gradus.asl.TaskResource;
import dev.gradus.engine.Decision;
import dev.gradus.engine.Effect;
import dev.gradus.engine.EffectId;
import dev.gradus.engine.EventDetails;
import dev.gradus.engine.EventType;
import dev.gradus.engine.Execution;
import dev.gradus.engine.ExecutionState;
import dev.gradus.engine.ExecutionState.Counters;
import dev.gradus.engine.HistoryEvent;
import dev.gradus.engine.Scope;
import dev.gradus.engine.Scopes;
import dev.gradus.engine.Variables;
import dev.gradus.expressions.Payload;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

final class ExecutionMetricsTest {
    private static final String FUNCTION = "arn:aws:lambda:us-east-1:123456789012:function:f";
    private static final Payload INPUT = Payload.ofText("{}");
    private static final Execution FACTS =
            new Execution(
                    "arn:aws:states:us-east-1:123456789012:execution:m:e",
                    "e",
                    "arn:aws:states:us-east-1:123456789012:stateMachine:m",
                    "m",
                    Optional.empty(),
                    Optional.empty(),
                    "arn:aws:iam::123456789012:role/r",
                    "us-east-1",
                    1_000,
                    INPUT,
                    INPUT,
                    Execution.Kind.STANDARD,
                    Execution.Redrives.NONE);

    private final MetricBook book = new MetricBook();
    private final ExecutionMetrics metrics = new ExecutionMetrics(book);
    private final OpenTasks tasks = new OpenTasks();

    private static ExecutionState.Running running(long lastEventId) {
        var branch =
                new Scope(
                        1,
                        OptionalInt.of(0),
                        0,
                        lastEventId,
                        Variables.NONE,
                        new Scope.Ready("T", INPUT));
        return new ExecutionState.Running(Counters.FIRST, Scopes.of(List.of(branch)));
    }

    private void decided(ExecutionState before, List<HistoryEvent> events, List<Effect> effects) {
        metrics.decided(
                FACTS,
                before,
                new Decision(before, List.of(), events, effects),
                tasks,
                _ -> Optional.empty());
    }

    private void schedule() {
        var scheduled =
                new EventDetails.LambdaFunctionScheduled(
                        FUNCTION, INPUT, OptionalLong.empty(), Optional.empty());
        decided(
                running(2),
                List.of(
                        new HistoryEvent(
                                3, 2, 1_003, EventType.LAMBDA_FUNCTION_SCHEDULED, scheduled),
                        new HistoryEvent(
                                4,
                                3,
                                1_004,
                                EventType.LAMBDA_FUNCTION_STARTED,
                                new EventDetails.None())),
                List.of());
    }

    @Test
    void aTaskThatHasEndedIsForgotten() {
        schedule();
        assertThat(tasks.size()).isEqualTo(1);

        var succeeded =
                new HistoryEvent(
                        5,
                        4,
                        1_009,
                        EventType.LAMBDA_FUNCTION_SUCCEEDED,
                        new EventDetails.Output(INPUT));
        decided(running(4), List.of(succeeded), List.of());

        assertThat(tasks.size()).isZero();
        assertThat(book.totals())
                .extracting(total -> total.metric().text() + " " + total.sum())
                .containsExactlyInAnyOrder(
                        "LambdaFunctionsScheduled 1",
                        "LambdaFunctionsStarted 1",
                        "LambdaFunctionsSucceeded 1",
                        "LambdaFunctionScheduleTime 1",
                        "LambdaFunctionRunTime 5",
                        "LambdaFunctionTime 6");
    }

    @Test
    void aTaskThatIsLeftBehindIsForgottenAndNotCountedAsEnded() {
        schedule();

        var cancel =
                new Effect.CancelTask(
                        new EffectId(1, 1), new TaskResource.LambdaFunction(FUNCTION));
        decided(running(4), List.of(), List.of(cancel));

        assertThat(tasks.size()).isZero();
        assertThat(book.totals())
                .extracting(total -> total.metric().text())
                .containsExactlyInAnyOrder(
                        "LambdaFunctionsScheduled",
                        "LambdaFunctionsStarted",
                        "LambdaFunctionScheduleTime");
    }
}
