package dev.gradus.runtime.spi;

import java.util.Optional;

/**
 * One HTTP request of a Task and its response, as a test of the Task shows them.
 *
 * @param request what was sent
 * @param response what came back, absent when nothing did
 */
public record HttpExchange(Request request, Optional<Response> response) {

    /**
     * A request.
     *
     * @param headers one header a line
     */
    public record Request(
            String protocol, String method, String url, String headers, Optional<String> body) {}

    /**
     * A response.
     *
     * @param headers one header a line
     */
    public record Response(
            String protocol,
            String statusCode,
            String statusMessage,
            String headers,
            Optional<String> body) {}

    /** Wants to see the exchanges of one call. */
    public interface Watcher {
        /** Tells whether what a connection adds may be shown; else it is left out. */
        boolean mayRevealSecrets();

        /** Takes an exchange; called before the call's outcome is given, from any thread. */
        void exchanged(HttpExchange exchange);
    }
}
