package dev.gradus.asl;

import dev.gradus.asl.State.WaitState;
import dev.gradus.expressions.Timestamps;
import java.time.Instant;
import java.util.Optional;

/** Reads a Wait state. */
final class WaitReader {
    private static final String SECONDS = "Seconds";
    private static final String TIMESTAMP = "Timestamp";
    private static final String SECONDS_PATH = "SecondsPath";
    private static final String TIMESTAMP_PATH = "TimestampPath";

    private WaitReader() {}

    static State read(StateDraft draft) {
        switch (draft.language()) {
            case JSON_PATH ->
                    draft.fields().requireOneOf(SECONDS_PATH, SECONDS, TIMESTAMP_PATH, TIMESTAMP);
            case JSONATA -> draft.fields().requireOneOf(SECONDS, TIMESTAMP);
        }
        return new WaitState(
                draft.name(),
                DataFlowReader.read(draft),
                until(draft),
                TransitionReader.read(draft));
    }

    private static WaitUntil until(StateDraft draft) {
        var fields = draft.fields();
        var expressions = JsonataReader.before(draft);
        var never = new WaitUntil.Seconds(0); // Stands in for what cannot be read, which is noted.
        if (expressions.isExpression(fields, SECONDS)) {
            return expressions
                    .expression(fields, SECONDS)
                    .<WaitUntil>map(WaitUntil.EvaluatedSeconds::new)
                    .orElse(never);
        }
        if (expressions.isExpression(fields, TIMESTAMP)) {
            return expressions
                    .expression(fields, TIMESTAMP)
                    .<WaitUntil>map(WaitUntil.EvaluatedTimestamp::new)
                    .orElse(never);
        }
        return literalOrPath(fields);
    }

    private static WaitUntil literalOrPath(FieldReader fields) {
        var seconds = fields.integer(SECONDS, 0, Ranges.SECONDS_MAX);
        var timestamp = timestamp(fields);
        var secondsPath = ExpressionReader.referencePath(fields, SECONDS_PATH);
        var timestampPath = ExpressionReader.referencePath(fields, TIMESTAMP_PATH);
        if (timestamp.isPresent()) {
            return new WaitUntil.Timestamp(timestamp.get());
        }
        if (secondsPath.isPresent()) {
            return new WaitUntil.SecondsPath(secondsPath.get());
        }
        if (timestampPath.isPresent()) {
            return new WaitUntil.TimestampPath(timestampPath.get());
        }
        return new WaitUntil.Seconds(seconds.orElse(0));
    }

    private static Optional<Instant> timestamp(FieldReader fields) {
        return fields.string(TIMESTAMP)
                .flatMap(text -> {
                    var instant = Timestamps.parse(text);
                    if (instant.isEmpty()) {
                        fields.findings()
                                .spoil(
                                        fields.at(TIMESTAMP),
                                        "String does not match RFC3339 timestamp");
                    }
                    return instant;
                });
    }
}
