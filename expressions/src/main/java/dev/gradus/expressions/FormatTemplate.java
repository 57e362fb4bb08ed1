package dev.gradus.expressions;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The template of {@code States.Format}, cut at its {@code {}}. Other braces, quotes and
 * backslashes are escaped by a backslash.
 *
 * <p>AWS looks at the braces only when the call is evaluated (recorded by others in 2026), so a
 * template keeps its fault until then.
 */
final class FormatTemplate {
    private static final String INVALID = "Invalid template in States.Format: ";

    private final List<String> pieces; // one more than there are {}
    private final Optional<String> fault;

    private FormatTemplate(List<String> pieces, Optional<String> fault) {
        this.pieces = List.copyOf(pieces);
        this.fault = fault;
    }

    /** Reads a template with its escapes. */
    static FormatTemplate parse(String raw) {
        var pieces = new ArrayList<String>();
        var piece = new StringBuilder();
        for (var i = 0; i < raw.length(); i++) {
            var c = raw.charAt(i);
            var next = i + 1 < raw.length() ? raw.charAt(i + 1) : '\0';
            if (c == '\\') {
                if ("'\\{}".indexOf(next) < 0) {
                    return faulty("a backslash stands only before ' \\ { or }.");
                }
                piece.append(next);
                i++;
            } else if (c == '{' && next == '}') {
                pieces.add(piece.toString());
                piece.setLength(0);
                i++;
            } else if (c == '{') {
                return faulty("matching '}' not found for '{'.");
            } else if (c == '}') {
                return faulty("matching '{' not found for '}'.");
            } else {
                piece.append(c);
            }
        }
        pieces.add(piece.toString());
        return new FormatTemplate(pieces, Optional.empty());
    }

    private static FormatTemplate faulty(String fault) {
        return new FormatTemplate(List.of(), Optional.of(INVALID + fault));
    }

    /** Fills in the arguments after the first, which is the template itself. */
    Json fill(Arguments arguments) {
        if (fault.isPresent()) {
            throw arguments.failure(fault.get());
        }
        if (arguments.size() != pieces.size()) {
            throw arguments.failure(
                    "Invalid arguments in States.Format: number of arguments do not match the"
                            + " occurrences of {}.");
        }
        var out = new StringBuilder(pieces.getFirst());
        for (var i = 1; i < pieces.size(); i++) {
            TextFunctions.checkSize(arguments, out.length() + arguments.value(i).textCharsMin());
            appendBare(arguments.value(i), out);
            out.append(pieces.get(i));
        }
        return Json.of(out.toString());
    }

    /** Writes a value as Java prints maps and lists, which is what the service shows. */
    private static void appendBare(Json value, StringBuilder out) {
        switch (value) {
            case JsonNull _, JsonBoolean _, JsonNumber _ -> out.append(value.text());
            case JsonString string -> out.append(string.value());
            case JsonArray array -> {
                out.append('[');
                for (var i = 0; i < array.size(); i++) {
                    out.append(i == 0 ? "" : ", ");
                    appendBare(array.get(i), out);
                }
                out.append(']');
            }
            case JsonObject object -> {
                out.append('{');
                for (var i = 0; i < object.size(); i++) {
                    out.append(i == 0 ? "" : ", ").append(object.name(i)).append('=');
                    appendBare(object.value(i), out);
                }
                out.append('}');
            }
        }
    }
}
