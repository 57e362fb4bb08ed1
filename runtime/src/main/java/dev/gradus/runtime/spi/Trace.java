package dev.gradus.runtime.spi;

import dev.gradus.engine.Failure;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One run of an execution, from its start or redrive to its end, as a trace of spans.
 *
 * @param traceId X-Ray's form: {@code 1-}, 8 hex digits, {@code -}, 24 hex digits
 * @param root the execution
 * @param spans everything below it, parents before their children
 */
public record Trace(String traceId, Span root, List<Span> spans) {
    public Trace {
        spans = List.copyOf(spans);
    }

    /** What a span is of. */
    public enum Kind {
        EXECUTION,
        STATE,
        ITERATION,
        ATTEMPT
    }

    /** How it ended, in X-Ray's words: {@link #ERROR} is the caller's doing, an abort. */
    public enum Outcome {
        OK,
        FAULT,
        ERROR,
        THROTTLED
    }

    /**
     * One span.
     *
     * @param id 16 hex digits, the same whenever it is exported
     * @param parentId of the caller's span for the root, absent without one
     * @param startMillis in milliseconds since the epoch, like the end
     * @param failure why it is not {@link Outcome#OK}
     * @param annotations what it can be searched by; names of letters, digits and underscores
     */
    public record Span(
            String id,
            Optional<String> parentId,
            String name,
            Kind kind,
            long startMillis,
            long endMillis,
            Outcome outcome,
            Failure failure,
            Map<String, String> annotations) {}
}
