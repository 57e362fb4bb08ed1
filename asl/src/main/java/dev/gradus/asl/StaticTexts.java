package dev.gradus.asl;

import dev.gradus.expressions.Json;
import dev.gradus.expressions.JsonArray;
import dev.gradus.expressions.JsonObject;
import dev.gradus.expressions.JsonString;
import java.util.regex.Pattern;

/**
 * Warns of texts in JSONPath states that look as if they were evaluated and are not.
 *
 * <p>Codes: AWS's reference of ValidateStateMachineDefinitionDiagnostic. The texts are ours, AWS's
 * are not known.
 */
final class StaticTexts {
    private static final Pattern PATH = Pattern.compile("\\$(\\$?([.\\[].*)?)", Pattern.DOTALL);
    private static final Pattern CALL = Pattern.compile("States\\.\\w+\\(.*\\)", Pattern.DOTALL);

    private StaticTexts() {}

    /** Warns of members of a payload template whose names lack {@code .$}. */
    static void inTemplate(FieldReader fields, String field, Json template) {
        switch (template) {
            case JsonObject object -> {
                for (var member : object) {
                    if (!member.name().endsWith(".$") && looksEvaluated(member.value())) {
                        fields.findings()
                                .warn(
                                        "NO_DOLLAR",
                                        "The value of '"
                                                + member.name()
                                                + "' looks like a JSONPath or an intrinsic"
                                                + " function call, but the name does not end with"
                                                + " '.$'",
                                        fields.at(field));
                    }
                    inTemplate(fields, field, member.value());
                }
            }
            case JsonArray array -> array.forEach(element -> inTemplate(fields, field, element));
            default -> {}
        }
    }

    /** Warns when there is such a text anywhere in the Result of a Pass. */
    static void inResult(FieldReader fields, String field) {
        if (fields.value(field).filter(StaticTexts::holdsEvaluated).isPresent()) {
            fields.findings()
                    .warn(
                            "PASS_RESULT_IS_STATIC",
                            "The field '"
                                    + field
                                    + "' holds what looks like a JSONPath or an intrinsic function"
                                    + " call, but is taken literally",
                            fields.at(field));
        }
    }

    /** Warns of a field whose twin with a path has a name that ends in Path. */
    static void inField(FieldReader fields, String field) {
        if (fields.value(field).filter(StaticTexts::looksEvaluated).isPresent()) {
            fields.findings()
                    .warn(
                            "NO_PATH",
                            "The value of the field '"
                                    + field
                                    + "' looks like a JSONPath, but the name does not end with"
                                    + " 'Path'",
                            fields.at(field));
        }
    }

    private static boolean holdsEvaluated(Json value) {
        return switch (value) {
            case JsonObject object ->
                    object.members().stream().anyMatch(member -> holdsEvaluated(member.value()));
            case JsonArray array -> array.elements().stream().anyMatch(StaticTexts::holdsEvaluated);
            default -> looksEvaluated(value);
        };
    }

    private static boolean looksEvaluated(Json value) {
        return value instanceof JsonString(var text)
                && (PATH.matcher(text).matches() || CALL.matcher(text).matches());
    }
}
