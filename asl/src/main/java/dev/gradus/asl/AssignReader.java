package dev.gradus.asl;

import dev.gradus.expressions.PayloadTemplate;
import java.util.Optional;

/**
 * Reads Assign, of a state, a choice rule or a catcher: which variables are set, and to what.
 *
 * <p>Names: the language reference of AWS. Codes and texts about them: measured by others with
 * ValidateStateMachineDefinition in September 2026, but for the text about a long name.
 */
final class AssignReader {
    private static final String ASSIGN = "Assign";
    private static final String EVALUATED = ".$";
    private static final String INVALID = "INVALID_VARIABLE_NAME";

    /** Characters of a variable's name. */
    private static final int NAME_CHARS_MAX = 80;

    /** What every JSONata expression sees under this name cannot be assigned. */
    private static final String RESERVED = "states";

    private AssignReader() {}

    /** Reads the Assign of a JSONPath state, or of a rule or catcher in one. */
    static Optional<PayloadTemplate> read(StateDraft draft, FieldReader fields) {
        return isAssign(draft, fields, EVALUATED)
                ? ExpressionReader.template(fields, ASSIGN)
                : Optional.empty();
    }

    /** Reads the Assign of a JSONata state, or of a rule or catcher in one. */
    static Optional<JsonataTemplate> read(
            StateDraft draft, FieldReader fields, JsonataReader expressions) {
        return isAssign(draft, fields, "")
                ? expressions.template(fields, ASSIGN)
                : Optional.empty();
    }

    /** Checks and notes the names, if the field is there and an object. */
    private static boolean isAssign(StateDraft draft, FieldReader fields, String suffix) {
        var object = fields.object(ASSIGN);
        object.ifPresent(assign -> {
            for (var member : assign.members()) {
                var written = member.name();
                boolean cut = !suffix.isEmpty() && written.endsWith(suffix);
                var name = cut ? written.substring(0, written.length() - suffix.length()) : written;
                check(name, assign.at(written), assign.findings());
                draft.scope().assigned().add(new Reading.Assigned(name, assign.at(written)));
            }
        });
        return object.isPresent();
    }

    private static void check(String name, Location at, Findings findings) {
        if (name.equals(RESERVED)) {
            findings.note(
                    "RESERVED_VARIABLE_NAME",
                    "Cannot assign to reserved variable '$" + name + "'.",
                    at);
        } else if (name.codePointCount(0, name.length()) > NAME_CHARS_MAX) {
            findings.note(
                    INVALID,
                    invalid(name)
                            + "the variable name exceeds the "
                            + NAME_CHARS_MAX
                            + "-character limit.",
                    at);
        } else if (!isName(name)) {
            findings.note(
                    INVALID, invalid(name) + "the variable name contains invalid characters.", at);
        }
    }

    private static String invalid(String name) {
        return "Invalid variable name '" + name + "': ";
    }

    private static boolean isName(String name) {
        return !name.isEmpty()
                && Character.isUnicodeIdentifierStart(name.codePointAt(0))
                && name.codePoints().skip(1).allMatch(Character::isUnicodeIdentifierPart);
    }
}
