package dev.gradus.expressions;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;

/** The intrinsic functions over strings. */
final class TextFunctions {
    private TextFunctions() {}

    /** Formats a template that was read at run time; one written in the call is compiled before. */
    static Json format(Arguments arguments) {
        var template = FormatTemplate.parse(arguments.string(0));
        if (template.isEmpty()) {
            throw arguments.failure(
                    "The template has a brace that is neither {} nor escaped: "
                            + arguments.value(0).text());
        }
        return template.get().fill(arguments);
    }

    static Json stringToJson(Arguments arguments) {
        var text = arguments.string(0);
        if (text.isBlank()) {
            return Json.NULL;
        }
        try {
            return Json.parse(text);
        } catch (JsonSyntaxException refused) {
            throw arguments.failure("The string is not valid JSON: " + refused.message());
        }
    }

    static Json jsonToString(Arguments arguments) {
        var value = arguments.value(0);
        checkSize(arguments, value.textCharsMin());
        return Json.of(value.text());
    }

    static Json base64Encode(Arguments arguments) {
        var text = bounded(arguments, arguments.string(0));
        return Json.of(Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8)));
    }

    static Json base64Decode(Arguments arguments) {
        var text = bounded(arguments, arguments.string(0));
        try {
            return Json.of(new String(Base64.getDecoder().decode(text), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException notBase64) {
            throw arguments.failure("The string is not Base64: " + notBase64.getMessage());
        }
    }

    static Json hash(Arguments arguments) {
        var data = arguments.value(0);
        if (!(data instanceof JsonString)
                && data.textCharsMin() > ExpressionLimits.CODEC_CHARS_MAX) {
            throw tooLong(arguments, data.textCharsMin());
        }
        var text =
                bounded(arguments, data instanceof JsonString(var string) ? string : data.text());
        return Digests.hex(arguments.string(1), text)
                .map(Json::of)
                .orElseThrow(() ->
                        arguments.failure(
                                "The algorithm must be "
                                        + Digests.NAMES
                                        + " but was "
                                        + arguments.value(1).text()));
    }

    static Json split(Arguments arguments) {
        var text = arguments.string(0);
        var delimiters = arguments.string(1);
        var pieces = new ArrayList<Json>();
        var from = 0;
        for (var i = 0; i <= text.length(); i++) {
            if (i == text.length() || delimiters.indexOf(text.charAt(i)) >= 0) {
                if (i > from) {
                    pieces.add(Json.of(text.substring(from, i)));
                }
                from = i + 1;
            }
        }
        return JsonArray.of(pieces);
    }

    /** Refuses to write out a text that no payload could hold. */
    static void checkSize(Arguments arguments, long chars) {
        if (chars > ExpressionLimits.INTRINSIC_TEXT_CHARS_MAX) {
            throw arguments.failure(
                    "The result would have at least "
                            + chars
                            + " characters; the maximum is "
                            + ExpressionLimits.INTRINSIC_TEXT_CHARS_MAX);
        }
    }

    private static String bounded(Arguments arguments, String text) {
        if (text.length() > ExpressionLimits.CODEC_CHARS_MAX) {
            throw tooLong(arguments, text.length());
        }
        return text;
    }

    private static ExpressionFailure tooLong(Arguments arguments, long chars) {
        return arguments.failure(
                "The data may have at most "
                        + ExpressionLimits.CODEC_CHARS_MAX
                        + " characters but has at least "
                        + chars);
    }
}
