package dev.gradus.asl;

import dev.gradus.asl.DataFlow.JsonPathFlow;
import dev.gradus.asl.State.FailState;
import dev.gradus.asl.State.PassState;
import dev.gradus.asl.State.SucceedState;
import dev.gradus.asl.State.WaitState;
import dev.gradus.expressions.JsonObject;
import dev.gradus.expressions.Payload;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/** Reads one state: what all types have in common, and the types that need little more. */
final class StateReader {
    /** Characters of a state's name; AWS counts characters, not bytes. */
    private static final int NAME_CHARS_MAX = 80;

    private final Reading reading;
    private final BlockReader blockReader;

    StateReader(Reading reading, BlockReader blockReader) {
        this.reading = reading;
        this.blockReader = blockReader;
    }

    /** A state with what the walk over the transitions needs. */
    record ReadState(State state, StateOutline outline) {}

    ReadState read(JsonObject.Member member, Location at, Reading.Scope scope) {
        checkName(member.name(), at);
        var draft = draft(member, at, scope);
        var state = draft.map(this::read).orElseGet(() -> unreadable(member.name()));
        draft.ifPresent(it -> reading.reads(it.name(), it.fields().variables()));
        var targets = draft.map(StateDraft::targets).orElse(List.of());
        return new ReadState(state, new StateOutline(member.name(), at, targets, endsBlock(state)));
    }

    /** Stands in for a state that cannot be read; never runs, because a finding says so. */
    static State unreadable(String name) {
        return new PassState(name, JsonPathFlow.IDENTITY, Optional.empty(), new Transition.End());
    }

    private void checkName(String name, Location at) {
        int length = name.codePointCount(0, name.length());
        if (length < 1 || length > NAME_CHARS_MAX) {
            reading.findings()
                    .refuse(
                            at,
                            "State name must have 1 to "
                                    + NAME_CHARS_MAX
                                    + " characters but has "
                                    + length);
        }
    }

    private Optional<StateDraft> draft(JsonObject.Member member, Location at, Reading.Scope scope) {
        var fields = FieldReader.of(member.value(), at, reading.findings());
        fields.ifPresent(it -> it.require("Type"));
        return fields.flatMap(it ->
                type(it).map(type ->
                        new StateDraft(
                                member.name(),
                                type,
                                reading.machineLanguage(),
                                it,
                                new ArrayList<>(),
                                scope,
                                reading)));
    }

    private static Optional<StateType> type(FieldReader fields) {
        return fields.string("Type")
                .flatMap(text -> {
                    var type = StateType.of(text);
                    if (type.isEmpty()) {
                        var known = Arrays.stream(StateType.values()).map(StateType::text).toList();
                        fields.findings()
                                .spoil(
                                        fields.at("Type"),
                                        "The field 'Type' should have one of these values: "
                                                + known);
                    }
                    return type;
                });
    }

    private State read(StateDraft draft) {
        var language = language(draft);
        draft.fields().comment();
        var supported = draft.in(language, supported(draft, language));
        return switch (draft.type()) {
            case TASK -> TaskReader.read(supported);
            case WAIT -> WaitReader.read(supported);
            case PASS -> pass(supported);
            case SUCCEED -> new SucceedState(draft.name(), DataFlowReader.read(supported));
            case FAIL -> fail(supported);
            case CHOICE -> ChoiceReader.read(supported);
            case PARALLEL -> new ContainerReader(blockReader).parallel(supported);
            case MAP -> new ContainerReader(blockReader).map(supported);
        };
    }

    private QueryLanguage language(StateDraft draft) {
        var own =
                draft.fields()
                        .word(
                                "QueryLanguage",
                                QueryLanguage.JSON_PATH.text(),
                                QueryLanguage.JSONATA.text())
                        .map(QueryLanguage::of);
        if (own.equals(Optional.of(QueryLanguage.JSON_PATH))
                && reading.machineLanguage() == QueryLanguage.JSONATA) {
            draft.findings()
                    .refuse(
                            draft.at(),
                            "'QueryLanguage' can not be 'JSONPath' if set to 'JSONata' for"
                                    + " whole state machine");
        }
        // AWS: whatever is no JSONPath is JSONata, also a word that it refuses (measured by others
        // in
        // 2026).
        return draft.fields().has("QueryLanguage")
                ? own.orElse(QueryLanguage.JSONATA)
                : reading.machineLanguage();
    }

