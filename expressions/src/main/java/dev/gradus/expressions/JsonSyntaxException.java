package dev.gradus.expressions;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Says where and why a text is not JSON. The message is the parser's, in the words that the AWS API
 * passes on to its callers; it holds no source text unless the parser quotes it.
 */
public final class JsonSyntaxException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private static final Pattern UNKNOWN_TOKEN = Pattern.compile("Unrecognized token '([^']*)'");
    private static final Pattern SOURCE =
            Pattern.compile("Source: \\(String\\)\".*\"", Pattern.DOTALL);
    private static final String REDACTED =
            "Source: REDACTED (`StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION` disabled)";

    private final int line;
    private final int column;
    private final long offset;

    JsonSyntaxException(String message, int line, int column, long offset) {
        super(message, null, false, false);
        this.line = line;
        this.column = column;
        this.offset = offset;
    }

    /** Returns the parser's text, without a location. */
    public String message() {
        return String.valueOf(getMessage());
    }

    /**
     * Returns the parser's text with the place in the form that AWS shows for texts that a workflow
     * reads, where the parser is told to quote nothing.
     */
    String withoutSource() {
        return SOURCE.matcher(message()).replaceAll(Matcher.quoteReplacement(REDACTED))
                + "\n at ["
                + REDACTED
                + "; line: "
                + line
                + ", column: "
                + columnOfService()
                + "]";
    }

    /** Returns the line of the fault, from 1, or a negative number where it is not known. */
    public int line() {
        return line;
    }

    /** Returns the column of the fault in its line, from 1, or a negative number. */
    public int column() {
        return column;
    }

    /**
     * Returns the column that AWS gives: behind an unknown token (recorded), where newer parsers
     * point to its start.
     */
    public int columnOfService() {
        var token = UNKNOWN_TOKEN.matcher(message());
        return token.lookingAt() ? column + token.group(1).length() : column;
    }

    /** Returns the fault's distance from the start in characters (bytes for UTF-8), or -1. */
    public long offset() {
        return offset;
    }
}
