package dev.gradus.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gradus.engine.ExecutionState.Status;
import dev.gradus.expressions.Payload;
import dev.gradus.runtime.ApiException;
import dev.gradus.runtime.ErrorShape;
import java.time.Duration;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

final class LowSpaceTest {
    private final Sim sim = new Sim(8);

    @Test
    void nothingNewIsStartedWhileTheDiskHasLittleSpaceAndWhatRunsEnds() {
        sim.create(Machine.CALLBACK);
        sim.create(Machine.WAIT);
        sim.start(Machine.CALLBACK.arn(), "running");
        sim.start(Machine.WAIT.arn(), "waiting");
        sim.scheduler().runUntil(() -> !sim.tokens().isEmpty(), 1_000_000);
        sim.node().substrate().setLowSpace(true);
        noticed();

        assertRefused(() -> sim.start(Machine.CALLBACK.arn(), "new"));
        assertRefused(() -> sim.create(Machine.CHAIN));
        assertThat(sim.node().gradus().metrics().refusedStarts()).isEqualTo(2);
        sim.ask(gradus ->
                gradus.tasks()
                        .succeed(
                                Machine.PLACE, sim.tokens().getFirst(), Payload.ofText("\"yes\"")));
        sim.advance(Duration.ofSeconds(10));
        assertThat(sim.describe(Machine.CALLBACK.execution("running")).status())
                .isEqualTo(Status.SUCCEEDED);
        assertThat(sim.describe(Machine.WAIT.execution("waiting")).status())
                .isEqualTo(Status.SUCCEEDED);

        sim.node().substrate().setLowSpace(false);
        noticed();
        sim.start(Machine.CALLBACK.arn(), "new");
    }

    @Test
    void aServerThatStartsOnAnAlmostFullDiskRefusesFromItsFirstCallOn() {
        sim.create(Machine.CHAIN);
        sim.node().crash();
        sim.node().restart();
        sim.node().substrate().setLowSpace(true);
        sim.advance(Duration.ofMillis(100));

        assertRefused(() -> sim.start(Machine.CHAIN.arn(), "new"));
    }

    /** A call more than a second after the last makes the node ask its store again. */
    @SuppressWarnings("FutureReturnValueIgnored") // refused or not: only the look counts
    private void noticed() {
        sim.advance(Duration.ofSeconds(2));
        sim.send(gradus -> gradus.executions().start(Sim.startRequest(Machine.SLOW.arn(), "any")));
        sim.advance(Duration.ofMillis(100));
    }

    private static void assertRefused(ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        ApiException.class,
                        refused ->
                                assertThat(refused.shape())
                                        .isEqualTo(ErrorShape.ThrottlingException))
                .hasMessage("Rate exceeded: free some space");
    }
}
