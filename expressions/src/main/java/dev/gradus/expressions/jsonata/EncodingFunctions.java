package dev.gradus.expressions.jsonata;

import dev.gradus.expressions.jsonata.NativeFunction.Arguments;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;

/** The functions that encode and decode strings. */
final class EncodingFunctions {
    private static final String COMPONENT_MARKS = "-_.!~*'()";
    private static final String URL_MARKS = COMPONENT_MARKS + ";/?:@&=+$,#";
    private static final String URL_RESERVED = ";/?:@&=+$,#";
    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    private EncodingFunctions() {}

    static Value base64encode(Arguments arguments) {
        if (arguments.isMissing(0)) {
            return Value.UNDEFINED;
        }
        var text = arguments.text(0);
        arguments.evaluation().madeChars(2L * text.length());
        var bytes = new byte[text.length()];
        for (var i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) text.charAt(i); // the lower half of the character, as in JavaScript
        }
        return new Value.Text(Base64.getEncoder().encodeToString(bytes));
    }

    static Value base64decode(Arguments arguments) {
        if (arguments.isMissing(0)) {
            return Value.UNDEFINED;
        }
        var text = arguments.text(0);
        arguments.evaluation().madeChars(text.length());
        try {
            // AWS: what is not Base64 is an internal error (observed 2026).
            return new Value.Text(
                    new String(Base64.getDecoder().decode(text), StandardCharsets.ISO_8859_1));
        } catch (IllegalArgumentException notBase64) {
            throw EvaluationFailure.internal("Not Base64: " + notBase64.getMessage());
        }
    }

    static Value encodeUrlComponent(Arguments arguments) {
        return encode(arguments, "encodeUrlComponent", COMPONENT_MARKS);
    }

    static Value encodeUrl(Arguments arguments) {
        return encode(arguments, "encodeUrl", URL_MARKS);
    }

    static Value decodeUrlComponent(Arguments arguments) {
        return decode(arguments, "decodeUrlComponent", "");
    }

    static Value decodeUrl(Arguments arguments) {
        return decode(arguments, "decodeUrl", URL_RESERVED);
    }

    private static Value encode(Arguments arguments, String function, String marks) {
        if (arguments.isMissing(0)) {
            return Value.UNDEFINED;
        }
        var text = arguments.text(0);
        arguments.evaluation().madeChars(3L * text.length());
        ByteBuffer bytes;
        try {
            bytes = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
        } catch (CharacterCodingException loneSurrogate) {
            throw malformed(arguments, function);
        }
        var out = new StringBuilder(text.length());
        while (bytes.hasRemaining()) {
            var b = bytes.get();
            if (b >= 0 && (isAlphanumeric((char) b) || marks.indexOf(b) >= 0)) {
                out.append((char) b);
            } else {
                out.append('%').append(HEX.toHexDigits(b));
            }
        }
        return arguments.made(out.toString());
    }

    private static boolean isAlphanumeric(char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }

    private static Value decode(Arguments arguments, String function, String reserved) {
        if (arguments.isMissing(0)) {
            return Value.UNDEFINED;
        }
        var text = arguments.text(0);
        arguments.evaluation().madeChars(text.length());
        var out = new StringBuilder(text.length());
        for (var at = 0; at < text.length(); ) {
            if (text.charAt(at) != '%') {
                out.append(text.charAt(at));
                at++;
                continue;
            }
            var length = sequenceLength(octet(arguments, function, at));
            if (length == 0) {
                throw malformed(arguments, function);
            }
            var bytes = new byte[length];
            for (var i = 0; i < length; i++) {
                bytes[i] = (byte) octet(arguments, function, at + 3 * i);
            }
            var decoded = character(bytes, arguments, function);
            out.append(reserved.contains(decoded) ? text.substring(at, at + 3 * length) : decoded);
            at += 3 * length;
        }
        return arguments.made(out.toString());
    }

    private static int octet(Arguments arguments, String function, int at) {
        var text = arguments.text(0);
        if (at + 3 > text.length()
                || text.charAt(at) != '%'
                || !HexFormat.isHexDigit(text.charAt(at + 1))
                || !HexFormat.isHexDigit(text.charAt(at + 2))) {
            throw malformed(arguments, function);
        }
        return HexFormat.fromHexDigits(text, at + 1, at + 3);
    }

    /** Returns how many octets a character has that begins with this one; 0 if none does. */
    private static int sequenceLength(int octet) {
        if (octet < 0x80) {
            return 1;
        }
        return octet < 0xC2 ? 0 : octet < 0xE0 ? 2 : octet < 0xF0 ? 3 : octet < 0xF5 ? 4 : 0;
    }

    private static String character(byte[] bytes, Arguments arguments, String function) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException malformedInput) {
            throw malformed(arguments, function);
        }
    }

    private static EvaluationFailure malformed(Arguments arguments, String function) {
        return EvaluationFailure.of("D3140", arguments.get(0)).with("functionName", function);
    }
}
