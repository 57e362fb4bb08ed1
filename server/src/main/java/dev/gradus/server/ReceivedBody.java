package dev.gradus.server;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;

/**
 * One request body as it comes in. Memory grows with the bytes that came, not with the length that
 * was announced. Used by its connection's event loop alone, but for {@link #give}.
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
    private int counted;

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

    /**
     * A whole body on its way to be decoded.
     *
     * @param counted how much of it still counts as received
     */
    @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
    record Whole(byte[] bytes, int counted) {}

    /** Hands all that came over: who takes it gives the count back with {@link #give}. */
    Whole take() {
        var whole = new Whole(size == bytes.length ? bytes : Arrays.copyOf(bytes, size), counted);
        counted = 0;
        release();
        return whole;
    }

    /** The bytes are not held any more. */
    void give(Whole whole) {
        receiving.addAndGet(-whole.counted());
    }

    /** Its bytes are not held any more; further calls do nothing. */
    void release() {
        receiving.addAndGet(-counted);
        counted = 0;
        bytes = new byte[0];
        size = 0;
    }

    private boolean grow(int needed) {
        // The first piece is nearly always all of it.
        var length =
                size == 0
                        ? needed
                        : Math.max(needed, Math.min(2 * bytes.length, HttpSettings.BODY_BYTES));
        // Small ones are not counted: callers of little things go on beside those of large ones.
        int more = length <= HttpSettings.INLINE_BODY_BYTES ? 0 : length - counted;
        if (receiving.addAndGet(more) > HttpSettings.RECEIVING_BYTES && more > 0) {
            receiving.addAndGet(-more);
            return false;
        }
        counted += more;
        bytes = Arrays.copyOf(bytes, length);
        return true;
    }
}
