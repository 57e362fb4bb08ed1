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
        checkMarks(path, rest);
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
        } catch (JsonPathException | ClassCastException | UnsupportedOperationException unfit) {
            // A function or filter met values that it does not take: the data's fault, not ours.
            return new PathResult.Missing(PathTexts.rewritten(message(unfit)));
        }
    }

    private static String message(RuntimeException failure) {
        @Nullable String message = failure.getMessage();
        return message == null ? "The path does not fit the value" : message;
    }

    /**
     * Refuses what json-path's compiler reads without an end or with a call per character: open
     * brackets and quotes, and more marks than a person writes.
     */
    private static void checkMarks(String path, String rest) {
        var marks = 0;
        var brackets = 0;
        var parentheses = 0;
        var quote = '\0';
        for (var i = 0; i < rest.length(); i++) {
            var c = rest.charAt(i);
            if (quote != '\0') {
                if (c == '\\') {
                    i++;
                } else if (c == quote) {
                    quote = '\0';
                }
                continue;
            }
            switch (c) {
                case '[' -> brackets++;
                case ']' -> brackets--;
                case '(' -> parentheses++;
                case ')' -> parentheses--;
                case '\'', '"' -> quote = brackets + parentheses > 0 ? c : '\0';
                default -> {}
            }
            marks += ".[(&|!,".indexOf(c) >= 0 ? 1 : 0;
            if (brackets < 0 || parentheses < 0 || marks > ExpressionLimits.PATH_MARKS_MAX) {
                break;
            }
        }
        if (brackets != 0 || parentheses != 0 || quote != '\0') {
            throw new PathSyntaxException(path, "A bracket or a quote is not closed");
        }
        if (marks > ExpressionLimits.PATH_MARKS_MAX) {
            throw new PathSyntaxException(
                    path,
                    "A path may have at most "
                            + ExpressionLimits.PATH_MARKS_MAX
                            + " steps and marks");
        }
    }
}
