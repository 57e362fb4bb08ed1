package dev.gradus.server;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;

/**
 * One request body as it comes in. Memory grows with the bytes that came, not with the length that
 * was announced. Used by its connection's event loop alone.
 */
final class ReceivedBody {

    /** What more bytes made of it. */
    enum Verdict {
        /** It may go on. */
        FINE,
        /**
         * More than {@link HttpSettings#BODY_BYTES}: what comes is dropped, so that we are heard.
         */
        TOO_LARGE,
        /** More than {@link HttpSettings#DISCARDED_BYTES}: not even dropped any more. */
        ENDLESS,
        /** Too many bytes of too many bodies are here. */
        OVERLOADED
    }

    private final AtomicLong receiving;
    private byte[] bytes = new byte[0];
    private int size;
    private long discarded;

    /** Takes the count, shared by all requests, of bytes that were received and not decoded. */
    ReceivedBody(AtomicLong receiving) {
        this.receiving = receiving;
    }

    Verdict add(ByteBuf content) {
        var more = content.readableBytes();
        if (discarded > 0 || size + more > HttpSettings.BODY_BYTES) {
            release();
            discarded += more;
            return discarded > HttpSettings.DISCARDED_BYTES ? Verdict.ENDLESS : Verdict.TOO_LARGE;
        }
        if (size + more > bytes.length && !grow(size + more)) {
            return Verdict.OVERLOADED;
        }
        content.readBytes(bytes, size, more);
        size += more;
        return Verdict.FINE;
    }

    boolean isTooLarge() {
        return discarded > 0;
    }

    /** All that came; it counts as received until {@link #release}. */
    byte[] whole() {
        return size == bytes.length ? bytes : Arrays.copyOf(bytes, size);
    }

    /** Its bytes are not held any more; further calls do nothing. */
    void release() {
        receiving.addAndGet(-bytes.length);
        bytes = new byte[0];
        size = 0;
    }

    private boolean grow(int needed) {
        // The first piece is nearly always all of it.
        var length = size == 0 ? needed : Math.max(needed, 2 * bytes.length);
        if (receiving.addAndGet(length - bytes.length) > HttpSettings.RECEIVING_BYTES) {
            receiving.addAndGet(bytes.length - length);
            return false;
        }
        bytes = Arrays.copyOf(bytes, length);
        return true;
    }
}
