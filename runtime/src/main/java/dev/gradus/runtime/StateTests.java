package dev.gradus.runtime;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Tests of single states: what the API calls about them. Thread-safe; no method blocks. Stages fail
 * with {@link ApiException} for what the caller did.
 *
 * <p>A test runs on the node that was asked, on threads for calls, and at most {@link
 * RuntimeLimits#STATE_TESTS_AT_ONCE} run at once.
 */
public final class StateTests {
    private final Platform platform;
    private final Dispatcher dispatcher;
    private final AtomicInteger open = new AtomicInteger();
    private final AtomicLong numbers = new AtomicLong();

    StateTests(Platform platform, Dispatcher dispatcher) {
        this.platform = platform;
        this.dispatcher = dispatcher;
    }

    /** Tests one state; answers when it is over, after five minutes at most. */
    public CompletionStage<StateTestView> test(StateTestRequest request) {
        if (open.incrementAndGet() > RuntimeLimits.STATE_TESTS_AT_ONCE) {
            open.decrementAndGet();
            return CompletableFuture.failedFuture(
                    ErrorShape.ThrottlingException.because("Rate exceeded"));
        }
        var reply = new CompletableFuture<StateTestView>();
        var counted = reply.whenComplete((_, _) -> open.decrementAndGet());
        platform.calls().execute(() -> begin(request, reply));
        return counted;
    }

    private void begin(StateTestRequest request, CompletableFuture<StateTestView> reply) {
        try {
            var tested = TestedState.of(request, dispatcher::resultShape);
            var node = new StateTestRun.Node(platform, dispatcher, numbers.incrementAndGet());
            new StateTestRun(node, request, tested, reply).begin();
        } catch (RuntimeException | AssertionError | StackOverflowError failed) {
            reply.completeExceptionally(failed);
        }
    }
}
