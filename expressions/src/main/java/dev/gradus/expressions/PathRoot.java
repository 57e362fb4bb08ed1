package dev.gradus.expressions;

import org.jspecify.annotations.Nullable;

/** Where a path begins: the input {@code $}, the context object {@code $$}, a variable. */
sealed interface PathRoot {
    /** The root {@code $}. */
    record Input() implements PathRoot {}

    /** The root {@code $$}. */
    record Context() implements PathRoot {}

    /** The root {@code $name}. */
    record Variable(String name) implements PathRoot {}

    /** Returns the root's value, or null for a variable that is not assigned. */
    default @Nullable Json in(Bindings bindings) {
        return switch (this) {
            case Input _ -> bindings.input();
            case Context _ -> bindings.context();
            case Variable variable -> bindings.variable(variable.name()).orElse(null);
        };
    }

    /** Returns the document that a text about a missing value quotes. */
    default Json quoted(Bindings bindings) {
        return this instanceof Context ? bindings.context() : bindings.input();
    }

    /** Returns how many characters of the path's text name the root. */
    default int chars() {
        return switch (this) {
            case Input _ -> 1;
            case Context _ -> 2;
            case Variable variable -> 1 + variable.name().length();
        };
    }

    /** Reads the root of a path's text. */
    static PathRoot of(String path) {
        if (!path.startsWith("$")) {
            throw new PathSyntaxException(path, "A path must start with '$'");
        }
        if (path.length() > ExpressionLimits.EXPRESSION_CHARS_MAX) {
            throw new PathSyntaxException(
                    path.substring(0, 100),
                    "A path may have at most "
                            + ExpressionLimits.EXPRESSION_CHARS_MAX
                            + " characters");
        }
        if (path.startsWith("$$")) {
            return new Context();
        }
        var name = variableName(path);
        return name.isEmpty() ? new Input() : new Variable(name);
    }

    private static String variableName(String path) {
        var at = 1;
        while (at < path.length()) {
            var point = path.codePointAt(at);
            var legal =
                    at == 1
                            ? Character.isUnicodeIdentifierStart(point)
                            : Character.isUnicodeIdentifierPart(point);
            if (!legal) {
                break;
            }
            at += Character.charCount(point);
        }
        return path.substring(1, at);
    }
}
