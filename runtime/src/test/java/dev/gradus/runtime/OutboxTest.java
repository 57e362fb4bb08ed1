package dev.gradus.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gradus.asl.MachineType;
import dev.gradus.runtime.spi.Table;
import dev.gradus.runtime.spi.View;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Four shards whose messages to each other are lost, doubled and overtaken. */
final class OutboxTest {
    private static final int SHARDS = 4;
    private static final Arn.Place PLACE = new Arn.Place("aws", "us-east-1", "123456789012");

    private final ManualPlatform platform = new ManualPlatform();
    private final InMemorySubstrate substrate = new InMemorySubstrate(SHARDS, platform.shards());
    private final List<Shard> shards = new ArrayList<>();
    private final List<Runnable> onTheWay = new ArrayList<>();

    OutboxTest() {
        var clock = new LogicalClock(platform::wallMillis, platform::monotonicNanos);
        var definitions = new Definitions();
        var dispatcher = new Dispatcher(platform, List.of());
        var feeds = new Feeds(platform, FeedSinks.NONE);
        var metrics = new ExecutionMetrics(new MetricBook());
        var tokens = new TaskTokens(Map.of(0, new byte[32]), 0);
        for (int number = 0; number < SHARDS; number++) {
            int self = number;
            var context =
                    new ShardContext(
                            self,
                            SHARDS,
                            platform,
                            clock,
                            definitions,
                            dispatcher,
                            new ExpressRuns(platform, dispatcher, feeds, metrics),
                            feeds,
                            metrics,
                            tokens,
                            new StoreRoom(platform, substrate),
                            RuntimeOptions.DEFAULT,
                            message -> shards.get(self).admit(message),
                            (to, message) -> onTheWay.add(() -> shards.get(to).admit(message)));
            shards.add(
                    new Shard(
                            context,
                            substrate,
                            key -> view(0).get(Table.CATALOG, Catalog.revisionKey(key))));
        }
        shards.forEach(Shard::acquire);
        platform.run();
    }

    private View view(int shard) {
        return substrate.follower(shard).orElseThrow();
    }

    private CompletableFuture<StateMachineRequests.Created> create(int number) {
        var reply = new CompletableFuture<StateMachineRequests.Created>();
        var request =
                new StateMachineRequests.Create(
                        arn(number),
                        "{\"StartAt\":\"A\",\"States\":{\"A\":{\"Type\":\"Succeed\"}}}",
                        "role",
                        MachineType.STANDARD,
                        StateMachineView.Logging.OFF,
                        false,
                        Optional.of(new StateMachineRequests.Publish(Optional.empty())),
                        Map.of());
        shards.getFirst()
                .ask(
                        new ShardMessage.ControlPlane(
                                new ControlPlaneRequest.CreateMachine(request, reply)),
                        reply);
        return reply;
    }

    private static Arn.StateMachine arn(int number) {
        return new Arn.StateMachine(PLACE, "m" + number);
    }

    /** Delivers what is on the way as the chances say, until nothing is. */
    private void deliver(Random random, double lose, double twice) {
        platform.run();
        while (!onTheWay.isEmpty()) {
            var now = new ArrayList<>(onTheWay);
            onTheWay.clear();
            Collections.shuffle(now, random);
            for (var message : now) {
                if (random.nextDouble() >= lose) {
                    message.run();
                    if (random.nextDouble() < twice) {
                        message.run();
                    }
                }
            }
            platform.run();
        }
    }

    private void assertEverywhere(int machines) {
        for (int shard = 0; shard < SHARDS; shard++) {
            for (int machine = 0; machine < machines; machine++) {
                var key = Catalog.machineKey(arn(machine).text());
                assertThat(view(shard).get(Table.CATALOG, key)).isPresent();
                var first = new Arn.StateMachineVersion(PLACE, "m" + machine, 1);
                assertThat(view(shard).get(Table.CATALOG, Catalog.versionKey(first))).isPresent();
            }
            try (var rows = view(shard).scan(Table.OUTBOX, Keys.NONE, Keys.NONE, false)) {
                assertThat(rows.next()).as("the outbox of shard %d drains", shard).isFalse();
            }
        }
    }

    @Test
    void answersWhenAllShardsHaveAppliedItAndNotBefore() {
        var reply = create(0);
        platform.run();
        // The machine and its first version, to each; the version is behind its machine.
        assertThat(onTheWay).hasSize(2 * (SHARDS - 1));
        var first = List.copyOf(onTheWay.subList(0, onTheWay.size() - 1));
        var last = onTheWay.getLast();
        onTheWay.clear();
        first.forEach(Runnable::run);
        deliver(new Random(1), 0, 0);
        assertThat(reply).isNotDone();

        last.run();
        deliver(new Random(1), 0, 0);
        assertThat(reply).isCompleted();
        assertEverywhere(1);
    }

    @Test
    void lostDoubledAndOvertakenMessagesDoNoHarm() {
        for (long seed = 1; seed <= 20; seed++) {
            var test = new OutboxTest();
            var random = new Random(seed);
            var replies = new ArrayList<CompletableFuture<?>>();
            for (int i = 0; i < 10; i++) {
                replies.add(test.create(i));
                test.deliver(random, 0.4, 0.3);
            }
            for (int round = 0; round < 30; round++) {
                test.platform.advance(RuntimeLimits.RESEND);
                test.deliver(random, 0.2, 0.2);
            }
            assertThat(replies).as("seed %d", seed).allMatch(CompletableFuture::isDone);
            test.assertEverywhere(10);
        }
    }

    @Test
    void aBusyShardSendsAgainToo() {
        var _ = create(0);
        platform.run();
        onTheWay.clear(); // All lost.
        var activity =
                new ControlPlaneRequest.CreateActivity(
                        new Arn.Activity(PLACE, "a"), Map.of(), new CompletableFuture<>());
        shards.getFirst().admit(new ShardMessage.ControlPlane(activity));
        shards.getFirst().admit(new ShardMessage.ResendDue());
        platform.run();

        // The new ones, and the lost ones again although a batch was being built.
        assertThat(onTheWay).hasSizeGreaterThanOrEqualTo(3 * (SHARDS - 1));
        for (int round = 0; round < 5; round++) {
            deliver(new Random(round), 0, 0);
            platform.advance(RuntimeLimits.RESEND);
        }
        assertEverywhere(1);
    }

    @Test
    void whatAFormerLifeDidNotSendIsSent() {
        var reply = create(0);
        platform.run();
        onTheWay.clear();
        substrate.acquire(0, _ -> {}).close();
        platform.advance(Duration.ofSeconds(1));
        deliver(new Random(1), 0, 0);

        assertThat(reply).isCompletedExceptionally();
        assertEverywhere(1);
        var again = create(0);
        deliver(new Random(1), 0, 0);
        assertThat(again).isCompleted();
    }
}
