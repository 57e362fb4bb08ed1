package dev.gradus.asl;

import dev.gradus.expressions.JsonPath;
import dev.gradus.expressions.PayloadTemplate;
import dev.gradus.expressions.ReferencePath;
import java.util.Optional;

/** How a state shapes its input and output, in one of the two query languages; they never mix. */
public sealed interface DataFlow {

    /**
     * The JSONPath stages, in the order in which they run.
     *
     * @param inputPath what of the raw input the state sees
     * @param parameters builds the effective input (Parameters), absent for states without it
     * @param resultSelector shapes the raw result, absent when not written
     * @param resultPath where the result goes in the raw input
     * @param outputPath what of that leaves the state
     * @param assign the variables that are set, by their names, absent when not written
     */
    record JsonPathFlow(
            PathStage inputPath,
            Optional<PayloadTemplate> parameters,
            Optional<PayloadTemplate> resultSelector,
            ResultStage resultPath,
            PathStage outputPath,
            Optional<PayloadTemplate> assign)
            implements DataFlow {

        /** A flow in which everything is at its default: input and output pass unchanged. */
        public static final JsonPathFlow IDENTITY =
                new JsonPathFlow(
                        new PathStage.Whole(),
                        Optional.empty(),
                        Optional.empty(),
                        new ResultStage.Replace(),
                        new PathStage.Whole(),
                        Optional.empty());

        /** Returns this flow with other variables set. */
        JsonPathFlow withAssign(Optional<PayloadTemplate> other) {
            return new JsonPathFlow(
                    inputPath, parameters, resultSelector, resultPath, outputPath, other);
        }

        /** Returns this flow with another place for the result. */
        JsonPathFlow withResultPath(ResultStage other) {
            return new JsonPathFlow(
                    inputPath, parameters, resultSelector, other, outputPath, assign);
        }
    }

    /**
     * What a JSONata state, rule or catcher says of its data; what is absent hands on what there
     * is.
     *
     * @param arguments what the work is called with, else the input of the state
     * @param output what leaves the state, else the result, the error output or the input
     * @param assign the variables that are set, by their names
     */
    record JsonataFlow(
            Optional<JsonataTemplate> arguments,
            Optional<JsonataTemplate> output,
            Optional<JsonataTemplate> assign)
            implements DataFlow {
        /** A flow that says nothing: data passes unchanged. */
        public static final JsonataFlow IDENTITY =
                new JsonataFlow(Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** What InputPath and OutputPath select. */
    sealed interface PathStage {
        /** {@code $} or no field: everything, untouched. */
        record Whole() implements PathStage {}

        /** {@code null}: the empty object. */
        record Nothing() implements PathStage {}

        /** Any other path; may start with {@code $$} or name a variable. */
        record Select(JsonPath path) implements PathStage {}
    }

    /** What ResultPath does with a result. */
    sealed interface ResultStage {
        /** {@code $} or no field: the result takes the place of the input. */
        record Replace() implements ResultStage {}

        /** {@code null}: the result is dropped and the raw input goes on. */
        record Discard() implements ResultStage {}

        /** A reference path: the result goes into the raw input there. */
        record Insert(ReferencePath path) implements ResultStage {}
    }
}
