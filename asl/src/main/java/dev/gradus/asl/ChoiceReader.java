package dev.gradus.asl;

import dev.gradus.asl.ChoiceOperator.Compare;
import dev.gradus.asl.ChoiceOperator.Match;
import dev.gradus.asl.ChoiceOperator.Test;
import dev.gradus.asl.DataFlow.JsonPathFlow;
import dev.gradus.asl.State.ChoiceState;
import dev.gradus.expressions.Json;
import dev.gradus.expressions.JsonBoolean;
import dev.gradus.expressions.JsonNumber;
import dev.gradus.expressions.JsonString;
import dev.gradus.expressions.PayloadTemplate;
import dev.gradus.expressions.Timestamps;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads a Choice state: its rules and the trees of conditions in them. */
final class ChoiceReader {
    private static final String CHOICES = "Choices";
    private static final String VARIABLE = "Variable";
    private static final String CONDITION = "Condition";
    private static final List<String> SELECTORS = List.of("And", "Or", "Not", VARIABLE, CONDITION);
    private static final List<String> PATH_SELECTORS = List.of("And", "Or", "Not", VARIABLE);
    private static final Set<String> JSONATA_FIELDS =
            Set.of(CONDITION, "Next", "Assign", "Output", "Comment");
    private static final Set<String> ONLY_IN_RULES = Set.of("Next", "Assign", "Output");
    private static final Condition.OfPaths NEVER = new Condition.Or(List.of());

    private ChoiceReader() {}

    /** What one rule says by itself. */
    private record RuleDraft(Condition condition, Optional<PayloadTemplate> assign, String next) {
        ChoiceRule in(JsonPathFlow flow) {
            return new ChoiceRule(condition, flow.withAssign(assign), next);
        }
    }

    static State read(StateDraft draft) {
        var fields = draft.fields();
        fields.require(CHOICES);
        return switch (draft.language()) {
            case JSON_PATH -> readJsonPath(draft);
            case JSONATA -> readJsonata(draft);
        };
    }

    private static State readJsonPath(StateDraft draft) {
        var rules = rules(draft).stream().map(fields -> rule(draft, fields)).toList();
        var flow = DataFlowReader.readJsonPath(draft);
        return new ChoiceState(
                draft.name(),
                flow,
                rules.stream().map(rule -> rule.in(flow)).toList(),
                defaultNext(draft));
    }

    private static State readJsonata(StateDraft draft) {
        var rules = rules(draft).stream().map(fields -> jsonataRule(draft, fields)).toList();
        var flow = DataFlowReader.readJsonata(draft);
        return new ChoiceState(draft.name(), flow, rules, defaultNext(draft));
    }

    private static List<FieldReader> rules(StateDraft draft) {
        var fields = draft.fields();
        return fields.objects(CHOICES, fields.filledArray(CHOICES));
    }

    private static Optional<String> defaultNext(StateDraft draft) {
        return draft.fields().has("Default")
                ? Optional.of(draft.target(draft.fields(), "Default"))
                : Optional.empty();
    }

    private static RuleDraft rule(StateDraft draft, FieldReader fields) {
        fields.require("Next");
        StateReader.refuseOfOtherLanguage(draft, fields);
        var assign = AssignReader.read(draft, fields);
        var condition = condition(fields.without(ONLY_IN_RULES));
        return new RuleDraft(condition, assign, draft.target(fields, "Next"));
    }

    private static ChoiceRule jsonataRule(StateDraft draft, FieldReader fields) {
        fields.require(CONDITION, "Next");
        fields.comment();
        for (var name : fields.json().names()) {
            boolean ofPaths = PATH_SELECTORS.contains(name) || ChoiceOperator.of(name).isPresent();
            if (ofPaths) {
                fields.findings()
                        .refuse(
                                fields.at(),
                                StateReader.onlyIn(
                                        QueryLanguage.JSONATA, name, QueryLanguage.JSON_PATH));
            } else if (!JSONATA_FIELDS.contains(name)) {
                fields.findings().refuse(fields.at(), "Field '" + name + "' is not supported");
            }
        }
        var expressions = JsonataReader.before(draft);
        var condition = jsonataCondition(fields, expressions);
        var flow = DataFlowReader.readLeaving(draft, fields, expressions);
        return new ChoiceRule(condition, flow, draft.target(fields, "Next"));
    }

