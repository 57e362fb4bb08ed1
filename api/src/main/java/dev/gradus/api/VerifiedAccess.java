package dev.gradus.api;

import dev.gradus.runtime.ApiException;
import dev.gradus.runtime.Arn;
import dev.gradus.runtime.ErrorShape;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * Verifies signatures, version 4, of known keys.
 *
 * <p>A signed request is good for {@link #SKEW} before and after its date; a presigned one until it
 * expires. Within that time it may come again, as on AWS: who can read requests can repeat them,
 * and TLS is against that. May be used by any thread.
 */
final class VerifiedAccess implements Access {
    /** How far the date of a request may be from ours (AWS). */
    static final Duration SKEW = Duration.ofMinutes(5);

    /** Longest time that a presigned request may be good for (AWS: seven days). */
    static final long EXPIRES_SECONDS = 604_800;

    /** Derived keys that are kept: one for each key, day and region. */
    static final int SIGNING_KEYS = 1_000;

    private static final String SERVICE = "states";
    private static final String TERMINATOR = "aws4_request";
    private static final Pattern REGION = Pattern.compile("[a-z0-9-]{1,32}");
    private static final Pattern DATE = Pattern.compile("[0-9]{8}T[0-9]{6}Z");
    private static final DateTimeFormatter BASIC =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT)
                    .withZone(ZoneOffset.UTC);

    private final Supplier<AccessKeys> keys;
    private final InstantSource clock;
    private final Map<Derivation, byte[]> signingKeys = new ConcurrentHashMap<>();

    /** What a signing key is made of. */
    private record Derivation(AccessKey key, String date, String region) {}

    VerifiedAccess(Supplier<AccessKeys> keys, InstantSource clock) {
        this.keys = keys;
        this.clock = clock;
    }

    @Override
    public Caller caller(WireRequest request) {
        var signed = SignedRequest.of(request);
        var key =
                keys.get()
                        .find(signed.scope().keyId())
                        .orElseThrow(VerifiedAccess::unknownCredentials);
        var now = clock.instant();
        checkDate(signed, now);
        checkScope(signed);
        checkHeaders(request, signed.signedHeaders());
        checkSignature(request, signed, key);
        if (!AccessKeys.same(key.sessionToken().orElse(""), signed.token().orElse(""))) {
            throw unknownCredentials();
        }
        if (key.expires().filter(end -> !now.isBefore(end)).isPresent()) {
            throw ErrorShape.ExpiredTokenException.because(
                    "The security token included in the request is expired");
        }
        var region = signed.scope().region();
        return new Caller(
                new Arn.Place(SigV4.partition(region), region, key.account()),
                key.role(),
                key.user());
    }

    private static ApiException unknownCredentials() {
        return ErrorShape.UnrecognizedClientException.because(
                "The security token included in the request is invalid.");
    }

    private static void checkDate(SignedRequest signed, Instant now) {
        var date = date(signed.date());
        if (date.isAfter(now.plus(SKEW))) {
            throw invalid(
                    "Signature not yet current: %s is still later than %s (%s + 5 min.)"
                            .formatted(
                                    signed.date(),
                                    BASIC.format(now.plus(SKEW)),
                                    BASIC.format(now)));
        }
        if (signed.expires().isPresent()) {
            var end = date.plusSeconds(expires(signed.expires().get()));
            if (!now.isBefore(end)) {
                throw invalid(
                        "Signature expired: %s is now earlier than %s"
                                .formatted(BASIC.format(end), BASIC.format(now)));
            }
        } else if (date.isBefore(now.minus(SKEW))) {
            throw invalid(
                    "Signature expired: %s is now earlier than %s (%s - 5 min.)"
                            .formatted(
                                    signed.date(),
                                    BASIC.format(now.minus(SKEW)),
                                    BASIC.format(now)));
        }
    }

    private static Instant date(String text) {
        if (DATE.matcher(text).matches()) {
            try {
                return LocalDateTime.of(
                                number(text, 0, 4),
                                number(text, 4, 6),
                                number(text, 6, 8),
                                number(text, 9, 11),
                                number(text, 11, 13),
                                number(text, 13, 15))
                        .toInstant(ZoneOffset.UTC);
            } catch (DateTimeException noDate) {
                // Such as the 30th of February: worded below.
            }
        }
        throw ErrorShape.IncompleteSignatureException.because(
                "Date must be in ISO-8601 'basic format'. Got '"
                        + text
                        + "'. See http://en.wikipedia.org/wiki/ISO_8601");
    }

    private static int number(String text, int from, int to) {
        return Integer.parseInt(text, from, to, 10);
    }

    private static long expires(String text) {
        if (!text.matches("[0-9]{1,6}") || Long.parseLong(text) > EXPIRES_SECONDS) {
            throw ErrorShape.IncompleteSignatureException.because(
                    "X-Amz-Expires must be a number of seconds from 0 to "
                            + EXPIRES_SECONDS
                            + ". Got '"
                            + text
                            + "'.");
        }
        return Long.parseLong(text);
    }

    private static void checkScope(SignedRequest signed) {
        var scope = signed.scope();
        var wrong = new ArrayList<String>();
        if (!REGION.matcher(scope.region()).matches()) {
            wrong.add("Credential should be scoped to a valid region. ");
        }
        if (!scope.service().equals(SERVICE)) {
            wrong.add("Credential should be scoped to correct service: '" + SERVICE + "'. ");
        }
        if (!scope.terminator().equals(TERMINATOR)) {
            wrong.add(
                    "Credential should be scoped with a valid terminator: '%s', not '%s'. "
                            .formatted(TERMINATOR, scope.terminator()));
        }
        if (!signed.date().startsWith(scope.date()) || scope.date().length() != 8) {
            wrong.add(
                    "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '%s' != '%s', from '%s'. "
                            .formatted(scope.date(), signed.date().substring(0, 8), signed.date()));
        }
        if (!wrong.isEmpty()) {
            throw invalid(String.join("", wrong));
        }
    }

    /** What is not signed could be changed on the way: the operation above all. */
    private static void checkHeaders(WireRequest request, List<String> signed) {
        if (!signed.contains("host")) {
            throw invalid(
                    "'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization.");
        }
        for (var sent : request.headers().names()) {
            var name = sent.toLowerCase(Locale.ROOT);
            if (name.startsWith("x-amz-") && !signed.contains(name)) {
                throw invalid("'" + sent + "' must be a 'SignedHeader' in the AWS Authorization.");
            }
        }
    }

    private void checkSignature(WireRequest request, SignedRequest signed, AccessKey key) {
        var canonical = CanonicalRequest.of(request, signed.signedHeaders());
        var toSign =
                SignedRequest.ALGORITHM
                        + "\n"
                        + signed.date()
                        + "\n"
                        + signed.scope().text()
                        + "\n"
                        + Hashes.sha256Hex(canonical.getBytes(StandardCharsets.UTF_8));
        var derivation = new Derivation(key, signed.scope().date(), signed.scope().region());
        var known = signingKeys.get(derivation);
        var signingKey = known == null ? derive(derivation) : known;
        var expected = HexFormat.of().formatHex(Hashes.hmac(signingKey, toSign));
        if (!AccessKeys.same(expected, signed.signature())) {
            throw invalid(
                    """
                    The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.

                    The Canonical String for this request should have been
                    '%s'

                    The String-to-Sign should have been
                    '%s'
                    """
                            .formatted(canonical, toSign));
        }
        if (known == null) {
            keep(derivation, signingKey);
        }
    }

    private static byte[] derive(Derivation from) {
        var secret = ("AWS4" + from.key().secret()).getBytes(StandardCharsets.UTF_8);
        var ofDate = Hashes.hmac(secret, from.date());
        var ofRegion = Hashes.hmac(ofDate, from.region());
        return Hashes.hmac(Hashes.hmac(ofRegion, SERVICE), TERMINATOR);
    }

    /** Only those of good signatures are kept, so that nobody else can fill the table. */
    private void keep(Derivation derivation, byte[] signingKey) {
        if (signingKeys.size() >= SIGNING_KEYS) {
            signingKeys.clear();
        }
        signingKeys.put(derivation, signingKey);
    }

    private static ApiException invalid(String message) {
        return ErrorShape.InvalidSignatureException.because(message);
    }
}
