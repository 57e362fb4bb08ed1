package dev.gradus.asl;

import dev.gradus.asl.DataFlow.JsonPathFlow;
import dev.gradus.asl.DataFlow.PathStage;
import dev.gradus.asl.DataFlow.ResultStage;
import dev.gradus.expressions.Json;
import dev.gradus.expressions.JsonNull;
import java.util.Optional;
import java.util.Set;

/** Reads how a JSONPath state shapes its data. */
final class DataFlowReader {
    private static final String PARAMETERS = "Parameters";
    private static final Json ALL = Json.of("$");

    private DataFlowReader() {}

    /** Reads all stages of which the state has fields. */
    static JsonPathFlow read(StateDraft draft) {
        return read(draft, draft.fields());
    }

    private static JsonPathFlow read(StateDraft draft, FieldReader fields) {
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
        return read(draft, draft.fields().without(Set.of(PARAMETERS)));
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
