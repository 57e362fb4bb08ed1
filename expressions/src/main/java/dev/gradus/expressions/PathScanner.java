package dev.gradus.expressions;

/**
 * Finds where a path ends and whether its brackets do, without understanding it: json-path's
 * compiler is only given texts that are closed, and an intrinsic's argument ends at the first comma
 * or parenthesis that is in none of the path's own brackets, quotes and regular expressions.
 */
final class PathScanner {
    private static final String MARKS = ".[(&|!,";

    private final String text;
    private int at;
    private int brackets;
    private int parentheses;
    private int marks;
    private boolean closed = true;

    private PathScanner(String text, int from) {
        this.text = text;
        this.at = from;
    }

    /** Returns the end of the path that begins in an argument list. */
    static int argumentEnd(String text, int from) {
        var scanner = new PathScanner(text, from);
        scanner.scan(true);
        return Math.min(scanner.at, text.length());
    }

    /** Refuses a path with open brackets, or with more marks than a person writes. */
    static void check(String path, int from) {
        var scanner = new PathScanner(path, from);
        scanner.scan(false);
        if (!scanner.closed || scanner.brackets != 0 || scanner.parentheses != 0) {
            throw new PathSyntaxException(
                    path, "A bracket, quote or regular expression is not closed");
        }
        if (scanner.marks > ExpressionLimits.PATH_MARKS_MAX) {
            throw new PathSyntaxException(
                    path,
                    "A path may have at most "
                            + ExpressionLimits.PATH_MARKS_MAX
                            + " steps and operators");
        }
    }

    private void scan(boolean argument) {
        for (; at < text.length() && closed; at++) {
            var c = text.charAt(at);
            var inside = brackets + parentheses > 0;
            if (argument && !inside && (c == ',' || c == ')')) {
                return;
            }
            marks += MARKS.indexOf(c) >= 0 ? 1 : 0;
            switch (c) {
                case '[' -> brackets++;
                case ']' -> brackets--;
                case '(' -> parentheses++;
                case ')' -> parentheses--;
                case '\'', '"' -> skip(inside, c);
                case '/' -> skip(inside && isAfterTilde(), c);
                default -> {}
            }
            closed &= brackets >= 0 && parentheses >= 0;
        }
    }

    /** Goes to the character that closes what opens here. */
    private void skip(boolean opens, char close) {
        if (!opens) {
            return;
        }
        for (at++; at < text.length() && text.charAt(at) != close; at++) {
            if (text.charAt(at) == '\\') {
                at++;
            }
        }
        closed = at < text.length();
    }

    private boolean isAfterTilde() {
        var before = at - 1;
        while (before > 0 && text.charAt(before) == ' ') {
            before--;
        }
        return text.charAt(before) == '~';
    }
}
