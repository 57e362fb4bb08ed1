package dev.gradus.asl;

import dev.gradus.asl.DataFlow.JsonPathFlow;
import dev.gradus.asl.Retrier.Jitter;
import dev.gradus.asl.State.ErrorHandling;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Reads Retry and Catch. */
final class ErrorHandlingReader {
    private static final String ERROR_EQUALS = "ErrorEquals";
    private static final Set<String> RETRIER_FIELDS =
            Set.of(
                    ERROR_EQUALS,
                    "IntervalSeconds",
                    "MaxAttempts",
                    "BackoffRate",
                    "MaxDelaySeconds",
                    "JitterStrategy",
                    "Comment");
    private static final Set<String> CATCHER_FIELDS =
            Set.of(ERROR_EQUALS, "ResultPath", "Next", "Assign", "Output", "Comment");

    private ErrorHandlingReader() {}

    static ErrorHandling read(StateDraft draft) {
        var retriers = new ArrayList<Retrier>();
        var catchers = new ArrayList<Catcher>();
        var fields = draft.fields();
        var retry = fields.objects("Retry", fields.array("Retry"));
        retry.forEach(it -> retriers.add(retrier(it, it == retry.getLast())));
        var caught = fields.objects("Catch", fields.array("Catch"));
        caught.forEach(it -> catchers.add(catcher(draft, it, it == caught.getLast())));
        return new ErrorHandling(retriers, catchers);
    }

    private static Retrier retrier(FieldReader fields, boolean last) {
        fields.allowOnly(RETRIER_FIELDS);
        fields.require(ERROR_EQUALS);
        fields.comment();
        var errors = errors(fields, last);
        var interval = fields.integer("IntervalSeconds", 0, Ranges.SECONDS_MAX).orElse(1);
        var attempts = fields.integer("MaxAttempts", 0, Ranges.SECONDS_MAX).orElse(3);
        var rate = fields.number("BackoffRate", 1, Ranges.BACKOFF_RATE_MAX).orElse(2);
        var maxDelay = fields.integer("MaxDelaySeconds", 1, Ranges.MAX_DELAY_SECONDS_MAX);
        var jitter =
                fields.word("JitterStrategy", Jitter.NONE.name(), Jitter.FULL.name())
                        .map(Jitter::valueOf);
        return new Retrier(errors, interval, attempts, rate, maxDelay, jitter.orElse(Jitter.NONE));
    }

    private static Catcher catcher(StateDraft draft, FieldReader fields, boolean last) {
        fields.allowOnly(CATCHER_FIELDS);
        fields.require(ERROR_EQUALS, "Next");
        fields.comment();
        StateReader.refuseOfOtherLanguage(draft, fields);
        var errors = errors(fields, last);
        var flow =
                switch (draft.language()) {
                    case JSON_PATH ->
                            JsonPathFlow.IDENTITY
                                    .withResultPath(DataFlowReader.resultStage(fields))
                                    .withAssign(AssignReader.read(draft, fields));
                    case JSONATA ->
                            DataFlowReader.readLeaving(
                                    draft, fields, JsonataReader.inCatcher(draft));
                };
        return new Catcher(errors, flow, draft.target(fields, "Next"));
    }

    private static List<ErrorName> errors(FieldReader fields, boolean last) {
        var names = fields.strings(ERROR_EQUALS).stream().map(ErrorName::new).toList();
        if (names.contains(ErrorName.ALL) && (names.size() > 1 || !last)) {
            fields.findings()
                    .refuse(
                            fields.at(ERROR_EQUALS),
                            "States.ALL must appear alone and at end of list");
        }
        return names;
    }
}
