package dev.gradus.server;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Keeps web pages from driving a developer's server.
 *
 * <p>SDKs and command lines may call under any Host. A request that a browser made for a page says
 * so by {@code Origin} or {@code Sec-Fetch-Site}; it has to come from a page of this server, and
 * under a name that is known to be this server's: a page whose own name was made to point at
 * loopback (DNS rebinding) is same-origin too, but its name gives it away.
 */
final class BrowserGuard {
    private final Set<String> names;

    /** Takes the names, beside loopback's, under which a browser may call. */
    BrowserGuard(Set<String> names) {
        this.names =
                names.stream()
                        .map(name -> name.toLowerCase(Locale.ROOT))
                        .collect(Collectors.toUnmodifiableSet());
    }

    /** Says why a request is refused; empty for one that is fine. */
    Optional<String> refusal(Function<String, Optional<String>> headers) {
        var origin = headers.apply("Origin");
        var site = headers.apply("Sec-Fetch-Site");
        if (origin.isEmpty() && site.isEmpty()) {
            return Optional.empty();
        }
        var host = headers.apply("Host").orElse("").toLowerCase(Locale.ROOT);
        if (site.filter(value -> !value.equals("same-origin") && !value.equals("none"))
                .isPresent()) {
            return Optional.of(
                    "Web pages of other sites may not call this server (Sec-Fetch-Site: "
                            + site.get()
                            + ").");
        }
        if (!isOurs(nameOf(host))) {
            return Optional.of(
                    "A browser may call this server as localhost or by a configured name only, and '"
                            + host
                            + "' is neither.");
        }
        if (origin.filter(value -> !isSame(value, host)).isPresent()) {
            return Optional.of(
                    "Web pages of other origins may not call this server: '"
                            + origin.get()
                            + "' is not '"
                            + host
                            + "'.");
        }
        return Optional.empty();
    }

    /**
     * Says why a call for an operator's upkeep is refused; empty for one that is fine. It comes
     * from this machine, under one of this server's names, and in a form that no page can send to
     * another site without asking.
     */
    Optional<String> upkeepRefusal(
            boolean fromThisMachine, Function<String, Optional<String>> headers) {
        if (!fromThisMachine) {
            return Optional.of("Only this machine may call that path.");
        }
        if (!isOurs(nameOf(headers.apply("Host").orElse("").toLowerCase(Locale.ROOT)))) {
            return Optional.of("That path is served as localhost or by a configured name only.");
        }
        return headers.apply("Content-Type").filter("application/json"::equals).isPresent()
                ? Optional.empty()
                : Optional.of("That path takes the Content-Type application/json only.");
    }

    /** Tells whether a Host names this server by an address, or by a name that is its own. */
    boolean isNamed(String host) {
        var name = nameOf(host);
        return isOurs(name)
                || name.matches("[0-9]{1,3}(\\.[0-9]{1,3}){3}")
                || name.matches("\\[[0-9a-f:.]+\\]");
    }

    private boolean isOurs(String name) {
        return name.equals("localhost")
                || name.endsWith(".localhost")
                || name.equals("[::1]")
                || name.matches("127(\\.[0-9]{1,3}){3}")
                || names.contains(name);
    }

    private static String nameOf(String host) {
        var port = host.lastIndexOf(':');
        return port > host.lastIndexOf(']') ? host.substring(0, port) : host;
    }

    private static boolean isSame(String origin, String host) {
        try {
            var uri = new URI(origin.toLowerCase(Locale.ROOT));
            var scheme = uri.getScheme();
            if (scheme == null || uri.getHost() == null) {
                return false; // "null": a sandboxed page or a file
            }
            var port = scheme.equals("https") ? ":443" : ":80";
            return withPort(uri.getRawAuthority(), port).equals(withPort(host, port));
        } catch (URISyntaxException noOrigin) {
            return false;
        }
    }

    private static String withPort(String authority, String port) {
        return nameOf(authority).equals(authority) ? authority + port : authority;
    }
}
