package dev.gradus.runtime;

import dev.gradus.engine.ExecutionState;
import dev.gradus.expressions.Payload;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The Express executions that run in this process, bounded in number and in bytes of their inputs.
 * Thread-safe.
 */
final class ExpressRuns {
    private final Platform platform;
    private final Dispatcher dispatcher;
    private final Feeds feeds;
    private final ExecutionMetrics metrics;
    private final ConcurrentHashMap<String, ExpressRun> running = new ConcurrentHashMap<>();
    private final AtomicInteger admitted = new AtomicInteger();
    private final AtomicLong inputBytes = new AtomicLong();
    private final AtomicLong numbers = new AtomicLong();
    private volatile boolean stopping;

    ExpressRuns(Platform platform, Dispatcher dispatcher, Feeds feeds, ExecutionMetrics metrics) {
        this.platform = platform;
        this.dispatcher = dispatcher;
        this.feeds = feeds;
        this.metrics = metrics;
        this.numbers.set(platform.randomLong() >>> 1); // Idempotency tokens differ between lives.
    }

    /**
     * Makes room for one more, or says why there is none; the room is given back when the execution
     * ends, or by {@link #release}.
     */
    Optional<ApiException> admit(Payload input) {
        if (stopping) {
            return Optional.of(stopping());
        }
        if (admitted.get() >= RuntimeLimits.EXPRESS_RUNNING
                || inputBytes.get() >= RuntimeLimits.EXPRESS_INPUT_BYTES) {
            return Optional.of(ErrorShape.ThrottlingException.because("Rate exceeded"));
        }
        promise(input);
        return Optional.empty();
    }

    /** Makes room for one that was promised, even if there is none. */
    void promise(Payload input) {
        admitted.incrementAndGet();
        inputBytes.addAndGet(input.bytes());
    }

    /** Gives the room of one back that will not be started. */
    void release(Payload input) {
        admitted.decrementAndGet();
        inputBytes.addAndGet(-input.bytes());
    }

    /** Starts one that has its room. */
    void start(ExpressRun.Plan plan, ExpressRun.Listener listener) {
        var facts = plan.facts();
        var counted =
                new ExpressRun.Listener() {
                    @Override
                    public void closed(ExecutionState.Closed end, long peakBytes) {
                        forget();
                        metrics.expressEnded(facts, end, peakBytes);
                        listener.closed(end, peakBytes);
                    }

                    @Override
                    public void lost(ApiException why) {
                        forget();
                        listener.lost(why);
                    }

                    private void forget() {
                        running.remove(facts.arn());
                        release(facts.input());
                    }
                };
        var run = new ExpressRun(this, numbers.incrementAndGet(), plan, counted);
        running.put(facts.arn(), run);
        run.start();
        if (stopping) {
            run.end(stopping());
        }
    }

    boolean isRunning(Arn.ExpressExecution arn) {
        return running.containsKey(arn.text());
    }

    int running() {
        return running.size();
    }

    /** Gives all of them up; none is started any more. */
    void stop() {
        stopping = true;
        running.values().forEach(run -> run.end(stopping()));
    }

    Platform platform() {
        return platform;
    }

    Feeds feeds() {
        return feeds;
    }

    ExecutionMetrics metrics() {
        return metrics;
    }

    Dispatcher dispatcher() {
        return dispatcher;
    }

    static ApiException stopping() {
        return ErrorShape.ServiceUnavailable.because(
                "The outcome of this call is not known: the server is being stopped, or has lost its store.");
    }
}
