package dev.gradus.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gradus.engine.ExecutionState.Closed;
import dev.gradus.engine.ExecutionState.Counters;
import dev.gradus.engine.ExecutionState.Running;
import dev.gradus.engine.ExecutionState.Status;
import dev.gradus.expressions.Payload;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Damaged states are found out. */
final class InvariantsTest {
    private static final Payload INPUT = Payload.ofText("[1,2]");
    private static final Execution EXECUTION =
            new Execution(
                    "e",
                    "e",
                    "m",
                    "m",
                    Optional.empty(),
                    Optional.empty(),
                    "r",
                    "eu-west-1",
                    Scenario.START,
                    INPUT,
                    INPUT,
                    Execution.Kind.STANDARD,
                    Execution.Redrives.NONE);

    private final Scenario run =
            Scenario.started(
                    """
                    {"StartAt":"M","States":{"M":{"Type":"Map","End":true,
                      "ItemProcessor":{"StartAt":"W","States":{"W":{"Type":"Wait","Seconds":9,"End":true}}}}}}\
                    """,
                    "[1,2]");

    private List<String> check(ExecutionState state, List<HistoryEvent> history) {
        return Invariants.check(EXECUTION, state, history);
    }

    @Test
    void findsNothingWrongWithAStateThatTheInterpreterMade() {
        assertThat(check(run.state(), run.history())).isEmpty();
    }

    @Test
    void missesAChild() {
        var state = run.running();

        var damaged = new Running(state.counters(), state.scopes().remove(2));

        assertThat(check(damaged, run.history()))
                .containsExactly(
                        "the fork of scope 0: child 1 and the count of started ones disagree",
                        "the fork of scope 0 counts 2 as open");
    }

    @Test
    void seesAGapInTheHistory() {
        var history = new ArrayList<>(run.history());
        history.remove(3);

        assertThat(check(run.state(), history))
                .contains(
                        "event at position 3 has id 5", "the next event would be 8 after 6 events");
    }

    @Test
    void seesAnEffectThatNobodyAskedFor() {
        var state = run.running();
        var counters = new Counters(state.counters().nextEventId(), 2, 3);

        assertThat(check(new Running(counters, state.scopes()), run.history()))
                .containsExactly("scope 2 waits for effect 2, which was never asked for");
    }

    @Test
    void seesThatStatusAndLastEventDisagree() {
        var closed =
                new Closed(
                        run.running().counters(),
                        Status.SUCCEEDED,
                        Optional.of(INPUT),
                        Failure.NONE,
                        Scenario.START,
                        Scopes.EMPTY);

        assertThat(check(closed, run.history()))
                .containsExactly("the status is SUCCEEDED but the last event WaitStateEntered");
    }
}
