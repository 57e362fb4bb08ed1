package dev.gradus.server;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import org.eclipse.jetty.server.Request;

/**
 * The connection of a request in progress: tells whether the caller is still there.
 *
 * <p>Jetty reads nothing from a connection while its request is being answered, so it does not
 * notice a caller that goes away during a long poll. This looks: a read finds the end of the
 * stream. A byte that it finds instead belongs to a request sent ahead; it is lost, and the
 * connection is closed after this answer, as HTTP allows. May be asked by any thread, until the
 * answer is begun.
 */
final class Caller {
    private final Request request;
    private volatile boolean ateAhead;

    Caller(Request request) {
        this.request = request;
    }

    boolean isThere() {
        var endPoint = request.getConnectionMetaData().getConnection().getEndPoint();
        if (!endPoint.isOpen()) {
            return false;
        }
        if (ateAhead || !(endPoint.getTransport() instanceof SocketChannel channel)) {
            return true;
        }
        try {
            var read = channel.read(ByteBuffer.allocate(1));
            ateAhead = read > 0;
            return read >= 0;
        } catch (IOException reset) {
            return false;
        }
    }

    /** Tells whether the connection can serve no further request. */
    boolean isSpoilt() {
        return ateAhead;
    }
}
