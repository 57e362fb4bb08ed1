package dev.gradus.testkit;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A function as the Invoke API lets it be named: {@code name}, {@code name:qualifier}, {@code
 * account:function:name}, an ARN, with the qualifier also as a query parameter.
 */
record FunctionReference(String function, String qualifier) {
    private static final Pattern SCOPE = Pattern.compile("Credential=([^/]+)/[0-9]+/([^/]+)/");
    private static final Pattern ACCOUNT = Pattern.compile("[0-9]{12}");
    private static final String MARKER = ":function:";

    static FunctionReference parse(String asked, @Nullable String rawQuery) {
        var at = (":" + asked).indexOf(MARKER); // ":" before, so that my-function:v1 is a name
        var tail = at < 0 ? asked : asked.substring(at + MARKER.length() - 1);
        var colon = tail.indexOf(':');
        return colon < 0
                ? new FunctionReference(tail, queryQualifier(rawQuery))
                : new FunctionReference(tail.substring(0, colon), tail.substring(colon + 1));
    }

    /** Returns the version that ran, as far as a stub has versions. */
    String version() {
        return qualifier.isEmpty() ? "$LATEST" : qualifier;
    }

    /** Returns Lambda's refusal; account and region are those that the caller signed for. */
    StubAnswer.ServiceError notFound(String authorization) {
        var scope = SCOPE.matcher(authorization);
        var known = scope.find();
        var account = known ? scope.group(1) : "";
        return new StubAnswer.ServiceError(
                404,
                "ResourceNotFoundException",
                "Function not found: arn:aws:lambda:"
                        + (known ? scope.group(2) : "us-east-1")
                        + ":"
                        + (ACCOUNT.matcher(account).matches() ? account : "123456789012")
                        + ":function:"
                        + function
                        + ":"
                        + version());
    }

    private static String queryQualifier(@Nullable String rawQuery) {
        return Arrays.stream((rawQuery == null ? "" : rawQuery).split("&"))
                .filter(parameter -> parameter.startsWith("Qualifier="))
                .map(parameter -> parameter.substring("Qualifier=".length()))
                .map(value -> URLDecoder.decode(value, StandardCharsets.UTF_8))
                .findFirst()
                .orElse("");
    }
}
