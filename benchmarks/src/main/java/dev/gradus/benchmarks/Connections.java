package dev.gradus.benchmarks;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Many keep-alive connections on one thread: client and server share two cores, so what the client
 * takes is missing from the figures.
 */
final class Connections {
    private static final int ANSWER_BYTES_MAX = 1 << 20;

    private Connections() {}

    /** What one client says, one request after the other. Used by the thread of {@link #run}. */
    interface Conversation {
        /** The first request; empty to say nothing at all. */
        Optional<byte[]> first();

        /** The next request after an answer; empty when all is said. */
        Optional<byte[]> next(WireClient.Answer answer);
    }

    /** Holds all conversations at once, each on a connection of its own, until all are over. */
    static void run(int port, List<? extends Conversation> conversations) {
        try (var selector = Selector.open()) {
            for (var conversation : conversations) {
                new Connection(port, conversation, selector).begin();
            }
            // A closed channel leaves the set of keys in the next selection only.
            while (selector.keys().stream().anyMatch(SelectionKey::isValid)) {
                selector.select(key -> {
                    try {
                        ((Connection) key.attachment()).ready();
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                });
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final class Connection {
        private final SocketChannel channel;
        private final Conversation conversation;
        private final SelectionKey key;
        private ByteBuffer in = ByteBuffer.allocate(8 << 10);
        private ByteBuffer out = ByteBuffer.allocate(0);

        Connection(int port, Conversation conversation, Selector selector) throws IOException {
            var loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
            this.channel = SocketChannel.open(new InetSocketAddress(loopback, port));
            this.conversation = conversation;
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            channel.configureBlocking(false);
            this.key = channel.register(selector, SelectionKey.OP_READ, this);
        }

        void begin() throws IOException {
            say(conversation.first());
        }

        private void say(Optional<byte[]> request) throws IOException {
            if (request.isEmpty()) {
                key.cancel();
                channel.close();
                return;
            }
            out = ByteBuffer.wrap(request.get());
            write();
        }

        private void write() throws IOException {
            channel.write(out);
            int wanted =
                    out.hasRemaining()
                            ? SelectionKey.OP_READ | SelectionKey.OP_WRITE
                            : SelectionKey.OP_READ;
            if (key.interestOps() != wanted) {
                key.interestOps(wanted);
            }
        }

        void ready() throws IOException {
            if (out.hasRemaining()) {
                write();
                return;
            }
            if (!in.hasRemaining()) {
                grow();
            }
            if (channel.read(in) < 0) {
                throw new EOFException("the server closed the connection");
            }
            var answer = answer();
            if (answer.isPresent()) {
                say(conversation.next(answer.get()));
            }
        }

        private void grow() {
            if (in.capacity() >= ANSWER_BYTES_MAX) {
                throw new IllegalStateException("an answer of more than " + ANSWER_BYTES_MAX);
            }
            in = ByteBuffer.allocate(2 * in.capacity()).put(in.flip());
        }

        /** Takes one whole answer out of what was read. */
        private Optional<WireClient.Answer> answer() {
            var bytes = in.array();
            int head = endOfHead(bytes, in.position());
            if (head < 0) {
                return Optional.empty();
            }
            var lines = new String(bytes, 0, head, StandardCharsets.ISO_8859_1);
            int length = contentLength(lines);
            if (in.position() < head + length) {
                return Optional.empty();
            }
            var body = new String(bytes, head, length, StandardCharsets.UTF_8);
            in.clear(); // No request is sent before the answer is here, so nothing follows it.
            return Optional.of(
                    new WireClient.Answer(Integer.parseInt(lines.substring(9, 12)), body));
        }

        private static int endOfHead(byte[] bytes, int limit) {
            for (int i = 3; i < limit; i++) {
                if (bytes[i] == '\n' && bytes[i - 2] == '\n') {
                    return i + 1;
                }
            }
            return -1;
        }

        private static int contentLength(String head) {
            var name = "content-length:";
            int at = head.toLowerCase(Locale.ROOT).indexOf(name);
            if (at < 0) {
                throw new IllegalStateException("no Content-Length in " + head);
            }
            return Integer.parseInt(
                    head.substring(at + name.length(), head.indexOf('\r', at)).strip());
        }
    }
}
