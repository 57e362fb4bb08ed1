package dev.gradus.asl;

import java.util.List;
import java.util.Optional;

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

    /** Refuses JSONata as the language of the whole machine. */
    static void jsonata(FieldReader machine) {
        machine.findings()
                .postpone(
                        machine.at("QueryLanguage"),
                        later("The query language JSONata", "use JSONPath"));
    }

    /**
     * Refuses a JSONata state, after reading its transitions and inner states, which AWS's own
     * rules look at.
     */
    static State jsonata(StateDraft draft, BlockReader blockReader) {
        if (draft.reading().machineLanguage() != QueryLanguage.JSONATA) {
            draft.findings()
                    .postpone(
                            draft.fields().at("QueryLanguage"),
                            later("The query language JSONata", "use JSONPath"));
        }
        var containers = new ContainerReader(blockReader);
        return switch (draft.type()) {
            case PARALLEL -> {
                draft.fields().require("Branches");
                containers.branches(draft);
                yield caught(draft);
            }
            case MAP -> {
                containers.itemProcessor(draft);
                yield caught(draft);
            }
            case TASK -> caught(draft);
            case PASS, WAIT -> withTransition(draft);
            case CHOICE -> choice(draft);
            case SUCCEED, FAIL -> StateReader.unreadable(draft.name());
        };
    }

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

    private static State choice(StateDraft draft) {
        var fields = draft.fields();
        fields.require("Choices");
        for (var rule : fields.objects("Choices", fields.filledArray("Choices"))) {
            rule.require("Next");
            draft.target(rule, "Next");
        }
        draft.target(fields, "Default");
        return new State.ChoiceState(
                draft.name(), DataFlow.JsonPathFlow.IDENTITY, List.of(), Optional.empty());
    }

    private static State caught(StateDraft draft) {
        var fields = draft.fields();
        for (var catcher : fields.objects("Catch", fields.array("Catch"))) {
            catcher.require("ErrorEquals", "Next");
            draft.target(catcher, "Next");
        }
        return withTransition(draft);
    }

    private static State withTransition(StateDraft draft) {
        return new State.PassState(
                draft.name(),
                DataFlow.JsonPathFlow.IDENTITY,
                Optional.empty(),
                TransitionReader.read(draft));
    }

    private static String later(String what, String instead) {
        return what
                + " is not supported by this release of Gradus; a later one will run it."
                + " Until then "
                + instead;
    }
}
