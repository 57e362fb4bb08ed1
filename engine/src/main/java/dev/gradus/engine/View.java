package dev.gradus.engine;

import dev.gradus.asl.DataFlow;
import dev.gradus.asl.DataFlow.JsonPathFlow;
import dev.gradus.asl.DataFlow.JsonataFlow;
import dev.gradus.asl.DataFlow.PathStage;
import dev.gradus.asl.DataFlow.ResultStage;
import dev.gradus.asl.JsonataTemplate;
import dev.gradus.asl.State;
import dev.gradus.asl.StatesMember;
import dev.gradus.asl.Template;
import dev.gradus.expressions.Bindings;
import dev.gradus.expressions.Json;
import dev.gradus.expressions.JsonObject;
import dev.gradus.expressions.JsonPath;
import dev.gradus.expressions.Payload;
import dev.gradus.expressions.PayloadTemplate;
import dev.gradus.expressions.Randomness;
import dev.gradus.expressions.ReferencePath;
import java.util.EnumMap;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What the expressions of one state see during one visit, and the data flow stages that use them,
 * in either query language.
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

    // What expressions see

    /** Returns what JSONPath expressions see when {@code $} is the given payload. */
    Bindings bindings(Payload input) {
        return Bindings.of(input::json, this::context, this::variable, turn.randomness())
                .withContextOutline(this::contextOutline);
    }

    /** Returns an evaluator of JSONata expressions that see neither result nor error output. */
    Expressions expressions() {
        return evaluator(members());
    }

    /** Returns one that gives the same value at any time of one attempt. */
    Expressions steadyExpressions() {
        var visit = line.visit();
        var seed =
                turn.execution().startedAtMillis()
                        + (visit.enteredEventId() << Integer.SIZE)
                        + visit.retryCount();
        return new Expressions(
                members(),
                this::contextOutline,
                this::variable,
                visit.enteredAtMillis(),
                new Randomness(seed));
    }

    private Expressions expressions(StatesMember more, Payload value) {
        var members = members();
        members.put(more, value::json);
        return evaluator(members);
    }

    private Expressions evaluator(EnumMap<StatesMember, Supplier<Json>> members) {
        return new Expressions(
                members, this::contextOutline, this::variable, turn.atMillis(), turn.randomness());
    }

    private EnumMap<StatesMember, Supplier<Json>> members() {
        var members = new EnumMap<StatesMember, Supplier<Json>>(StatesMember.class);
        members.put(StatesMember.INPUT, line.visit().input()::json);
        members.put(StatesMember.CONTEXT, this::context);
        return members;
    }

    private Json context() {
        return turn.seen(new ContextObject(turn, line, state, token, item).whole());
    }

    /** Returns it without the execution's input, for what cannot reach that. */
    private Json contextOutline() {
        return turn.seen(new ContextObject(turn, line, state, token, item).outline());
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

    // Into the work

    /** Applies InputPath to the raw input of the visit; JSONata has nothing like it. */
    Payload effectiveInput() {
        var raw = line.visit().input();
        return switch (state.flow()) {
            case JsonPathFlow flow -> turn.reached(Stage.INPUT_PATH, select(flow.inputPath(), raw));
            case JsonataFlow _ -> raw;
        };
    }

    /** Applies Parameters or Arguments, if there are any, to the effective input. */
    Payload arguments(Payload effectiveInput) {
        return switch (state.flow()) {
            case JsonPathFlow flow ->
                    turn.reached(Stage.PARAMETERS, paths(flow.parameters(), effectiveInput));
            case JsonataFlow flow ->
                    turn.reached(
                            Stage.ARGUMENTS,
                            flow.arguments().map(expressions()::template).orElse(effectiveInput));
        };
    }

    /** Applies a template, if there is one. */
    Payload template(Optional<Template> template, Payload input) {
        return template.map(it ->
                        switch (it) {
                            case Template.OfPaths(var paths) -> evaluate(paths, input);
                            case Template.OfExpressions(var jsonata) ->
                                    expressions().template(jsonata);
                        })
                .orElse(input);
    }

    /** Returns the node at a path of one of the state's own fields, which must be there. */
    Json require(ReferencePath path, Payload input) {
        var bindings = bindings(input);
        // The other kind of path knows how AWS words a miss.
        return path.find(bindings).orElseGet(() -> JsonPath.compile(path.source()).read(bindings));
    }

    // Out of it

    /**
     * Shapes what leaves a state whose work gave a result: ResultSelector, ResultPath and
     * OutputPath in their order, or Output. Assign sees the raw result.
     */
    Leaving leaving(Payload result) {
        turn.reached(Stage.RESULT, result);
        return switch (state.flow()) {
            case JsonPathFlow flow -> {
                var selected =
                        turn.reached(Stage.RESULT_SELECTOR, paths(flow.resultSelector(), result));
                var inserted = turn.reached(Stage.RESULT_PATH, insert(flow.resultPath(), selected));
                var output = select(flow.outputPath(), inserted);
                yield new Leaving(output, assigned(flow, result));
            }
            case JsonataFlow flow ->
                    leaving(
                            flow,
                            hasResult() ? expressions(StatesMember.RESULT, result) : expressions(),
                            result);
        };
    }

    /** Shapes what leaves a state without a result; Assign sees the effective input. */
    Leaving leavingWithoutResult(Payload effectiveInput) {
        return leavingWithoutResult(effectiveInput, state.flow());
    }

    /** Does the same with another flow than the state's own: that of a Choice rule. */
    Leaving leavingWithoutResult(Payload effectiveInput, DataFlow by) {
        return switch (by) {
            case JsonPathFlow flow -> {
                var output = select(flow.outputPath(), effectiveInput);
                yield new Leaving(output, assigned(flow, effectiveInput));
            }
            case JsonataFlow flow -> leaving(flow, expressions(), effectiveInput);
        };
    }

    /** Applies what a catcher says to the error output. */
    Leaving caught(Payload errorOutput, DataFlow by) {
        return switch (by) {
            case JsonPathFlow flow -> {
                var output = insert(flow.resultPath(), errorOutput);
                yield new Leaving(output, assigned(flow, errorOutput));
            }
            case JsonataFlow flow ->
                    leaving(flow, expressions(StatesMember.ERROR_OUTPUT, errorOutput), errorOutput);
        };
    }

    private static Leaving leaving(JsonataFlow flow, Expressions expressions, Payload otherwise) {
        var output = flow.output().map(expressions::template).orElse(otherwise);
        return new Leaving(output, flow.assign().flatMap(it -> assigned(it, expressions)));
    }

    private static Optional<Payload> assigned(JsonataTemplate assign, Expressions expressions) {
        return notEmpty(expressions.template(assign));
    }

    private Optional<Payload> assigned(JsonPathFlow flow, Payload dollar) {
        return flow.assign().flatMap(assign -> notEmpty(evaluate(assign, dollar)));
    }

    private static Optional<Payload> notEmpty(Payload assigned) {
        return assigned.json().equals(JsonObject.EMPTY) ? Optional.empty() : Optional.of(assigned);
    }

    private boolean hasResult() {
        return switch (state) {
            case State.TaskState _, State.ParallelState _, State.MapState _ -> true;
            case State.PassState _,
                    State.ChoiceState _,
                    State.WaitState _,
                    State.SucceedState _,
                    State.FailState _ ->
                    false;
        };
    }

    // The stages of JSONPath

    private Payload paths(Optional<PayloadTemplate> template, Payload input) {
        return template.isEmpty() ? input : evaluate(template.get(), input);
    }

    private Payload evaluate(PayloadTemplate template, Payload input) {
        return Payload.of(template.evaluate(bindings(input)));
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

    private Payload select(PathStage stage, Payload from) {
        return switch (stage) {
            case PathStage.Whole _ -> from;
            case PathStage.Nothing _ -> Payload.EMPTY_OBJECT;
            case PathStage.Select(var path) -> Payload.of(path.read(bindings(from)));
        };
    }
}
