package dev.gradus.server;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.thread.Invocable;
import org.jspecify.annotations.Nullable;

/**
 * Receives one request body without holding a thread: runs whenever Jetty has more of it.
 *
 * <p>Jetty never runs the same request's callbacks at the same time. Memory grows with the bytes
 * that came, not with the length that was announced.
 */
final class RequestBody implements Invocable.Task {

    /** How receiving ends. */
    sealed interface End {
        @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
        record Whole(byte[] bytes) implements End {}

        /** More than {@link HttpSettings#BODY_BYTES}; {@code drained} when all of it was read. */
        record TooLarge(boolean drained) implements End {}

        /** Too many bytes of too many bodies are on their way. */
        record Overloaded() implements End {}

        /** The caller went away or fell silent. */
        record Broken(Throwable why) implements End {}
    }

    /** What is done with the end; called once. */
    @FunctionalInterface
    interface Receiver {
        void received(End end);
    }

    private final Request request;
    private final AtomicLong receiving;
    private final Receiver receiver;
    private byte[] bytes = new byte[0];
    private int size;
    private long discarded;

    /** Takes the count, shared by all requests, of bytes that are being received. */
    RequestBody(Request request, AtomicLong receiving, Receiver receiver) {
        this.request = request;
        this.receiving = receiving;
        this.receiver = receiver;
    }

    @Override
    public InvocationType getInvocationType() {
        return InvocationType.NON_BLOCKING;
    }

    @Override
    public void run() {
        if (request.getLength() > HttpSettings.DISCARDED_BYTES) {
            receiver.received(new End.TooLarge(false));
            return;
        }
        while (true) {
            var chunk = request.read();
            if (chunk == null) {
                request.demand(this);
                return;
            }
            if (Content.Chunk.isFailure(chunk)) {
                finish(new End.Broken(chunk.getFailure()));
                return;
            }
            var end = take(chunk);
            var last = chunk.isLast();
            chunk.release();
            if (end != null) {
                finish(end);
                return;
            }
            if (last) {
                finish(
                        discarded > 0
                                ? new End.TooLarge(true)
                                : new End.Whole(
                                        size == bytes.length ? bytes : Arrays.copyOf(bytes, size)));
                return;
            }
        }
    }

    private @Nullable End take(Content.Chunk chunk) {
        var content = chunk.getByteBuffer();
        var more = content.remaining();
        if (discarded > 0 || size + more > HttpSettings.BODY_BYTES) {
            receiving.addAndGet(-bytes.length);
            bytes = new byte[0];
            size = 0;
            discarded += more;
            return discarded > HttpSettings.DISCARDED_BYTES ? new End.TooLarge(false) : null;
        }
        if (size + more > bytes.length && !grow(size + more)) {
            return new End.Overloaded();
        }
        content.get(bytes, size, more);
        size += more;
        return null;
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

    private void finish(End end) {
        receiving.addAndGet(-bytes.length);
        receiver.received(end);
    }
}
