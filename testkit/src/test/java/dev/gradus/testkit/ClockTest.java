package dev.gradus.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gradus.engine.ExecutionState.Status;
import dev.gradus.engine.HistoryEvent;
import dev.gradus.runtime.Arn;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class ClockTest {
    private static final String WAIT =
            """
            {"StartAt":"W","States":{"W":{"Type":"Wait","Seconds":%d,"End":true}}}\
            """;

    private final Sim sim = new Sim(10);

    private Arn.Execution waiting(int seconds) {
        var machine = sim.create("wait-" + seconds, WAIT.formatted(seconds));
        sim.start(machine, "one");
        return Sim.execution(machine, "one");
    }

    private Status status(Arn.Execution execution) {
        return sim.describe(execution).status();
    }

    @Test
    void aWaitEndsAtItsTime() {
        var execution = waiting(3_600);
        sim.advance(Duration.ofSeconds(3_599));
        assertThat(status(execution)).isEqualTo(Status.RUNNING);
        sim.advance(Duration.ofSeconds(2));
        assertThat(status(execution)).isEqualTo(Status.SUCCEEDED);
    }

    @Test
    void aJumpBackDelaysAWaitByAMinuteAtMost() {
        var execution = waiting(30);
        sim.scheduler().jumpWallClock(Duration.ofHours(-2));
        sim.advance(Duration.ofSeconds(31));
        assertThat(status(execution)).isEqualTo(Status.RUNNING);
        sim.advance(Duration.ofSeconds(70));
        assertThat(status(execution)).isEqualTo(Status.SUCCEEDED);
    }

    @Test
    void aShortJumpBackDelaysAWaitByAsMuch() {
        var execution = waiting(30);
        sim.scheduler().jumpWallClock(Duration.ofSeconds(-10));
        sim.advance(Duration.ofSeconds(38));
        assertThat(status(execution)).isEqualTo(Status.RUNNING);
        sim.advance(Duration.ofSeconds(3));
        assertThat(status(execution)).isEqualTo(Status.SUCCEEDED);
    }

    @Test
    void aJumpForwardFiresWhatItPassedSoonAfter() {
        var execution = waiting(86_400);
        sim.advance(Duration.ofSeconds(60));
        sim.scheduler().jumpWallClock(Duration.ofDays(1));
        sim.advance(Duration.ofSeconds(4));
        assertThat(status(execution)).isEqualTo(Status.RUNNING);
        sim.advance(Duration.ofSeconds(10));
        assertThat(status(execution)).isEqualTo(Status.SUCCEEDED);
    }

    @Test
    void aRestartWithAnEarlierWallGoesOnAfterAMinute() {
        var execution = waiting(30);
        sim.node().crash();
        sim.scheduler().jumpWallClock(Duration.ofDays(-1));
        sim.node().restart();
        sim.advance(Duration.ofSeconds(100));

        assertThat(status(execution)).isEqualTo(Status.SUCCEEDED);
        assertThat(times(execution)).isSorted();
    }

    @Test
    void numbersStayUniqueWhileTimeStandsStill() {
        var machine = sim.create("wait", WAIT.formatted(5));
        sim.ask(gradus -> gradus.activities().create(Machine.WORK));
        var working =
                sim.create(
                        "working",
                        """
                        {"StartAt":"T","States":{"T":{"Type":"Task","End":true,
                          "Resource":"arn:aws:states:us-east-1:123456789012:activity:work"}}}\
                        """);
        sim.scheduler().jumpWallClock(Duration.ofSeconds(-50));
        for (int i = 0; i < 12; i++) {
            sim.start(machine, "e" + i);
            sim.start(working, "t" + i);
            sim.node().crash();
            sim.node().restart();
        }
        for (int i = 0; i < 12; i++) {
            var task =
                    sim.ask(gradus ->
                                    gradus.activities()
                                            .poll(
                                                    Machine.WORK,
                                                    java.util.Optional.of("w"),
                                                    () -> true))
                            .orElseThrow();
            sim.ask(gradus ->
                    gradus.tasks()
                            .succeed(
                                    Machine.PLACE,
                                    task.taskToken(),
                                    dev.gradus.expressions.Payload.ofText("1")));
        }
        sim.advance(Duration.ofMinutes(2));
        assertThat(IntStream.range(0, 12))
                .allMatch(i -> status(Sim.execution(machine, "e" + i)) == Status.SUCCEEDED)
                .allMatch(i -> status(Sim.execution(working, "t" + i)) == Status.SUCCEEDED);
    }

    private List<Long> times(Arn.Execution execution) {
        return sim.history(execution).stream().map(HistoryEvent::atMillis).toList();
    }
}
