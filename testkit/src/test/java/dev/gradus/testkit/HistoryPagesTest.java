package dev.gradus.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gradus.engine.HistoryEvent;
import dev.gradus.runtime.Arn;
import dev.gradus.runtime.ExecutionRequests;
import dev.gradus.runtime.Page;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A page of a history is bounded in bytes, however large the payloads of its events are. */
final class HistoryPagesTest {
    private static final int STATES = 40;
    private static final long EVENTS = 2L * STATES + 2;
    private static final Arn.StateMachine MACHINE = new Arn.StateMachine(Machine.PLACE, "large");

    private final Sim sim = new Sim(6);
    private final Arn.Execution execution = Sim.execution(MACHINE, "one");

    HistoryPagesTest() {
        var states = new StringBuilder();
        IntStream.range(0, STATES - 1)
                .forEach(i ->
                        states.append(
                                "\"S%d\":{\"Type\":\"Pass\",\"Next\":\"S%d\"},"
                                        .formatted(i, i + 1)));
        states.append("\"S%d\":{\"Type\":\"Pass\",\"End\":true}".formatted(STATES - 1));
        var definition = "{\"StartAt\":\"S0\",\"States\":{" + states + "}}";
        sim.ask(gradus -> gradus.stateMachines().create(Machine.create(MACHINE, definition)));
    }

    private void start(String input) {
        sim.ask(gradus ->
                gradus.executions()
                        .start(
                                new ExecutionRequests.Start(
                                        MACHINE, Optional.of("one"), input, Optional.empty())));
        sim.advance(java.time.Duration.ofSeconds(1));
    }

    private List<Page<HistoryEvent>> pages(boolean reverse) {
        var pages = new ArrayList<Page<HistoryEvent>>();
        var next = Optional.<String>empty();
        do {
            var request =
                    new ExecutionRequests.HistoryOf(
                            execution, reverse, new Page.Request(1_000, next));
            Page<HistoryEvent> page = sim.ask(gradus -> gradus.executions().history(request));
            pages.add(page);
            next = page.next();
        } while (next.isPresent());
        return pages;
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void largePayloadsEndAPageEarlyAndNoEventIsLost(boolean reverse) {
        start("\"" + "x".repeat(250_000) + "\"");

        var pages = pages(reverse);

        assertThat(pages).hasSizeBetween(4, 8);
        var ids =
                pages.stream()
                        .flatMap(page -> page.items().stream())
                        .map(HistoryEvent::id)
                        .toList();
        var dense = LongStream.rangeClosed(1, EVENTS).boxed().toList();
        assertThat(ids).isEqualTo(reverse ? dense.reversed() : dense);
    }

    @Test
    void smallPayloadsFillThePage() {
        start("{}");

        assertThat(pages(false)).hasSize(1);
    }
}
