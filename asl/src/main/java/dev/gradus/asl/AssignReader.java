package dev.gradus.asl;

import dev.gradus.expressions.PayloadTemplate;
import java.util.Optional;

/**
 * Reads Assign, of a state, a choice rule or a catcher: which variables are set, and to what.
 *
 * <p>Names: the language reference of AWS. The texts about them are ours, AWS's are not known.
 */
final class AssignReader {
    private static final String ASSIGN = "Assign";
    private static final String EVALUATED = ".$";

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
                check(name, assign);
                draft.scope().assigned().add(new Reading.Assigned(name, assign.at(written)));
            }
        });
        return object.isPresent();
    }

    private static void check(String name, FieldReader assign) {
        if (name.equals(RESERVED)) {
            assign.findings().refuse(assign.at(), "The variable name '" + name + "' is reserved");
        } else if (!isName(name)) {
            assign.findings()
                    .refuse(
                            assign.at(),
                            "The variable name '"
                                    + name
                                    + "' is not valid. A name must be a Unicode identifier of 1 to "
                                    + NAME_CHARS_MAX
                                    + " characters");
        }
    }

    private static boolean isName(String name) {
        return !name.isEmpty()
                && name.codePointCount(0, name.length()) <= NAME_CHARS_MAX
                && Character.isUnicodeIdentifierStart(name.codePointAt(0))
                && name.codePoints().skip(1).allMatch(Character::isUnicodeIdentifierPart);
    }
}
