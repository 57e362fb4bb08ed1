package dev.gradus.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gradus.engine.EventDetails;
import dev.gradus.engine.EventType;
import dev.gradus.engine.HistoryEvent;
import dev.gradus.runtime.RuntimeOptions;
import dev.gradus.runtime.RuntimeOptions.OnLostCall;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Random runs of the whole runtime; {@code -Dseed=N} repeats one, {@code -Dseeds=N} runs so many.
 */
final class SimulationTest {
    private static final int SEEDS =
            Integer.getInteger("seeds", Boolean.getBoolean("gradus.long") ? 20_000 : 1_000);
    private static final Map<String, List<String>> UNDISTURBED = new HashMap<>();

    @Test
    void keepsEveryPromiseWhateverHappens() {
        long only = Long.getLong("seed", 0);
        long first = only > 0 ? only : 1;
        long last = only > 0 ? only : SEEDS;
        for (long seed = first; seed <= last; seed++) {
            var repeat =
                    "repeat it with: ./mvnw -pl testkit -am test -Dtest=SimulationTest"
                            + " -Dsurefire.failIfNoSpecifiedTests=false -Dseed="
                            + seed;
            try {
                assertThat(run(seed)).as(repeat).isEmpty();
            } catch (RuntimeException | StackOverflowError broken) {
                throw new AssertionError(repeat, broken);
            }
        }
    }

    @Test
    void theRandomWorldsRedriveSome() {
        int redriven = 0;
        for (long seed = 1; seed <= 40; seed++) {
            redriven += ran(seed).redriven();
        }
        assertThat(redriven).isGreaterThan(5);
    }

    private static List<String> run(long seed) {
        return ran(seed).violations();
    }

    private static RandomWorld ran(long seed) {
        var machines = new ArrayList<>(List.of(Machine.values()));
        Collections.shuffle(machines, new Random(seed));
        machines.remove(seed % 20 == 0 ? Machine.CHAIN : Machine.LOOP); // A loop takes long.
        var onLostCall = seed % 5 == 0 ? OnLostCall.RESEND : OnLostCall.FAIL;
        var world = new RandomWorld(seed, true, new RuntimeOptions(onLostCall));
        world.begin(machines.subList(0, 5), 2);
        world.disturb();
        world.settle();
        var findings = new Findings(world, SimulationTest::undisturbed);
        findings.check();
        if (onLostCall == OnLostCall.FAIL) {
            findings.checkEachAttemptWasSentOnce();
        }
        return world;
    }

    /** What a run of that machine looks like when nothing goes wrong. */
    static List<String> undisturbed(Machine machine, int n) {
        return UNDISTURBED.computeIfAbsent(
                machine + " " + n,
                _ -> {
                    for (long seed = 1; ; seed++) {
                        var world = new RandomWorld(seed, false, RuntimeOptions.DEFAULT);
                        world.begin(List.of(machine), 1);
                        world.settle();
                        var findings = new Findings(world, (_, _) -> List.of());
                        if (findings.nOf(machine) == n) {
                            assertThat(world.violations()).isEmpty();
                            return HistoryShape.of(
                                            findings.history(machine), SimulationTest::isLost)
                                    .lines();
                        }
                    }
                });
    }

    static boolean isLost(HistoryEvent event) {
        return event.type() == EventType.ACTIVITY_TIMED_OUT
                || (event.details() instanceof EventDetails.Failed failed && lost(failed.error()))
                || (event.details() instanceof EventDetails.TaskFailed task && lost(task.error()));
    }

    private static boolean lost(java.util.Optional<String> error) {
        return error.filter(
                        name -> name.equals(SimOutside.LOST_CALL) || name.equals(SimOutside.FLAKY))
                .isPresent();
    }
}
