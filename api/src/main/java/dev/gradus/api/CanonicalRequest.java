package dev.gradus.api;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The one text of a request that both sides of a signature agree on.
 *
 * <p>The rules are those of all services but S3: the path is made normal and encoded once more, the
 * query is sorted, header values are trimmed and their inner white space is one space. The hash is
 * always that of the body that came; what {@code x-amz-content-sha256} says is a header like
 * others, so that {@code UNSIGNED-PAYLOAD} signs nothing that is accepted.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html">Create
 *     a signed AWS API request</a>
 */
final class CanonicalRequest {
    private static final String UNRESERVED =
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";
    private static final String HEX = "0123456789ABCDEF";

    /** One parameter of a query, decoded. */
    record Parameter(String name, String value) {}

    private CanonicalRequest() {}

    static String of(WireRequest request, List<String> signedHeaders) {
        var text = new StringBuilder(512);
        text.append(request.method()).append('\n');
        text.append(path(request.path())).append('\n');
        text.append(query(request.query())).append('\n');
        for (var name : signedHeaders) {
            text.append(name).append(':').append(values(request.headers().all(name))).append('\n');
        }
        text.append('\n').append(String.join(";", signedHeaders)).append('\n');
        return text.append(Hashes.sha256Hex(request.body())).toString();
    }

    private static String values(List<String> values) {
        return values.size() == 1
                ? oneSpaced(values.getFirst())
                : values.stream().map(CanonicalRequest::oneSpaced).collect(Collectors.joining(","));
    }

    private static String oneSpaced(String value) {
        var stripped = value.strip();
        var text = new StringBuilder(stripped.length());
        var afterSpace = false;
        for (var i = 0; i < stripped.length(); i++) {
            var c = stripped.charAt(i);
            var space = Character.isWhitespace(c);
            if (!space) {
                text.append(c);
            } else if (!afterSpace) {
                text.append(' ');
            }
            afterSpace = space;
        }
        return text.toString();
    }

    /** Leaves out {@code .}, {@code ..} and empty segments, and encodes what is left once more. */
    static String path(String sent) {
        if (sent.equals("/") || sent.isEmpty()) {
            return "/";
        }
        var segments = new ArrayDeque<String>();
        for (var part : sent.split("/", -1)) {
            if (part.equals("..")) {
                segments.pollLast();
            } else if (!part.isEmpty() && !part.equals(".")) {
                segments.addLast(part);
            }
        }
        var path = new StringBuilder();
        segments.forEach(segment -> encode(segment, path.append('/')));
        // A slash at the end stays; AWS's signers add none where a dot stands there.
        return sent.endsWith("/") || segments.isEmpty()
                ? path.append('/').toString()
                : path.toString();
    }

    private static String query(String sent) {
        if (sent.isEmpty()) {
            return "";
        }
        var encoded = new ArrayList<Parameter>();
        for (var parameter : parameters(sent)) {
            if (!parameter.name().equals(SignedRequest.SIGNATURE_PARAMETER)) {
                encoded.add(new Parameter(encoded(parameter.name()), encoded(parameter.value())));
            }
        }
        encoded.sort(Comparator.comparing(Parameter::name).thenComparing(Parameter::value));
        return encoded.stream()
                .map(parameter -> parameter.name() + "=" + parameter.value())
                .collect(Collectors.joining("&"));
    }

    /** The parameters of a query in their order. */
    static List<Parameter> parameters(String query) {
        var parameters = new ArrayList<Parameter>();
        for (var part : query.split("&", -1)) {
            if (!part.isEmpty()) {
                var equals = part.indexOf('=');
                parameters.add(
                        equals < 0
                                ? new Parameter(decoded(part), "")
                                : new Parameter(
                                        decoded(part.substring(0, equals)),
                                        decoded(part.substring(equals + 1))));
            }
        }
        return parameters;
    }

    /** Decodes escapes; one that is none stands for itself, and then no signature fits. */
    private static String decoded(String text) {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        var length = 0;
        for (var i = 0; i < bytes.length; i++) {
            var b = bytes[i];
            if (b == '%'
                    && i + 2 < bytes.length
                    && digit(bytes[i + 1]) >= 0
                    && digit(bytes[i + 2]) >= 0) {
                b = (byte) (16 * digit(bytes[i + 1]) + digit(bytes[i + 2]));
                i += 2;
            } else if (b == '+') {
                b = ' ';
            }
            bytes[length++] = b;
        }
        return new String(bytes, 0, length, StandardCharsets.UTF_8);
    }

    private static int digit(byte character) {
        return Character.digit(character, 16);
    }

    private static String encoded(String text) {
        var out = new StringBuilder(text.length() + 16);
        encode(text, out);
        return out.toString();
    }

    private static void encode(String text, StringBuilder out) {
        for (var b : text.getBytes(StandardCharsets.UTF_8)) {
            if (UNRESERVED.indexOf((char) (b & 0xFF)) >= 0) {
                out.append((char) b);
            } else {
                out.append('%').append(HEX.charAt((b >> 4) & 0xF)).append(HEX.charAt(b & 0xF));
            }
        }
    }
}
