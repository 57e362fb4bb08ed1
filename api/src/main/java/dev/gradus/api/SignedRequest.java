package dev.gradus.api;

import dev.gradus.runtime.ApiException;
import dev.gradus.runtime.ErrorShape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * How a request says that it is signed, in the {@code Authorization} header or in its query; none
 * of it is verified here.
 *
 * @param scope key id, date, region, service and terminator
 * @param signedHeaders names in lower case, in the order given
 * @param date as sent
 * @param expires seconds from the date; of a presigned request only
 */
record SignedRequest(
        Scope scope,
        List<String> signedHeaders,
        String signature,
        String date,
        Optional<String> expires,
        Optional<String> token) {
    static final String ALGORITHM = "AWS4-HMAC-SHA256";
    static final String SIGNATURE_PARAMETER = "X-Amz-Signature";
    private static final String FAMILY = "AWS4-";

    /** What a signature is good for, as said in {@code Credential}. */
    record Scope(String keyId, String date, String region, String service, String terminator) {
        static final int ELEMENTS = 5;

        String text() {
            return date + "/" + region + "/" + service + "/" + terminator;
        }
    }

    /** Reads it; the errors are AWS's, one sentence for each thing that is missing. */
    static SignedRequest of(WireRequest request) {
        var header = request.header("Authorization").map(String::strip).orElse("");
        if (header.startsWith(FAMILY)) {
            return ofHeader(header, request);
        }
        if (header.isEmpty() && request.query().contains(SIGNATURE_PARAMETER + "=")) {
            return ofQuery(request);
        }
        throw ErrorShape.MissingAuthenticationTokenException.because(
                "Missing Authentication Token");
    }

    private static SignedRequest ofHeader(String header, WireRequest request) {
        var end = header.indexOf(' ');
        checkAlgorithm(end < 0 ? header : header.substring(0, end));
        var parts = parts(end < 0 ? "" : header.substring(end + 1), header);
        var date = request.header("X-Amz-Date").or(() -> request.header("Date"));
        var missing = new ArrayList<String>();
        for (var name : List.of("Credential", "Signature", "SignedHeaders")) {
            if (parts.getOrDefault(name, "").isEmpty()) {
                missing.add("Authorization header requires '" + name + "' parameter. ");
            }
        }
        if (date.isEmpty()) {
            missing.add(
                    "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date'"
                            + " header. ");
        }
        if (!missing.isEmpty()) {
            throw incomplete(String.join("", missing) + "Authorization=" + header);
        }
        return new SignedRequest(
                scope(parts.getOrDefault("Credential", "")),
                names(parts.getOrDefault("SignedHeaders", "")),
                parts.getOrDefault("Signature", ""),
                date.get(),
                Optional.empty(),
                request.header("X-Amz-Security-Token"));
    }

    private static Map<String, String> parts(String text, String header) {
        var parts = new LinkedHashMap<String, String>();
        for (var part : text.split("[,\\s]+", -1)) {
            if (part.isEmpty()) {
                continue;
            }
            var equals = part.indexOf('=');
            if (equals < 0) {
                throw incomplete(
                        "'"
                                + part
                                + "' not a valid key=value pair (missing equal-sign) in"
                                + " Authorization header: '"
                                + header
                                + "'.");
            }
            parts.putIfAbsent(part.substring(0, equals), part.substring(equals + 1));
        }
        return parts;
    }

    private static SignedRequest ofQuery(WireRequest request) {
        var query = new LinkedHashMap<String, String>();
        CanonicalRequest.parameters(request.query())
                .forEach(parameter -> query.putIfAbsent(parameter.name(), parameter.value()));
        checkAlgorithm(query.getOrDefault("X-Amz-Algorithm", ""));
        var missing = new ArrayList<String>();
        for (var name :
                List.of(
                        "X-Amz-Credential",
                        SIGNATURE_PARAMETER,
                        "X-Amz-SignedHeaders",
                        "X-Amz-Date",
                        "X-Amz-Expires")) {
            if (query.getOrDefault(name, "").isEmpty()) {
                missing.add("AWS query-string parameters must include '" + name + "'. ");
            }
        }
        if (!missing.isEmpty()) {
            throw incomplete(String.join("", missing) + "Re-examine the query-string parameters.");
        }
        return new SignedRequest(
                scope(query.getOrDefault("X-Amz-Credential", "")),
                names(query.getOrDefault("X-Amz-SignedHeaders", "")),
                query.getOrDefault(SIGNATURE_PARAMETER, ""),
                query.getOrDefault("X-Amz-Date", ""),
                Optional.ofNullable(query.get("X-Amz-Expires")),
                Optional.ofNullable(query.get("X-Amz-Security-Token")));
    }

    private static void checkAlgorithm(String name) {
        if (!name.equals(ALGORITHM)) {
            throw incomplete(
                    "Unsupported AWS 'algorithm': '"
                            + name
                            + "' (only AWS4-HMAC-SHA256 for now). ");
        }
    }

    private static Scope scope(String credential) {
        var elements = credential.split("/", -1);
        if (elements.length != Scope.ELEMENTS) {
            throw incomplete(
                    "Credential must have exactly 5 slash-delimited elements, e.g."
                            + " keyid/date/region/service/term, got '"
                            + credential
                            + "'");
        }
        return new Scope(elements[0], elements[1], elements[2], elements[3], elements[4]);
    }

    private static List<String> names(String text) {
        return List.of(text.toLowerCase(Locale.ROOT).split(";", -1));
    }

    private static ApiException incomplete(String message) {
        return ErrorShape.IncompleteSignatureException.because(message);
    }
}
