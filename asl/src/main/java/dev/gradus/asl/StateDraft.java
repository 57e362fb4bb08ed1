package dev.gradus.asl;

/**
 * A state that is being read: what its readers share.
 *
 * @param language its query language
 * @param fields the fields of the state
 * @param scope the block that it stands in
 * @param reading the definition that it belongs to
 */
record StateDraft(
        String name,
        StateType type,
        QueryLanguage language,
        FieldReader fields,
        Reading.Scope scope,
        Reading reading) {

    /** Returns the same state in that language, with the fields that it has in it. */
    StateDraft in(QueryLanguage other, FieldReader supported) {
        return new StateDraft(name, type, other, supported, scope, reading);
    }

    Findings findings() {
        return reading.findings();
    }

    Location at() {
        return fields.at();
    }

    /** Reads a field of this state, or of an object in it, that names the state to go to. */
    String target(FieldReader from, String field) {
        return from.string(field).orElse("");
    }
}
