package dev.gradus.asl;

import dev.gradus.expressions.Json;
import dev.gradus.expressions.JsonObject;
import java.util.Optional;
import java.util.Set;

/**
 * Reads the outermost object of a definition. Parser and Validator both use it, so that they cannot
 * disagree.
 */
final class MachineReader {
    private static final String QUERY_LANGUAGE = "QueryLanguage";
    private static final Set<String> FIELDS =
            Set.of("Comment", "Version", "StartAt", "States", "TimeoutSeconds", QUERY_LANGUAGE);

    private final Reading reading;

    MachineReader(Reading reading) {
        this.reading = reading;
    }

    /** Reads the definition; empty when some of it cannot be run, which the findings explain. */
    Optional<StateMachine> read(Json definition) {
        if (!(definition instanceof JsonObject object)) {
            reading.findings().notAnObject();
            return Optional.empty();
        }
        var fields = new FieldReader(object, Location.root(), reading.findings());
        fields.allowOnly(FIELDS);
        fields.comment();
        fields.word("Version", "1.0");
        var language =
                fields.word(
                                QUERY_LANGUAGE,
                                QueryLanguage.JSON_PATH.text(),
                                QueryLanguage.JSONATA.text())
                        .map(QueryLanguage::of)
                        .orElse(QueryLanguage.JSON_PATH);
        reading.machineLanguage(language);
        var timeout = fields.integer("TimeoutSeconds", 0, Ranges.SECONDS_MAX);
        var body = new BlockReader(reading).read(fields, Optional.empty());
        reading.checkVariables();
        if (reading.findings().spoilt()) {
            return Optional.empty();
        }
        return Optional.of(
                new StateMachine(
                        body, timeout, language, reading.states(), reading.variableReferences()));
    }
}
