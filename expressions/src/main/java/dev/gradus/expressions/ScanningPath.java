package dev.gradus.expressions;

import com.jayway.jsonpath.Configuration;
import com.jayway.jsonpath.JsonPathException;
import com.jayway.jsonpath.PathNotFoundException;
import org.jspecify.annotations.Nullable;

/**
 * A path with wildcards, slices, filters, deep scans or functions, evaluated by json-path over our
 * own values. Nothing of json-path is shared between evaluations: no cache, no default provider.
 */
final class ScanningPath {
    private final String source;
    private final com.jayway.jsonpath.JsonPath compiled;

    private ScanningPath(String source, com.jayway.jsonpath.JsonPath compiled) {
        this.source = source;
        this.compiled = compiled;
    }

    static ScanningPath compile(String path, PathRoot root) {
        var rest = path.substring(root.chars());
        PathScanner.check(path, root.chars());
        try {
            return new ScanningPath(path, com.jayway.jsonpath.JsonPath.compile("$" + rest));
        } catch (JsonPathException | IllegalArgumentException refused) {
            throw new PathSyntaxException(path, String.valueOf(refused.getMessage()));
        }
    }

    boolean definite() {
        return compiled.isDefinite();
    }

    PathResult find(Json document) {
        var provider = new JsonTreeProvider();
        var configuration =
                Configuration.builder().jsonProvider(provider).mappingProvider(provider).build();
        try {
            Object value = compiled.read(document, configuration);
            return new PathResult.Found(JsonTreeProvider.toJson(value, 0));
        } catch (PathNotFoundException missing) {
            return definite()
                    ? new PathResult.Missing(PathTexts.rewritten(message(missing)))
                    : new PathResult.Found(JsonArray.EMPTY);
        } catch (JsonTreeProvider.Exhausted tooMuch) {
            throw ExpressionFailure.runtime(
                    "Invalid path '"
                            + source
                            + "' : The path visits more than "
                            + ExpressionLimits.PATH_VISITS_MAX
                            + " nodes");
        } catch (JsonPathException
                | ClassCastException
                | IndexOutOfBoundsException
                | NumberFormatException
                | UnsupportedOperationException unfit) {
            // A function or filter met values that it does not take: the data's fault, not ours.
            return new PathResult.Missing(PathTexts.rewritten(message(unfit)));
        }
    }

    private static String message(RuntimeException failure) {
        @Nullable String message = failure.getMessage();
        return message == null ? "The path does not fit the value" : message;
    }
}
