package dev.gradus.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What callers that are slow, silent or many do to the others: nothing. */
@Timeout(120)
class ListenerEnduranceTest {

    @Test
    void servesBesideTwoThousandIdleAndTwoThousandHalfSentRequests() throws IOException {
        try (var server = new ListenerFixture()) {
            var clients = new ArrayList<RawClient>();
            try {
                for (var i = 0; i < 2_000; i++) {
                    clients.add(server.client());
                    clients.add(server.client().send(halfSent(i)));
                }
                var threads = serverThreads();

                for (var i = 0; i < 50; i++) {
                    assertThat(server.call("fine").body()).isEqualTo("/ fine");
                }
                assertThat(threads.size()).isLessThanOrEqualTo(64);
            } finally {
                for (var client : clients) {
                    client.close();
                }
            }
        }
    }

    @Test
    void givesUpOnABodyThatDoesNotCome() throws IOException {
        try (var server = new ListenerFixture(ListenerFixture.impatient());
                var client = server.client()) {
            client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\nhalf");

            assertThat(client.receive().status()).isEqualTo(408);
            assertThat(client.isEnded()).isTrue();
        }
    }

    @Test
    void givesUpOnABodyThatComesByDrops() throws IOException {
        try (var server = new ListenerFixture(ListenerFixture.impatient());
                var client = server.client()) {
            client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1000000\r\n\r\n");
            var dropping =
                    CompletableFuture.runAsync(() -> {
                        try {
                            while (true) {
                                client.send("x"); // more often than a pause may last
                                LockSupport.parkNanos(50_000_000);
                            }
                        } catch (IOException ended) {
                            throw new UncheckedIOException(ended);
                        }
                    });

            assertThat(client.receive().status()).isEqualTo(408);
            assertThat(dropping).failsWithin(Duration.ofSeconds(20));
        }
    }

    @Test
    void endsAConnectionThatSaysNothing() throws IOException {
        try (var server = new ListenerFixture(ListenerFixture.impatient());
                var client = server.client()) {
            assertThat(client.isEnded()).isTrue();
        }
    }

    @Test
    void keepsALongPollBeyondAllIdleTimeouts() throws Exception {
        try (var server = new ListenerFixture(ListenerFixture.impatient());
                var client = server.client().post("park")) {
            var parked = server.nextParked();
            CompletableFuture.delayedExecutor(1_500, TimeUnit.MILLISECONDS)
                    .execute(() -> parked.answer("at last"));

            assertThat(client.receive().body()).isEqualTo("at last");
        }
    }

    @Test
    void answersWhatIsInProgressWhenItStops() throws Exception {
        var server = new ListenerFixture();
        try (var client = server.client().post("park");
                var idle = server.client()) {
            var parked = server.nextParked();
            var stopped = CompletableFuture.runAsync(server::close);
            CompletableFuture.delayedExecutor(300, TimeUnit.MILLISECONDS)
                    .execute(() -> parked.answer("the last one"));

            assertThat(client.receive().body()).isEqualTo("the last one");
            stopped.get(20, TimeUnit.SECONDS);
            assertThat(idle.isEnded()).isTrue();
        } finally {
            server.close();
        }
    }

    private static String halfSent(int i) {
        return switch (i % 3) {
            case 0 -> "POST / HT";
            case 1 -> "POST / HTTP/1.1\r\nHost: a\r\nX-Amz-Tar";
            default -> "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 500000\r\n\r\n{\"name\":";
        };
    }

    private static List<String> serverThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("http-"))
                .toList();
    }
}
