package dev.gradus.asl;

import dev.gradus.asl.JsonataTemplate.Part;
import dev.gradus.expressions.Json;
import dev.gradus.expressions.JsonArray;
import dev.gradus.expressions.JsonObject;
import dev.gradus.expressions.JsonString;
import dev.gradus.expressions.jsonata.JsonataExpression;
import dev.gradus.expressions.jsonata.JsonataSyntaxException;
import dev.gradus.expressions.jsonata.VariableReference;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Compiles the JSONata expressions of one state and checks what they read.
 *
 * <p>The texts of findings: measured by others with ValidateStateMachineDefinition in 2026.
 */
final class JsonataReader {
    private static final String OPEN = "{%";
    private static final String CLOSE = "%}";
    private static final String STATES = "states";
    private static final String UNSUPPORTED = "UNSUPPORTED_JSONATA_EXPRESSION";

    private final StateDraft draft;
    private final Set<StatesMember> allowed;

    private JsonataReader(StateDraft draft, Set<StatesMember> allowed) {
        this.draft = draft;
        this.allowed = allowed;
    }

    /** Reads fields that are evaluated before the work of the state is done. */
    static JsonataReader before(StateDraft draft) {
        return new JsonataReader(draft, EnumSet.of(StatesMember.INPUT, StatesMember.CONTEXT));
    }

    /** Reads fields that are evaluated when the state is left: its result is known, if any. */
    static JsonataReader after(StateDraft draft) {
        return switch (draft.type()) {
            case TASK, PARALLEL, MAP ->
                    new JsonataReader(
                            draft,
                            EnumSet.of(
                                    StatesMember.INPUT, StatesMember.CONTEXT, StatesMember.RESULT));
            case WAIT, PASS, SUCCEED, FAIL, CHOICE -> before(draft);
        };
    }

    /** Reads the fields of a catcher. */
    static JsonataReader inCatcher(StateDraft draft) {
        return new JsonataReader(
                draft,
                EnumSet.of(StatesMember.INPUT, StatesMember.CONTEXT, StatesMember.ERROR_OUTPUT));
    }

    /** Tells whether the state is a JSONata state and the field an expression. */
    boolean isExpression(FieldReader fields, String field) {
        return draft.language() == QueryLanguage.JSONATA
                && fields.value(field).flatMap(JsonataReader::between).isPresent();
    }

    /** Reads a field that is an expression; empty when it cannot be compiled, which is noted. */
    Optional<Expression> expression(FieldReader fields, String field) {
        return fields.value(field)
                .flatMap(JsonataReader::between)
                .flatMap(text -> compile(text, fields, fields.at(field)));
    }

    /** Reads a value of any type with expressions at any depth. */
    Optional<JsonataTemplate> template(FieldReader fields, String field) {
        return fields.value(field)
                .map(value -> new JsonataTemplate(part(value, fields, fields.at(field))));
    }

    /** Returns the text of an expression, without the blanks around it. */
    private static Optional<String> between(Json value) {
        return value instanceof JsonString(var text)
                        && text.length() >= OPEN.length() + CLOSE.length()
                        && text.startsWith(OPEN)
                        && text.endsWith(CLOSE)
                ? Optional.of(text.substring(OPEN.length(), text.length() - CLOSE.length()).strip())
                : Optional.empty();
    }

    private Part part(Json value, FieldReader fields, Location at) {
        return switch (value) {
            case JsonObject object -> members(object, fields, at);
            case JsonArray array -> elements(array, fields, at);
            default ->
                    between(value)
                            .flatMap(text -> compile(text, fields, at))
                            .<Part>map(Part.Evaluated::new)
                            .orElseGet(() -> new Part.Constant(value));
        };
    }

    private Part members(JsonObject object, FieldReader fields, Location at) {
        var values = new ArrayList<Part>(object.size());
        for (var member : object) {
            values.add(part(member.value(), fields, at.field(member.name())));
        }
        return allConstant(values)
                ? new Part.Constant(object)
                : new Part.Members(List.copyOf(object.names()), List.copyOf(values));
    }

    private Part elements(JsonArray array, FieldReader fields, Location at) {
        var elements = new ArrayList<Part>(array.size());
        for (int i = 0; i < array.size(); i++) {
            elements.add(part(array.get(i), fields, at.element(i)));
        }
        return allConstant(elements)
                ? new Part.Constant(array)
                : new Part.Elements(List.copyOf(elements));
    }

    private static boolean allConstant(Collection<Part> parts) {
        return parts.stream().allMatch(Part.Constant.class::isInstance);
    }

    private Optional<Expression> compile(String text, FieldReader fields, Location at) {
        try {
            var compiled = JsonataExpression.compile(text);
            var reads = check(compiled, fields, at);
            var location = at.text().substring(draft.at().text().length() + 1);
            return Optional.of(new Expression(compiled, location, reads));
        } catch (JsonataSyntaxException refused) {
            // AWS shows the sentence without its code.
            draft.findings()
                    .spoil("INVALID_JSONATA_EXPRESSION", refused.message(), Optional.of(at.text()));
            return Optional.empty();
        }
    }

    /** Checks and notes what an expression reads; returns which members of {@code $states}. */
    private Set<StatesMember> check(JsonataExpression compiled, FieldReader fields, Location at) {
        var reads = EnumSet.noneOf(StatesMember.class);
        var findings = new LinkedHashSet<String>();
        for (var reference : compiled.references()) {
            switch (reference.name()) {
                case VariableReference.CONTEXT ->
                        findings.add(
                                "Reference to '"
                                        + reference.text()
                                        + "' at the top level is not supported.");
                case VariableReference.DOCUMENT ->
                        findings.add("Reference to '$$' is not supported.");
                case STATES -> reads.addAll(statesMembers(reference, findings));
                default -> {
                    if (!reference.builtIn()) {
                        fields.readsVariables(List.of(reference.name()));
                    }
                }
            }
        }
        for (var finding : findings) {
            draft.findings().note(UNSUPPORTED, finding, Optional.of(at.text()));
        }
        return reads;
    }

    private Set<StatesMember> statesMembers(VariableReference reference, Set<String> findings) {
        if (reference.steps().isEmpty()) {
            return allowed;
        }
        var step = reference.steps().getFirst();
        var member = StatesMember.of(step).filter(allowed::contains);
        if (member.isEmpty()) {
            findings.add("Field '$states." + step + "' does not exist.");
            return Set.of();
        }
        return EnumSet.of(member.get());
    }
}
