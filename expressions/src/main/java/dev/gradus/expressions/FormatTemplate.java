package dev.gradus.expressions;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The template of {@code States.Format}, cut at its {@code {}}. Other braces, quotes and
 * backslashes are escaped by a backslash.
 */
final class FormatTemplate {
    private final List<String> pieces; // one more than there are {}

    private FormatTemplate(List<String> pieces) {
        this.pieces = List.copyOf(pieces);
    }

    /** Reads a template with its escapes; empty if a brace or a backslash stands alone. */
    static Optional<FormatTemplate> parse(String raw) {
        var pieces = new ArrayList<String>();
        var piece = new StringBuilder();
        for (var i = 0; i < raw.length(); i++) {
            var c = raw.charAt(i);
            var next = i + 1 < raw.length() ? raw.charAt(i + 1) : '\0';
            if (c == '\\') {
                if ("'\\{}".indexOf(next) < 0) {
                    return Optional.empty();
                }
                piece.append(next);
                i++;
            } else if (c == '{' && next == '}') {
                pieces.add(piece.toString());
                piece.setLength(0);
                i++;
            } else if (c == '{' || c == '}') {
                return Optional.empty();
            } else {
                piece.append(c);
            }
        }
        pieces.add(piece.toString());
        return Optional.of(new FormatTemplate(pieces));
    }

    /** Fills in the arguments after the first, which is the template itself. */
    Json fill(Arguments arguments) {
        if (arguments.size() != pieces.size()) {
            throw arguments.failure(
                    "The template has "
                            + (pieces.size() - 1)
                            + " occurrences of {} but "
                            + (arguments.size() - 1)
                            + " arguments follow it");
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
