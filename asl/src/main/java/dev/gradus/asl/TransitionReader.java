package dev.gradus.asl;

import java.util.Optional;
import java.util.Set;

/** Reads where control goes after a state: Next or End, and not both. */
final class TransitionReader {
    private TransitionReader() {}

    static Transition read(StateDraft draft) {
        var fields = draft.fields();
        var end = fields.bool("End");
        boolean ends = end.equals(Optional.of(true));
        if (ends) {
            fields.allowOneOf("Next", "End");
        } else if (end.isPresent()
                || !fields.has("End")) { // An End of another type is noted already.
            fields.without(Set.of("End")).requireOneOf("Next", "End");
        }
        var next = draft.target(fields, "Next");
        return ends ? new Transition.End() : new Transition.Next(next);
    }
}
