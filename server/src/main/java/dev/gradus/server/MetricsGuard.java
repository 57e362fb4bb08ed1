package dev.gradus.server;

import dev.gradus.api.AccessKeys;
import dev.gradus.api.Answer;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Decides who may read the metrics.
 *
 * <p>Where requests have to be signed, a scraper says a key's id and secret as HTTP Basic: any role
 * may look. Elsewhere a page could ask under a name that was made to point here, and a browser says
 * nothing of it, so that the request has to name this server: by an address, which no page can take
 * over, or by a name that is known to be its own.
 */
final class MetricsGuard {
    private static final String BASIC = "Basic ";

    private final BrowserGuard names;
    private final Optional<? extends Supplier<AccessKeys>> keys;
    private final InstantSource clock;

    MetricsGuard(
            BrowserGuard names,
            Optional<? extends Supplier<AccessKeys>> keys,
            InstantSource clock) {
        this.names = names;
        this.keys = keys;
        this.clock = clock;
    }

    /** What is answered instead of metrics; empty for one who may read them. */
    Optional<Answer> refusal(Function<String, Optional<String>> headers) {
        if (keys.isPresent()) {
            return mayLook(headers.apply("Authorization").orElse(""), keys.get().get())
                    ? Optional.empty()
                    : Optional.of(withoutKey());
        }
        var host = headers.apply("Host").orElse("").toLowerCase(Locale.ROOT);
        return names.isNamed(host)
                ? Optional.empty()
                : Optional.of(
                        HeadAnswer.refusal(
                                403,
                                "AccessDeniedException",
                                "Metrics are served by address, as localhost or by a name given with"
                                        + " --allowed-host, and '"
                                        + host
                                        + "' is none of them."));
    }

    private boolean mayLook(String authorization, AccessKeys known) {
        if (!authorization.regionMatches(true, 0, BASIC, 0, BASIC.length())) {
            return false;
        }
        String said;
        try {
            said =
                    new String(
                            Base64.getDecoder()
                                    .decode(authorization.substring(BASIC.length()).strip()),
                            StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notBase64) {
            return false;
        }
        var colon = said.indexOf(':');
        return colon > 0
                && known.has(said.substring(0, colon), said.substring(colon + 1), clock.instant());
    }

    private static Answer withoutKey() {
        var said =
                Answer.error(
                        401,
                        "MissingAuthenticationTokenException",
                        "Metrics need an access key: its id and secret as HTTP Basic.",
                        UUID.randomUUID().toString());
        return new Answer(
                401,
                Map.of(
                        "Content-Type",
                        "application/json",
                        "WWW-Authenticate",
                        "Basic realm=\"gradus\""),
                said.body());
    }
}
