package dev.gradus.runtime;

import dev.gradus.engine.Decision;
import dev.gradus.engine.EventType;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;

/**
 * Keeps the executions of one shard to the rate at which they may enter states. Used by the shard's
 * loop alone, but for what it has posted later.
 */
final class Transitions {
    private static final Set<EventType> ENTERED =
            EnumSet.of(
                    EventType.PASS_STATE_ENTERED,
                    EventType.TASK_STATE_ENTERED,
                    EventType.CHOICE_STATE_ENTERED,
                    EventType.WAIT_STATE_ENTERED,
                    EventType.SUCCEED_STATE_ENTERED,
                    EventType.FAIL_STATE_ENTERED,
                    EventType.PARALLEL_STATE_ENTERED,
                    EventType.MAP_STATE_ENTERED);

    private final ShardContext context;
    private final TransitionRate rate;

    Transitions(ShardContext context) {
        this.context = context;
        this.rate = context.options().transitions();
    }

    /** Takes account of the states that a decision entered. */
    void decided(OpenExecution execution, Decision decision) {
        if (!rate.isLimited()) {
            return;
        }
        long entered =
                decision.history().stream().filter(event -> ENTERED.contains(event.type())).count();
        rate.entered(execution.row().arn().place(), entered);
    }

    /** Has an execution go on: at once, or when there is room in the bucket. */
    void goOn(OpenExecution execution) {
        var message = new ShardMessage.GoOn(execution.xid());
        var place = execution.row().arn().place();
        if (!rate.isLimited() || rate.available(place) > 0) {
            context.post().accept(message);
            return;
        }
        context.platform()
                .runLater(
                        Duration.ofMillis(rate.delayMillis(place)),
                        () -> {
                            rate.waited(place);
                            context.post().accept(message);
                        });
    }

    /** Tells whether an execution has to wait before it enters another state. */
    boolean mustWait(OpenExecution execution) {
        return rate.isLimited() && rate.available(execution.row().arn().place()) < 1;
    }
}
