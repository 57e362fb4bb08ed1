package dev.gradus.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gradus.expressions.Payload;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The check that every test of the engine makes can itself fail. */
final class EventChainsTest {
    private static HistoryEvent event(int id, int previous, EventType type, EventDetails details) {
        return new HistoryEvent(id, previous, Scenario.START, type, details);
    }

    private static HistoryEvent event(int id, int previous, EventType type) {
        return event(id, previous, type, new EventDetails.None());
    }

    private static EventDetails exited(String state) {
        return new EventDetails.StateExited(state, Payload.EMPTY_OBJECT, Optional.empty());
    }

    @Test
    void findsAnEventThatPointsToANote() {
        var history =
                List.of(
                        event(1, 0, EventType.FAIL_STATE_ENTERED),
                        event(2, 1, EventType.TASK_STATE_ABORTED),
                        event(3, 2, EventType.PARALLEL_STATE_FAILED));

        assertThat(EventChains.check(history, 0)).hasSize(1);
        assertThat(EventChains.check(history.subList(0, 2), 0)).isEmpty();
    }

    @Test
    void findsAStateThatIsLeftWithoutBeingEntered() {
        var entered = new EventDetails.StateEntered("A", Payload.EMPTY_OBJECT);
        var history =
                List.of(
                        event(1, 0, EventType.PASS_STATE_ENTERED, entered),
                        event(2, 1, EventType.PASS_STATE_EXITED, exited("B")),
                        event(3, 1, EventType.CHOICE_STATE_EXITED, exited("A")),
                        event(4, 1, EventType.PASS_STATE_EXITED, exited("A")));

        assertThat(EventChains.check(history, 0)).hasSize(2);
    }

    @Test
    void findsAStartWithoutASchedule() {
        var history =
                List.of(
                        event(1, 0, EventType.TASK_STATE_ENTERED),
                        event(2, 1, EventType.TASK_STARTED));

        assertThat(EventChains.check(history, 0)).hasSize(1);
        assertThat(EventChains.check(history, 2)).isEmpty();
    }
}