    /** Leaves out the fields that this type does not have in this language, after noting each. */
    private FieldReader supported(StateDraft draft, QueryLanguage language) {
        var left = new HashSet<String>();
        // AWS: a state that may not have its language is told only that (measured by others in
        // 2026).
        boolean refused =
                language == QueryLanguage.JSON_PATH
                        && reading.machineLanguage() == QueryLanguage.JSONATA;
        for (var name : draft.fields().json().names()) {
            var other =
                    StateFields.onlyLanguage(draft.type(), name).filter(only -> only != language);
            if (!StateFields.knows(draft.type(), name)) {
                draft.findings().refuse(draft.at(), "Field '" + name + "' is not supported");
                left.add(name);
            } else if (other.isPresent()) {
                if (!refused) {
                    draft.findings().refuse(draft.at(), onlyIn(language, name, other.get()));
                }
                left.add(name);
            }
        }
        return left.isEmpty() ? draft.fields() : draft.fields().without(left);
    }

    /** Notes the fields of a rule or catcher that only the other query language has. */
    static void refuseOfOtherLanguage(StateDraft draft, FieldReader fields) {
        var other =
                switch (draft.language()) {
                    case JSON_PATH -> QueryLanguage.JSONATA;
                    case JSONATA -> QueryLanguage.JSON_PATH;
                };
        var field =
                switch (other) {
                    case JSON_PATH -> "ResultPath";
                    case JSONATA -> "Output";
                };
        if (fields.has(field)) {
            draft.findings().refuse(fields.at(), onlyIn(draft.language(), field, other));
        }
    }

    /** Words the finding about a field of the other query language. */
    static String onlyIn(QueryLanguage language, String field, QueryLanguage other) {
        return "The QueryLanguage is set to '"
                + language.text()
                + "', but field '"
                + field
                + "' is only supported for the '"
                + other.text()
                + "' QueryLanguage";
    }

    private static State pass(StateDraft draft) {
        StaticTexts.inResult(draft.fields(), "Result");
        return new PassState(
                draft.name(),
                DataFlowReader.read(draft),
                draft.fields().value("Result").map(Payload::of),
                TransitionReader.read(draft));
    }

    private static State fail(StateDraft draft) {
        var flow =
                switch (draft.language()) {
                    case JSON_PATH -> JsonPathFlow.IDENTITY;
                    case JSONATA -> DataFlow.JsonataFlow.IDENTITY;
                };
        return new FailState(
                draft.name(), flow, failText(draft, "Error"), failText(draft, "Cause"));
    }

    private static FailText failText(StateDraft draft, String field) {
        var fields = draft.fields();
        var expressions = JsonataReader.before(draft);
        if (expressions.isExpression(fields, field)) {
            return expressions
                    .expression(fields, field)
                    .<FailText>map(FailText.Evaluated::new)
                    .orElseGet(FailText.Absent::new);
        }
        fields.allowOneOf(field, field + "Path");
        if (draft.language() == QueryLanguage.JSON_PATH) {
            StaticTexts.inField(fields, field);
        }
        var literal = fields.string(field).map(FailText.Literal::new);
        var computed = ExpressionReader.failText(fields, field + "Path");
        return literal.map(FailText.class::cast).or(() -> computed).orElseGet(FailText.Absent::new);
    }

    private static boolean endsBlock(State state) {
        return switch (state) {
            case PassState(_, _, _, var then) -> then instanceof Transition.End;
            case State.TaskState task -> task.then() instanceof Transition.End;
            case WaitState wait -> wait.then() instanceof Transition.End;
            case State.ParallelState parallel -> parallel.then() instanceof Transition.End;
            case State.MapState map -> map.then() instanceof Transition.End;
            case SucceedState _, FailState _ -> true;
            case State.ChoiceState _ -> false;
        };
    }
}
