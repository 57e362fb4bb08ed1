package dev.gradus.server;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * Where and how the listener serves.
 *
 * @param host a name or address to bind; absent: loopback, version 4 and version 6
 * @param port 0 for any free one
 * @param browserNames host names, beside loopback's, under which a browser may call this server
 * @param patience how long the listener waits for whom
 * @param protection TLS, and who may read the metrics
 */
record HttpSettings(
        Optional<String> host,
        int port,
        Set<String> browserNames,
        Patience patience,
        Protection protection) {

    /**
     * How long the listener waits.
     *
     * @param drain for requests in progress, when it stops
     * @param betweenRequests for the next request of a connection: longer than an SDK's pool keeps
     *     one
     * @param withinRequest for a caller that pauses in the middle of a request or an answer
     */
    public record Patience(Duration drain, Duration betweenRequests, Duration withinRequest) {
        public static final Patience DEFAULT =
                new Patience(
                        Duration.ofSeconds(30), Duration.ofSeconds(75), Duration.ofSeconds(30));

        /** The same but for requests in progress at a stop. */
        Patience withDrain(Duration other) {
            return new Patience(other, betweenRequests, withinRequest);
        }
    }

    /**
     * Bytes of one request body: AWS's 1 MiB, and room for what surrounds a definition of 1 MiB.
     */
    static final int BODY_BYTES = (1 << 20) + (64 << 10);

    /**
     * Bytes of a body too large that are read and dropped, so that the caller can read our error.
     */
    static final int DISCARDED_BYTES = 16 << 20;

    /**
     * Bodies up to this many bytes are decoded on the event loop, which costs less than to wake
     * another; a larger one must not keep other connections waiting.
     */
    static final int INLINE_BODY_BYTES = 8 << 10;

    /** Bytes of all bodies that are being received; callers beyond are told to slow down. */
    static final int RECEIVING_BYTES = 64 << 20;

    /** Bytes of request line and headers; SigV4 with a session token needs about 3,000. */
    static final int HEADER_BYTES = 32 << 10;

    /** Bytes of a request's first line. */
    static final int REQUEST_LINE_BYTES = 8 << 10;

    /**
     * Pieces and bytes of later requests that one connection may send before it is read no further.
     */
    static final int PIECES_AHEAD = 64;

    static final int BYTES_AHEAD = 16 << 10;

    /**
     * Times {@link Patience#withinRequest} that a body may take in all, and an answer to be read.
     */
    static final int PATIENCE_IN_ALL = 4;

    /** Open connections; more are closed as soon as they come. */
    static final int CONNECTIONS = 20_000;

    /** Open files that are kept for the store, jars and calls; connections get the others. */
    static final int FILES_KEPT = 1_500;

    /** Connections that the kernel holds for us: 10,000 clients starting at once find room. */
    static final int ACCEPT_QUEUE = 4_096;

    public HttpSettings {
        browserNames = Set.copyOf(browserNames);
    }
}
