package dev.gradus.asl;

import java.util.List;

/**
 * What AWS accepts and this release does not run yet; each is refused at creation by name, never
 * ignored.
 *
 * <p>To support one of them, delete its method here and read it at the place that called.
 */
final class NotYet {
    /** The fields of a Map that only mean something when it is distributed. */
    static final List<String> DISTRIBUTED_FIELDS =
            List.of(
                    "ItemReader",
                    "ItemBatcher",
                    "ResultWriter",
                    "ToleratedFailureCount",
                    "ToleratedFailureCountPath",
                    "ToleratedFailurePercentage",
                    "ToleratedFailurePercentagePath",
                    "Label");

    private NotYet() {}

    /**
     * Refuses a Map whose iterations are executions of their own, and names each field that belongs
     * to it.
     */
    static void distributed(StateDraft draft, Location mode) {
        draft.findings().postpone(mode, later("A distributed Map", "use Mode INLINE"));
        for (var field : DISTRIBUTED_FIELDS) {
            if (draft.fields().has(field)) {
                draft.findings()
                        .postpone(
                                draft.fields().at(field),
                                later(
                                        "The field '" + field + "' of a distributed Map",
                                        "use Mode INLINE"));
            }
        }
    }

    private static String later(String what, String instead) {
        return what
                + " is not supported by this release of Gradus; a later one will run it."
                + " Until then "
                + instead;
    }
}
