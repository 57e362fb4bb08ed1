package dev.gradus.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gradus.engine.ExecutionState.Status;
import dev.gradus.engine.Failure;
import dev.gradus.runtime.Arn;
import dev.gradus.runtime.ExecutionRequests;
import dev.gradus.runtime.FeedSinks;
import dev.gradus.runtime.Quotas;
import dev.gradus.runtime.RuntimeOptions;
import dev.gradus.runtime.RuntimeOptions.OnLostCall;
import dev.gradus.runtime.StoreCheck;
import dev.gradus.runtime.TokenBucket;
import dev.gradus.runtime.TransitionRate;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Executions that may enter ten states at once and then one a second. */
final class TransitionRateTest {
    private static final String TWENTY = chain(20);

    private final AtomicLong nanos = new AtomicLong();
    private final Sim sim =
            new Sim(
                    5,
                    SimFaults.delaysOnly(),
                    new RuntimeOptions(
                            OnLostCall.FAIL,
                            Quotas.AWS,
                            FeedSinks.NONE,
                            new TransitionRate(_ -> new TokenBucket.Rate(10, 1), nanos::get)));
    private final Arn.StateMachine machine = sim.create("twenty", TWENTY);

    private static String chain(int states) {
        var text = new StringBuilder("{\"StartAt\":\"S1\",\"States\":{");
        for (int i = 1; i < states; i++) {
            text.append("\"S%d\":{\"Type\":\"Pass\",\"Next\":\"S%d\"},".formatted(i, i + 1));
        }
        return text + "\"S%d\":{\"Type\":\"Pass\",\"End\":true}}}".formatted(states);
    }

    /** The clock of the bucket runs with that of the simulation. */
    private void pass(int seconds) {
        for (int i = 0; i < seconds; i++) {
            nanos.addAndGet(Duration.ofSeconds(1).toNanos());
            sim.advance(Duration.ofSeconds(1));
        }
    }

    private long entered(Arn.Execution execution) {
        return sim.events(execution).stream().filter("PassStateEntered"::equals).count();
    }

    @Test
    void anEmptyBucketDelaysAnExecutionAndNeverFailsIt() {
        sim.start(machine, "e");
        var execution = Sim.execution(machine, "e");
        assertThat(entered(execution)).isEqualTo(10);
        assertThat(sim.describe(execution).status()).isEqualTo(Status.RUNNING);

        pass(5);
        assertThat(entered(execution)).isBetween(14L, 16L);
        pass(7);
        assertThat(sim.describe(execution).status()).isEqualTo(Status.SUCCEEDED);
        assertThat(entered(execution)).isEqualTo(20);
    }

    @Test
    void whatWaitsGoesOnAfterACrash() {
        sim.start(machine, "e");
        pass(2);
        sim.node().crash();
        sim.node().restart();
        pass(15);

        assertThat(sim.describe(Sim.execution(machine, "e")).status()).isEqualTo(Status.SUCCEEDED);
        for (int shard = 0; shard < 3; shard++) {
            assertThat(StoreCheck.of(sim.node().substrate().follower(shard).orElseThrow()))
                    .isEmpty();
        }
    }

    @Test
    void manyThatWaitShareTheRate() {
        IntStream.range(0, 5).forEach(i -> sim.start(machine, "e" + i));
        pass(20);
        long all =
                IntStream.range(0, 5)
                        .mapToLong(i -> entered(Sim.execution(machine, "e" + i)))
                        .sum();
        assertThat(all).isBetween(25L, 36L);

        pass(90);
        assertThat(IntStream.range(0, 5))
                .allMatch(i ->
                        sim.describe(Sim.execution(machine, "e" + i)).status() == Status.SUCCEEDED);
    }

    @Test
    void oneThatWaitsCanBeStopped() {
        sim.start(machine, "e");
        var execution = Sim.execution(machine, "e");
        sim.ask(gradus ->
                gradus.executions().stop(new ExecutionRequests.Stop(execution, Failure.NONE)));
        assertThat(sim.describe(execution).status()).isEqualTo(Status.ABORTED);
        pass(30);
        assertThat(entered(execution)).isEqualTo(10);
    }

    @Test
    void anotherAccountHasABucketOfItsOwn() {
        sim.start(machine, "e");
        var place = new Arn.Place("aws", "us-east-1", "210987654321");
        var other = new Arn.StateMachine(place, "twenty");
        sim.ask(gradus -> gradus.stateMachines().create(Machine.create(other, chain(9))));
        sim.start(other, "e");

        assertThat(sim.describe(Sim.execution(other, "e")).status()).isEqualTo(Status.SUCCEEDED);
    }
}
