package dev.gradus.integrations;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;

/**
 * Where the calls of one AWS service go, and which setting said so.
 *
 * <p>A service without an endpoint is not called: nothing leaves the machine unless somebody asked
 * for it.
 */
public sealed interface Endpoint {

    /** Returns the setting that chose this endpoint, for example {@code LAMBDA_ENDPOINT}. */
    String source();

    /** Returns what the start banner shows: the address and its source. */
    String description();

    /** A server that speaks the service's protocol: an emulator, a proxy, a VPC endpoint. */
    record Url(URI url, String source) implements Endpoint {
        @Override
        public String description() {
            return url + " (from " + source + ")";
        }
    }

    /** AWS itself, in the region of the call. */
    record RealAws(String source) implements Endpoint {
        @Override
        public String description() {
            return "AWS (from " + source + ")";
        }
    }

    /**
     * Reads the value of a setting: an http or https URL, or {@code aws}.
     *
     * @throws IllegalArgumentException if it is neither; the message names the setting and says
     *     what to write
     */
    static Endpoint parse(String value, String source) {
        var trimmed = value.strip();
        if (trimmed.toLowerCase(Locale.ROOT).equals("aws")) {
            return new RealAws(source);
        }
        return url(trimmed)
                .<Endpoint>map(url -> new Url(url, source))
                .orElseThrow(() ->
                        new IllegalArgumentException(
                                source
                                        + " is '"
                                        + value
                                        + "': expected the URL of a server, such as"
                                        + " http://localhost:3001 (with no '_' in its host"
                                        + " name and no user name), or the word aws for"
                                        + " AWS itself."));
    }

    private static Optional<URI> url(String text) {
        try {
            var url = new URI(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
            var scheme = Optional.ofNullable(url.getScheme()).orElse("").toLowerCase(Locale.ROOT);
            var http = scheme.equals("http") || scheme.equals("https");
            // A name with an underscore, common in Compose files, has an authority but no host.
            return http && url.getHost() != null && url.getRawUserInfo() == null
                    ? Optional.of(url)
                    : Optional.empty();
        } catch (URISyntaxException malformed) {
            return Optional.empty();
        }
    }
}
