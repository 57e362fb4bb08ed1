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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

    /**
     * Tells whether the state is a JSONata state and the field an expression, or one that is not
     * delimited on both sides.
     */
    boolean isExpression(FieldReader fields, String field) {
        return draft.language() == QueryLanguage.JSONATA
                && fields.value(field)
                        .filter(value -> between(value).isPresent() || isHalf(value))
                        .isPresent();
    }

    /** Reads a field that is an expression; empty when it cannot be compiled, which is noted. */
    Optional<Expression> expression(FieldReader fields, String field) {
        return fields.value(field).flatMap(value -> evaluated(value, fields, fields.at(field)));
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

    /** Tells whether a text is delimited on one side only, which AWS's guide forbids. */
    private static boolean isHalf(Json value) {
        return value instanceof JsonString(var text)
                && (text.startsWith(OPEN) || text.endsWith(CLOSE))
                && between(value).isEmpty();
    }

    private Optional<Expression> evaluated(Json value, FieldReader fields, Location at) {
        if (isHalf(value)) {
            // AWS: measured by others in September 2026.
            draft.findings().spoil(at, "JSONata string must start with {% and end with %}");
        }
        return between(value).flatMap(text -> compile(text, fields, at));
    }

    private Part part(Json value, FieldReader fields, Location at) {
        return switch (value) {
            case JsonObject object -> members(object, fields, at);
            case JsonArray array -> elements(array, fields, at);
            default ->
                    evaluated(value, fields, at)
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
            boolean readsInput =
                    compiled.references().stream().anyMatch(JsonataReader::readsExecutionInput);
            return Optional.of(new Expression(compiled, location, reads, readsInput));
        } catch (JsonataSyntaxException refused) {
            // AWS shows the sentence without its code.
            draft.findings().spoil("INVALID_JSONATA_EXPRESSION", refused.message(), at);
            return Optional.empty();
        }
    }

    /** Tells whether {@code $states.context.Execution.Input} is part of what is read. */
    private static boolean readsExecutionInput(VariableReference reference) {
        if (!reference.name().equals(STATES)) {
            return false;
        }
        var whole = List.of(StatesMember.CONTEXT.text(), "Execution", "Input");
        int steps = Math.min(whole.size(), reference.steps().size());
        return reference.steps().subList(0, steps).equals(whole.subList(0, steps));
    }

    /** Checks and notes what an expression reads; returns which members of {@code $states}. */
    private Set<StatesMember> check(JsonataExpression compiled, FieldReader fields, Location at) {
        var reads = EnumSet.noneOf(StatesMember.class);
        var findings = new LinkedHashMap<String, Hint>();
        for (var reference : compiled.references()) {
            switch (reference.name()) {
                case VariableReference.CONTEXT ->
                        findings.put(
                                "Reference to '"
                                        + reference.text()
                                        + "' at the top level is not supported.",
                                Hint.NONE);
                case VariableReference.DOCUMENT ->
                        findings.put("Reference to '$$' is not supported.", Hint.NONE);
                case STATES -> reads.addAll(statesMembers(reference, findings));
                default -> {
                    if (!reference.builtIn()) {
                        fields.readsVariables(List.of(reference.name()));
                    }
                }
            }
        }
        findings.forEach((finding, hint) -> draft.findings().note(UNSUPPORTED, finding, at, hint));
        return reads;
    }

    private Set<StatesMember> statesMembers(
            VariableReference reference, Map<String, Hint> findings) {
        if (reference.steps().isEmpty()) {
            return allowed;
        }
        var step = reference.steps().getFirst();
        var member = StatesMember.of(step).filter(allowed::contains);
        if (member.isEmpty()) {
            var names = allowed.stream().map(StatesMember::text).toList();
            findings.put("Field '$states." + step + "' does not exist.", Hint.nearest(step, names));
            return Set.of();
        }
        return EnumSet.of(member.get());
    }
}
