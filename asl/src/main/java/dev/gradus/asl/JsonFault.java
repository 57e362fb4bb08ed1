package dev.gradus.asl;

import dev.gradus.expressions.JsonSyntaxException;

/**
 * Words the finding about a text that is no JSON as the JSON parser of AWS, an older Jackson, does.
 */
final class JsonFault {
    /** Characters that the parser quotes of the text. */
    private static final int QUOTED_CHARS_MAX = 500;

    private JsonFault() {}

    /**
     * Notes the parser's message, a line feed and the place, which is the location too (recorded).
     */
    static void note(Findings findings, String definition, JsonSyntaxException refused) {
        var location =
                "[Source: (String)"
                        + quote(definition)
                        + "; line: "
                        + refused.line()
                        + ", column: "
                        + refused.columnOfService()
                        + "]";
        findings.notJson(refused.message() + "\n at " + location, location);
    }

    private static String quote(String definition) {
        var quoted = new StringBuilder("\"");
        int length = Math.min(definition.length(), QUOTED_CHARS_MAX);
        for (char c : definition.substring(0, length).toCharArray()) {
            if (Character.isISOControl(c) && c != '\r' && c != '\n') {
                quoted.append(String.format("\\u%04X", (int) c));
            } else {
                quoted.append(c);
            }
        }
        quoted.append('"');
        int rest = definition.length() - length;
        return rest == 0 ? quoted.toString() : quoted + "[truncated " + rest + " chars]";
    }
}