    /** AWS: a Condition may be a literal true or false too (recorded). */
    private static Condition jsonataCondition(FieldReader fields, JsonataReader expressions) {
        if (expressions.isExpression(fields, CONDITION)) {
            return expressions
                    .expression(fields, CONDITION)
                    .<Condition>map(Condition.Evaluated::new)
                    .orElse(NEVER);
        }
        return fields.bool(CONDITION).<Condition>map(Condition.Constant::new).orElse(NEVER);
    }

    private static Condition.OfPaths condition(FieldReader fields) {
        fields.comment();
        var selectors = SELECTORS.stream().filter(fields::has).toList();
        if (selectors.size() != 1) {
            fields.findings()
                    .spoil(
                            fields.at(),
                            "The object must have only one of the following fields, " + SELECTORS);
            return NEVER;
        }
        var selector = selectors.getFirst();
        if (!selector.equals(VARIABLE)) {
            fields.allowOnly(Set.of(selector, "Comment"));
        }
        return switch (selector) {
            case "And" -> new Condition.And(conditions(fields, selector));
            case "Or" -> new Condition.Or(conditions(fields, selector));
            case "Not" ->
                    new Condition.Not(
                            fields.object(selector).map(ChoiceReader::condition).orElse(NEVER));
            case VARIABLE -> test(fields);
            default -> {
                fields.findings()
                        .spoil(
                                fields.at(),
                                StateReader.onlyIn(
                                        QueryLanguage.JSON_PATH, CONDITION, QueryLanguage.JSONATA));
                yield NEVER;
            }
        };
    }

    private static List<Condition.OfPaths> conditions(FieldReader fields, String selector) {
        var conditions = new ArrayList<Condition.OfPaths>();
        for (var nested : fields.objects(selector, fields.filledArray(selector))) {
            conditions.add(condition(nested));
        }
        return List.copyOf(conditions);
    }

    private static Condition.OfPaths test(FieldReader fields) {
        var operators = new ArrayList<String>();
        for (var name : fields.json().names()) {
            if (ChoiceOperator.of(name).isPresent()) {
                operators.add(name);
            } else if (!name.equals(VARIABLE) && !name.equals("Comment")) {
                fields.findings().refuse(fields.at(), "Field '" + name + "' is not supported");
            }
        }
        if (operators.size() != 1) {
            fields.requireOneOf(ChoiceOperator.names());
        }
        var variable = ExpressionReader.choicePath(fields, VARIABLE);
        if (variable.isEmpty() || operators.isEmpty()) {
            return NEVER;
        }
        var field = operators.getFirst();
        return switch (ChoiceOperator.of(field).orElseThrow()) {
            case Compare(var comparator, var atPath) ->
                    (atPath
                                    ? ExpressionReader.choicePath(fields, field)
                                            .<Operand>map(Operand.Path::new)
                                    : literal(fields, field, comparator)
                                            .<Operand>map(Operand.Literal::new))
                            .<Condition.OfPaths>map(operand ->
                                    new Condition.Comparison(variable.get(), comparator, operand))
                            .orElse(NEVER);
            case Test(var kind) ->
                    fields.bool(field)
                            .<Condition.OfPaths>map(expected ->
                                    new Condition.TypeTest(variable.get(), kind, expected))
                            .orElse(NEVER);
            case Match() ->
                    fields.string(field)
                            .<Condition.OfPaths>map(text ->
                                    new Condition.StringMatches(
                                            variable.get(), new GlobPattern(text)))
                            .orElse(NEVER);
        };
    }

    private static Optional<Json> literal(
            FieldReader fields, String field, Condition.Comparator comparator) {
        StaticTexts.inField(fields, field);
        var value = fields.value(field).orElseThrow();
        var family = ChoiceOperator.Family.of(comparator);
        boolean fits =
                switch (family) {
                    case STRING, TIMESTAMP -> value instanceof JsonString;
                    case NUMERIC -> value instanceof JsonNumber;
                    case BOOLEAN -> value instanceof JsonBoolean;
                };
        if (!fits) {
            fields.findings().spoil(fields.at(field), FieldReader.expected(family.operandType()));
            return Optional.empty();
        }
        if (family == ChoiceOperator.Family.TIMESTAMP
                && value instanceof JsonString(var text)
                && Timestamps.parse(text).isEmpty()) {
            fields.findings().spoil(fields.at(field), "String does not match RFC3339 timestamp");
            return Optional.empty();
        }
        return Optional.of(value);
    }
}
