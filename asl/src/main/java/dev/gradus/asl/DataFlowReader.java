package dev.gradus.asl;

import dev.gradus.asl.DataFlow.JsonPathFlow;
import dev.gradus.asl.DataFlow.JsonataFlow;
import dev.gradus.asl.DataFlow.PathStage;
import dev.gradus.asl.DataFlow.ResultStage;
import dev.gradus.expressions.Json;
import dev.gradus.expressions.JsonNull;
import java.util.Optional;
import java.util.Set;

/** Reads how a state shapes its data. */
final class DataFlowReader {
    private static final String PARAMETERS = "Parameters";
    private static final String OUTPUT = "Output";
    private static final Json ALL = Json.of("$");

    private DataFlowReader() {}

    /** Reads all stages of which the state has fields. */
    static DataFlow read(StateDraft draft) {
        return switch (draft.language()) {
            case JSON_PATH -> readJsonPath(draft);
            case JSONATA -> readJsonata(draft);
        };
    }

    /** Reads the stages of a JSONPath state. */
    static JsonPathFlow readJsonPath(StateDraft draft) {
        return readJsonPath(draft, draft.fields());
    }

    /** Reads Arguments, Output and Assign of a JSONata state. */
    static JsonataFlow readJsonata(StateDraft draft) {
        var fields = draft.fields();
        var arguments = JsonataReader.before(draft).template(fields, "Arguments");
        var after = JsonataReader.after(draft);
        var output = after.template(fields, OUTPUT);
        return new JsonataFlow(arguments, output, AssignReader.read(draft, fields, after));
    }

    /** Reads Output and Assign of a rule or catcher in a JSONata state. */
    static JsonataFlow readLeaving(
            StateDraft draft, FieldReader fields, JsonataReader expressions) {
        return new JsonataFlow(
                Optional.empty(),
                expressions.template(fields, OUTPUT),
                AssignReader.read(draft, fields, expressions));
    }

    private static JsonPathFlow readJsonPath(StateDraft draft, FieldReader fields) {
        var inputPath = pathStage(fields, "InputPath");
        var parameters = ExpressionReader.template(fields, PARAMETERS);
        var resultSelector = ExpressionReader.template(fields, "ResultSelector");
        var resultPath = resultStage(fields);
        return new JsonPathFlow(
                inputPath,
                parameters,
                resultSelector,
                resultPath,
                pathStage(fields, "OutputPath"),
                AssignReader.read(draft, fields));
    }

    /**
     * Reads the stages of a Map, whose Parameters build the input of each iteration and not its
     * own.
     */
    static JsonPathFlow readWithoutParameters(StateDraft draft) {
        return readJsonPath(draft, draft.fields().without(Set.of(PARAMETERS)));
    }

    private static PathStage pathStage(FieldReader fields, String field) {
        var value = fields.value(field);
        if (value.isEmpty() || value.equals(Optional.of(ALL))) {
            return new PathStage.Whole();
        }
        if (value.get() instanceof JsonNull) {
            return new PathStage.Nothing();
        }
        return ExpressionReader.path(fields, field)
                .<PathStage>map(PathStage.Select::new)
                .orElseGet(PathStage.Whole::new);
    }

    /** Reads ResultPath, of a state or of a catcher. */
    static ResultStage resultStage(FieldReader fields) {
        var value = fields.value("ResultPath");
        if (value.isEmpty() || value.equals(Optional.of(ALL))) {
            return new ResultStage.Replace();
        }
        if (value.get() instanceof JsonNull) {
            return new ResultStage.Discard();
        }
        return ExpressionReader.pathIntoInput(fields, "ResultPath")
                .<ResultStage>map(ResultStage.Insert::new)
                .orElseGet(ResultStage.Replace::new);
    }
}
