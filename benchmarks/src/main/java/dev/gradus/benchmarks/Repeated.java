package dev.gradus.benchmarks;

import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** One kind of call over and over on many connections, for a time or for a number of calls. */
final class Repeated {
    private final int port;
    private final int clients;

    Repeated(int port, int clients) {
        this.port = port;
        this.clients = clients;
    }

    /**
     * What came of it.
     *
     * @param calls that were answered with 200
     */
    record Result(long calls, double seconds, double p50Millis, double p99Millis) {
        double perSecond() {
            return calls / seconds;
        }
    }

    /** Sends what the supplier gives until the time is over or it gives nothing more. */
    Result run(Duration time, Supplier<Optional<byte[]>> requests) {
        long begin = System.nanoTime();
        long until = begin + time.toNanos();
        var conversations =
                Stream.generate(() -> new Client(requests, until)).limit(clients).toList();
        Connections.run(port, conversations);
        double seconds = (System.nanoTime() - begin) / 1e9;
        var all = conversations.stream().flatMapToLong(Client::latencies).sorted().toArray();
        return new Result(
                all.length, seconds, LoadRun.millis(all, 0.50), LoadRun.millis(all, 0.99));
    }

    private static final class Client implements Connections.Conversation {
        private final Supplier<Optional<byte[]>> requests;
        private final long until;
        private long[] nanos = new long[1024];
        private int count;
        private long sent;

        Client(Supplier<Optional<byte[]>> requests, long until) {
            this.requests = requests;
            this.until = until;
        }

        LongStream latencies() {
            return Arrays.stream(nanos, 0, count);
        }

        @Override
        public Optional<byte[]> first() {
            long now = System.nanoTime();
            sent = now;
            return now >= until ? Optional.empty() : requests.get();
        }

        @Override
        public Optional<byte[]> next(WireClient.Answer answer) {
            answer.expectOk();
            if (count == nanos.length) {
                nanos = Arrays.copyOf(nanos, 2 * count);
            }
            nanos[count++] = System.nanoTime() - sent;
            return first();
        }
    }
}
