package dev.gradus.expressions;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A compiled path: {@code $...} into the input, {@code $$...} into the context object, {@code
 * $name...} into a variable, in the dialect of json-path (Jayway), which is AWS's.
 *
 * <p>A path of plain steps ({@code .name}, {@code ['name']}, {@code [n]}) is walked by this class;
 * everything else (wildcards, slices, filters, deep scans, functions) is json-path's.
 *
 * <p>{@link #find} tells what there is. {@link #read} and {@link #evaluate} turn a miss into the
 * failure that the service reports in InputPath and OutputPath, and in payload fields. In all three
 * an indefinite path that matches nothing gives {@code []}.
 */
public final class JsonPath implements ValueExpression {
    private final String source;
    private final PathRoot root;
    private final PathStep[] steps;
    private final @Nullable ScanningPath scanning; // null where steps say it all

    private JsonPath(
            String source, PathRoot root, PathStep[] steps, @Nullable ScanningPath scanning) {
        this.source = source;
        this.root = root;
        this.steps = steps;
        this.scanning = scanning;
    }

    /**
     * Compiles a path.
     *
     * @throws PathSyntaxException if the text is none, or larger than the limits
     */
    public static JsonPath compile(String path) {
        var root = PathRoot.of(path);
        var steps = PathStep.parse(path, root.chars());
        return steps.isPresent()
                ? new JsonPath(
                        path,
                        root.leadingTo(steps.get()),
                        steps.get().toArray(new PathStep[0]),
                        null)
                : new JsonPath(path, root, new PathStep[0], ScanningPath.compile(path, root));
    }

    @Override
    public String source() {
        return source;
    }

    /** Tells whether the path names at most one node; else its value is always an array. */
    public boolean definite() {
        return scanning == null || scanning.definite();
    }

    /** Returns the name, without the dollar, of the variable that the path starts from. */
    public Optional<String> variable() {
        return root instanceof PathRoot.Variable(var name) ? Optional.of(name) : Optional.empty();
    }

    /** Tells whether the path starts from the context object. */
    public boolean startsFromContext() {
        return root instanceof PathRoot.Context;
    }

    @Override
    public List<String> variables() {
        return variable().stream().toList();
    }

    /** Looks the path up. */
    public PathResult find(Bindings bindings) {
        var document = root.in(bindings);
        if (document == null) {
            return new PathResult.Missing("The variable '" + rootText() + "' is not assigned");
        }
        if (scanning != null) {
            return scanning.find(document);
        }
        var value = walk(document);
        return value == null ? miss(document) : new PathResult.Found(value);
    }

    /**
     * Reads the path as InputPath and OutputPath do: an index past the end is {@code null}.
     *
     * @throws ExpressionFailure {@code Invalid path '$.a' : No results for path: $['a']}
     */
    public Json read(Bindings bindings) {
        return switch (find(bindings)) {
            case PathResult.Found found -> found.value();
            case PathResult.PastEnd _ -> Json.NULL;
            case PathResult.Missing missing ->
                    throw ExpressionFailure.runtime(
                            "Invalid path '" + source + "' : " + missing.detail());
        };
    }

    /**
     * Reads the path as a payload field does: an index past the end is {@code null}.
     *
     * @throws ExpressionFailure {@code The JSONPath '$.a' specified for the field 'b.$' could not
     *     be found in the input '{}'}
     */
    @Override
    public Json evaluate(Bindings bindings, String field) {
        if (scanning == null) {
            var document = root.in(bindings);
            var value = document == null ? null : walk(document);
            if (value != null) {
                return value;
            }
        }
        return switch (find(bindings)) {
            case PathResult.Found found -> found.value();
            case PathResult.PastEnd _ -> Json.NULL;
            case PathResult.Missing _ ->
                    throw ExpressionFailure.runtime(
                            "The JSONPath '"
                                    + source
                                    + "' specified for the field '"
                                    + field
                                    + "' could not be found in the input '"
                                    + root.quoted(bindings).text()
                                    + "'");
        };
    }

    private @Nullable Json walk(Json document) {
        var value = document;
        for (var step : steps) {
            value = step.from(value);
            if (value == null) {
                return null;
            }
        }
        return value;
    }

    /** Explains why a walk found nothing, in json-path's words. */
    private PathResult miss(Json document) {
        var current = new StringBuilder("$");
        Json value = document;
        for (var i = 0; i < steps.length; i++) {
            var step = steps[i];
            var last = i == steps.length - 1;
            var next = value == null ? null : step.from(value);
            if (next == null) {
                if (step instanceof PathStep.Field && value instanceof JsonObject) {
                    current.append(step.fragment());
                    return new PathResult.Missing(
                            (last ? "No results for path: " : "Missing property in path ")
                                    + current);
                }
                if (!(step instanceof PathStep.Index && value instanceof JsonArray)) {
                    return new PathResult.Missing(PathTexts.wrongKind(step, current, value));
                }
                if (last) {
                    return new PathResult.PastEnd();
                }
            }
            current.append(step.fragment());
            value = next;
        }
        throw new AssertionError("No step of " + source + " misses");
    }

    private String rootText() {
        return source.substring(0, root.chars());
    }

    /**
     * Returns how an intrinsic's failure names this path: the context's {@code $$} as {@code $}.
     */
    String sourceFromInput() {
        return startsFromContext() ? source.substring(1) : source;
    }

    @Override
    public String toString() {
        return source;
    }
}
