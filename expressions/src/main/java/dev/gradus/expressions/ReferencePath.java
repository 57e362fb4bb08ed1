package dev.gradus.expressions;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A path that names one node: {@code $} and steps {@code .name}, {@code ['name']}, {@code [n]},
 * from the input, the context object or a variable. ResultPath, Choice's Variable and the {@code
 * ...Path} fields take it.
 */
public final class ReferencePath {
    private final String source;
    private final PathRoot root;
    private final List<PathStep> steps;

    private ReferencePath(String source, PathRoot root, List<PathStep> steps) {
        this.source = source;
        this.root = root;
        this.steps = steps;
    }

    /**
     * Compiles a reference path.
     *
     * @throws PathSyntaxException if the text is none: not with {@code @ .. , : ? *} or functions
     */
    public static ReferencePath compile(String path) {
        var root = PathRoot.of(path);
        var steps = PathStep.parse(path, root.chars());
        if (steps.isEmpty()) {
            throw new PathSyntaxException(
                    path, "A reference path names one node by steps .name, ['name'] and [n] only");
        }
        return new ReferencePath(path, root.leadingTo(steps.get()), steps.get());
    }

    /** Returns the text that was compiled. */
    public String source() {
        return source;
    }

    /** Tells whether the path is {@code $}, {@code $$} or a variable as a whole. */
    public boolean isRoot() {
        return steps.isEmpty();
    }

    /** Tells whether the path starts from the input: the only place that ResultPath may name. */
    public boolean startsFromInput() {
        return root instanceof PathRoot.Input;
    }

    /** Returns the name, without the dollar, of the variable that the path starts from. */
    public Optional<String> variable() {
        return root instanceof PathRoot.Variable(var name) ? Optional.of(name) : Optional.empty();
    }

    /** Returns the node, or nothing if it is missing, an index past the end included. */
    public Optional<Json> find(Bindings bindings) {
        var value = root.in(bindings);
        for (var i = 0; i < steps.size() && value != null; i++) {
            value = steps.get(i).from(value);
        }
        return Optional.ofNullable(value);
    }

    /**
     * Returns a copy of a document with the node replaced or added: members on the way that are
     * missing are made as objects, array elements must exist. All other parts are shared.
     *
     * @throws ExpressionFailure {@code States.ResultPathMatchFailure} if a step does not fit
     */
    public Json insertInto(Json document, Json value) {
        return inserted(document, 0, value, document);
    }

    private Json inserted(@Nullable Json node, int at, Json value, Json document) {
        if (at == steps.size()) {
            return value;
        }
        return switch (steps.get(at)) {
            case PathStep.Field(var name) -> {
                if (node == null) {
                    yield JsonObject.of(name, inserted(null, at + 1, value, document));
                }
                if (!(node instanceof JsonObject object)) {
                    throw misfit(document);
                }
                yield object.with(name, inserted(object.find(name), at + 1, value, document));
            }
            case PathStep.Index(var index) -> {
                if (!(node instanceof JsonArray array)) {
                    throw misfit(document);
                }
                var effective = index < 0 ? array.size() + index : index;
                if (effective < 0 || effective >= array.size()) {
                    throw misfit(document);
                }
                yield array.with(
                        effective, inserted(array.get(effective), at + 1, value, document));
            }
        };
    }

    private ExpressionFailure misfit(Json document) {
        return new ExpressionFailure(
                ExpressionFailure.RESULT_PATH,
                "Unable to apply ReferencePath " + source + " to input " + document.text());
    }

    @Override
    public String toString() {
        return source;
    }
}
