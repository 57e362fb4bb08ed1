package dev.gradus.engine;

import dev.gradus.asl.DataFlow.JsonPathFlow;
import dev.gradus.asl.DataFlow.PathStage;
import dev.gradus.asl.DataFlow.ResultStage;
import dev.gradus.asl.DataFlow;
import dev.gradus.asl.State;
import dev.gradus.expressions.Bindings;
import dev.gradus.expressions.Json;
import dev.gradus.expressions.JsonObject;
import dev.gradus.expressions.JsonPath;
import dev.gradus.expressions.Payload;
import dev.gradus.expressions.PayloadTemplate;
import dev.gradus.expressions.ReferencePath;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What the expressions of one state see during one visit, and the data flow stages that use them.
 *
 * <p>A stage at its default hands on the very payload it got, unparsed. What does not fit the data
 * throws an {@link dev.gradus.expressions.ExpressionFailure}, which the interpreter catches at its
 * one place.
 */
final class View {
    private final Turn turn;
    private final Line line;
    private final State state;
    private final Optional<Supplier<String>> token;
    private final Optional<ContextObject.Item> item;

    /**
     * What leaves a state.
     *
     * @param assigned object from the names of the variables to set to their values, absent when
     *     there are none
     */
    record Leaving(Payload output, Optional<Payload> assigned) {}

    private View(
            Turn turn,
            Line line,
            State state,
            Optional<Supplier<String>> token,
            Optional<ContextObject.Item> item) {
        this.turn = turn;
        this.line = line;
        this.state = state;
        this.token = token;
        this.item = item;
    }

    static View of(Turn turn, Line line, State state) {
        return new View(turn, line, state, Optional.empty(), Optional.empty());
    }

    /** Returns this view with a task token in the context object. */
    View withToken(Supplier<String> taskToken) {
        return new View(turn, line, state, Optional.of(taskToken), item);
    }

    /** Returns this view with an array item in the context object. */
    View withItem(ContextObject.Item mapItem) {
        return new View(turn, line, state, token, Optional.of(mapItem));
    }

    /** Returns what expressions see when {@code $} is the given payload. */
    Bindings bindings(Payload input) {
        return Bindings.of(
                input.json(),
                () -> ContextObject.of(turn, line, state, token.map(Supplier::get), item),
                this::variable,
                turn.randomness());
    }

    /** Looks a variable up in the scope and, if it has none, in those around it. */
    private Optional<Json> variable(String name) {
        var found = line.variables().find(name);
        var parent = line.parent();
        while (found.isEmpty() && parent.isPresent()) {
            var around = turn.scope(parent.getAsInt());
            found = around.variables().find(name);
            parent = around.parent();
        }
        return found;
    }

    /** Applies InputPath to the raw input of the visit. */
    Payload effectiveInput() {
        return select(flow().inputPath(), line.visit().input());
    }

    /** Applies Parameters, if there are any, to the effective input. */
    Payload parameters(Payload effectiveInput) {
        return template(flow().parameters(), effectiveInput);
    }

    /**
     * Applies ResultSelector and ResultPath to a raw result, then OutputPath; Assign sees the raw
     * result.
     */
    Leaving leaving(Payload result) {
        var selected = template(flow().resultSelector(), result);
        var output = select(flow().outputPath(), insert(flow().resultPath(), selected));
        return new Leaving(output, assigned(flow(), result));
    }

    /** Applies OutputPath alone, for states without a result; Assign sees the effective input. */
    Leaving leavingWithoutResult(Payload effectiveInput) {
        return leavingWithoutResult(effectiveInput, state.flow());
    }

    /** Does the same with another flow than the state's own: that of a Choice rule. */
    Leaving leavingWithoutResult(Payload effectiveInput, DataFlow by) {
        var flow = pathFlow(by);
        var output = select(flow.outputPath(), effectiveInput);
        return new Leaving(output, assigned(flow, effectiveInput));
    }

    /** Applies the ResultPath and Assign of a catcher to the error output. */
    Leaving caught(Payload errorOutput, DataFlow by) {
        var flow = pathFlow(by);
        var output = insert(flow.resultPath(), errorOutput);
        return new Leaving(output, assigned(flow, errorOutput));
    }

    private Optional<Payload> assigned(JsonPathFlow flow, Payload dollar) {
        return flow.assign()
                .map(template -> Payload.of(template.evaluate(bindings(dollar))))
                .filter(assigned -> !assigned.json().equals(JsonObject.EMPTY));
    }

    /** Applies a payload template, if there is one. */
    Payload template(Optional<PayloadTemplate> template, Payload input) {
        return template.isEmpty() ? input : Payload.of(template.get().evaluate(bindings(input)));
    }

    /** Puts a result into the raw input of the visit. */
    private Payload insert(ResultStage stage, Payload result) {
        var raw = line.visit().input();
        return switch (stage) {
            case ResultStage.Replace _ -> result;
            case ResultStage.Discard _ -> raw;
            case ResultStage.Insert(var path) ->
                    Payload.of(path.insertInto(raw.json(), result.json()));
        };
    }

    /** Returns the node at a path of one of the state's own fields, which must be there. */
    Json require(ReferencePath path, Payload input) {
        var bindings = bindings(input);
        // The other kind of path knows how AWS words a miss.
        return path.find(bindings).orElseGet(() -> JsonPath.compile(path.source()).read(bindings));
    }

    private Payload select(PathStage stage, Payload from) {
        return switch (stage) {
            case PathStage.Whole _ -> from;
            case PathStage.Nothing _ -> Payload.EMPTY_OBJECT;
            case PathStage.Select(var path) -> Payload.of(path.read(bindings(from)));
        };
    }

    private JsonPathFlow flow() {
        return pathFlow(state.flow());
    }

    private static JsonPathFlow pathFlow(DataFlow flow) {
        return switch (flow) {
            case JsonPathFlow pathFlow -> pathFlow;
        };
    }
}
