package dev.gradus.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gradus.runtime.ApiException;
import dev.gradus.runtime.StoreCheck;
import dev.gradus.runtime.spi.Table;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

final class RetentionTest {
    private final Sim sim = new Sim(6);

    private void start(int executions) {
        sim.create(Machine.CHAIN);
        var replies =
                java.util.stream.IntStream.range(0, executions)
                        .mapToObj(i ->
                                sim.send(gradus ->
                                        gradus.executions()
                                                .start(
                                                        Sim.startRequest(
                                                                Machine.CHAIN.arn(), "e" + i))))
                        .toList();
        sim.advance(Duration.ofSeconds(1));
        assertThat(replies).allMatch(java.util.concurrent.Future::isDone);
    }

    private void letPass(Duration time) {
        sim.scheduler().jumpWallClock(time);
        sim.advance(Duration.ofMinutes(2));
    }

    @Test
    @Proves({"StartExecution", "DescribeExecution", "ExecutionDoesNotExist"})
    void keepsClosedExecutionsForNinetyDaysAndNothingOfThemLonger() {
        start(3);
        letPass(Duration.ofDays(89));
        assertThat(sim.rows(Table.EXECUTION)).isEqualTo(3);

        letPass(Duration.ofDays(1));
        for (var table :
                List.of(
                        Table.EXECUTION,
                        Table.NAME,
                        Table.SCOPE,
                        Table.HISTORY,
                        Table.PAYLOAD,
                        Table.LIST_INDEX,
                        Table.RETENTION)) {
            assertThat(sim.rows(table)).as("%s", table).isZero();
        }
        assertThatThrownBy(() -> sim.describe(Machine.CHAIN.execution("e0")))
                .isInstanceOf(ApiException.class)
                .hasMessageStartingWith("Execution Does Not Exist");
        sim.start(Machine.CHAIN.arn(), "e0");
    }

    @Test
    void keepsUpWithHoweverManyEndedAtOnce() {
        start(700);
        letPass(Duration.ofDays(91));

        assertThat(sim.rows(Table.EXECUTION)).isZero();
    }

    @Test
    void neverTouchesARunningExecution() {
        var machine =
                sim.create(
                        "sleeper",
                        """
                        {"StartAt":"W","States":{"W":{"Type":"Wait","Seconds":31536000,"End":true}}}\
                        """);
        sim.start(machine, "asleep");
        letPass(Duration.ofDays(200));

        assertThat(sim.rows(Table.EXECUTION)).isEqualTo(1);
        for (int shard = 1; shard < 3; shard++) {
            assertThat(StoreCheck.of(sim.node().substrate().follower(shard).orElseThrow()))
                    .isEmpty();
        }
    }
}
