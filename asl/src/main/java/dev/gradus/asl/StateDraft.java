package dev.gradus.asl;

import dev.gradus.asl.StateOutline.Target;
import java.util.List;

/**
 * A state that is being read: what its readers share.
 *
 * @param language its query language
 * @param fields the fields of the state
 * @param targets where it may go; its readers add to them in the order of the definition
 * @param scope the block that it stands in
 * @param reading the definition that it belongs to
 */
record StateDraft(
        String name,
        StateType type,
        QueryLanguage language,
        FieldReader fields,
        List<Target> targets,
        Reading.Scope scope,
        Reading reading) {

    /** Returns the same state in that language, with the fields that it has in it. */
    StateDraft in(QueryLanguage other, FieldReader supported) {
        return new StateDraft(name, type, other, supported, targets, scope, reading);
    }

    Findings findings() {
        return reading.findings();
    }

    Location at() {
        return fields.at();
    }

    /** Reads a field of this state, or of an object in it, that names the state to go to. */
    String target(FieldReader from, String field) {
        var target = from.string(field);
        target.ifPresent(state -> targets.add(new Target(state, from.at(field))));
        return target.orElse("");
    }
}
