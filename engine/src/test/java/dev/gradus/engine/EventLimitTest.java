package dev.gradus.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gradus.engine.ExecutionState.Status;
import org.junit.jupiter.api.Test;

/** Event 25,000 is always the same, whoever would have recorded it. */
final class EventLimitTest {
    private static final Failure FULL =
            Failure.of(
                    "States.Runtime",
                    "The execution reached the maximum number of history events (25000).");

    private static void assertFull(Scenario run) {
        assertThat(run.history().size()).isEqualTo(Limits.HISTORY_EVENTS);
        var last = run.history().getLast();
        assertThat(last.id()).isEqualTo(25_000);
        assertThat(last.previousEventId()).isEqualTo(24_999);
        assertThat(last.type()).isEqualTo(EventType.EXECUTION_FAILED);
        assertThat(last.details()).isEqualTo(new EventDetails.Failed(FULL.error(), FULL.cause()));
        assertThat(run.closed().status()).isEqualTo(Status.FAILED);
        assertThat(run.closed().failure()).isEqualTo(FULL);
        assertThat(run.timers()).isEmpty();
    }

    /** A branch that goes round four events at a time until n is 0, and then fails. */
    private static String loop() {
        return """
        {"StartAt":"C","States":{
          "C":{"Type":"Choice","Choices":[{"Variable":"$.n","NumericEquals":0,"Next":"F"}],"Default":"D"},
          "D":{"Type":"Pass","Parameters":{"n.$":"States.MathAdd($.n,-1)"},"Next":"C"},
          "F":{"Type":"Fail","Error":"E"}}}\
        """;
    }

    private static String waits(int count) {
        var branches = new StringBuilder();
        for (int i = 0; i < count; i++) {
            branches.append(
                    "{\"StartAt\":\"W%1$d\",\"States\":{\"W%1$d\":{\"Type\":\"Wait\",\"Seconds\":9,\"End\":true}}},"
                            .formatted(i));
        }
        return branches.toString();
    }

    private static Scenario loopBeside(int waits, int rounds) {
        return beside(waits(waits), rounds);
    }

    private static Scenario beside(String branches, int rounds) {
        return Scenario.started(
                        """
                        {"StartAt":"P","States":{"P":{"Type":"Parallel","End":true,
                          "Catch":[{"ErrorEquals":["States.ALL"],"Next":"S"}],"Branches":[%s%s]},"S":{"Type":"Succeed"}}}
                        """
                                .formatted(branches, loop()),
                        "{\"one\":[1],\"n\":" + rounds + "}")
                .drain();
    }

    @Test
    void failsWhileTheAbortedStatesOfBranchesAreNoted() {
        var run = loopBeside(30, 6_235);

        assertFull(run);
        assertThat(run.history().get(24_998).type()).isEqualTo(EventType.WAIT_STATE_ABORTED);
    }

    @Test
    void leavesRoomForTwentyFourThousandNineHundredNinetyNineEvents() {
        // Each wait is two events, the round trips 24,960, all others 11.
        var run = loopBeside(14, 6_240);

        assertThat(run.history().size()).isEqualTo(24_999);
        assertThat(run.closed().status()).isEqualTo(Status.SUCCEEDED);
    }

    @Test
    void failsAnExecutionThatWouldSucceedWithTheNextEvent() {
        // The Map is seven events in the place of the six of three waits.
        var map =
                """
                {"StartAt":"M","States":{"M":{"Type":"Map","ItemsPath":"$$.Execution.Input.one","End":true,
                  "ItemProcessor":{"StartAt":"V","States":{"V":{"Type":"Wait","Seconds":9,"End":true}}}}}},\
                """;

        assertFull(beside(waits(11) + map, 6_240));
    }

    @Test
    void failsInTheMiddleOfIterations() {
        var items = "[" + "{\"n\":400},".repeat(39) + "{\"n\":400}]";
        var run =
                Scenario.started(
                                """
                                {"StartAt":"M","States":{"M":{"Type":"Map","End":true,"ItemProcessor":%s}}}
                                """
                                        .formatted(loop()),
                                items)
                        .drain();

        assertFull(run);
    }
}
