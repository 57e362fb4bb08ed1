package dev.gradus.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class HttpListenerTest {
    private ListenerFixture server;

    @BeforeEach
    void start() throws IOException {
        server = new ListenerFixture();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void handsTheRequestOnAndTheAnswerBack() throws IOException {
        var response = server.call("hello", "Host: anything_at.all:8083");

        assertThat(response.status()).isEqualTo(200);
        assertThat(response.body()).isEqualTo("/ hello");
        assertThat(response.headers())
                .containsEntry("x-test", "yes")
                .containsEntry("content-length", "7")
                .doesNotContainKeys("server", "access-control-allow-origin");
    }

    @Test
    void servesBothLoopbacksOnOnePort() throws IOException {
        for (var address : InetAddress.getAllByName("localhost")) {
            try (var socket = new Socket(address, server.port())) {
                assertThat(socket.isConnected()).as(address.toString()).isTrue();
            }
        }
    }

    @Test
    void refusesToStartOnATakenPort() {
        assertThatThrownBy(() ->
                        ListenerFixture.listen(
                                server.port(),
                                HttpSettings.Patience.DEFAULT,
                                _ -> new CompletableFuture<>()))
                .isInstanceOf(BindException.class);
    }

    @Test
    void answersProbesAndKnowsNoOtherPage() throws IOException {
        try (var client = server.client()) {
            assertThat(get(client, "GET", "/health").body()).isEqualTo("healthy");
            assertThat(get(client, "GET", "/ready").body()).isEqualTo("ready");
            assertThat(get(client, "GET", "/metrics").body()).isEqualTo("metrics");
            assertThat(get(client, "GET", "/").status()).isEqualTo(404);
            client.send("HEAD /health HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
            assertThat(client.isEnded()).isFalse(); // a head came; no body follows it
        }
    }

    @Test
    void refusesOtherMethodsWithoutAWordOfCors() throws IOException {
        try (var client = server.client()) {
            for (var method : new String[] {"OPTIONS", "PUT", "DELETE", "PATCH"}) {
                var response = get(client, method, "/");

                assertThat(response.status()).isEqualTo(405);
                assertThat(response.headers().keySet())
                        .noneMatch(name -> name.startsWith("access-control"));
            }
        }
    }

    @Test
    void answersPipelinedRequestsInOrder() throws IOException {
        try (var client = server.client()) {
            client.send(
                    "POST /1 HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\n\r\nA"
                            + "POST /2 HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\n\r\nB"
                            + "POST /3 HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\n\r\nC");

            assertThat(client.receive().body()).isEqualTo("/1 A");
            assertThat(client.receive().body()).isEqualTo("/2 B");
            assertThat(client.receive().body()).isEqualTo("/3 C");
        }
    }

    @Test
    void readsABodyThatComesInPieces() throws IOException {
        try (var client = server.client()) {
            client.send("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n");
            for (var i = 0; i < 200; i++) {
                client.send("a\r\n0123456789\r\n");
            }
            client.send("0\r\n\r\n");

            assertThat(client.receive().body()).isEqualTo("/ " + "0123456789".repeat(200));
        }
    }

    @Test
    void takesABodyOfTheLargestSizeAndRefusesOneByteMore() throws IOException {
        try (var client = server.client()) {
            var largest = "x".repeat(HttpSettings.BODY_BYTES);
            assertThat(client.post(largest).receive().status()).isEqualTo(200);

            var refused = client.post(largest + "x").receive();

            assertThat(refused.status()).isEqualTo(413);
            assertThat(refused.body()).contains("RequestEntityTooLargeException");
            assertThat(client.post("and on").receive().body()).isEqualTo("/ and on");
        }
    }

    @Test
    void refusesAnEnormousBodyBeforeItComes() throws IOException {
        try (var client = server.client()) {
            client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 99999999999\r\n\r\n");

            assertThat(client.receive().status()).isEqualTo(413);
            assertThat(client.isEnded()).isTrue();
        }
    }

    @Test
    void answersGarbageWithAnErrorAndServesOn() throws IOException {
        for (var garbage :
                new String[] {
                    "\u0016\u0003\u0001\u0002\u0000\r\n\r\n",
                    "NONSENSE\r\n\r\n",
                    "POST / HTTP/9.9\r\n\r\n",
                    "POST / HTTP/1.1\r\n\r\n", // no Host
                    "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n",
                    "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
                    "GET /%00%zz HTTP/1.1\r\nHost: a\r\n\r\n",
                    "POST / HTTP/1.1\r\nHost: a\r\nX: " + "y".repeat(70_000) + "\r\n\r\n"
                }) {
            try (var client = server.client()) {
                var response = client.send(garbage).receive();

                assertThat(response.status()).isBetween(400, 505);
                assertThat(response.status()).isNotEqualTo(500);
                assertThat(response.body()).startsWith("{\"__type\":\"");
            }
        }
        assertThat(server.call("still there").status()).isEqualTo(200);
    }

    @Test
    void holdsNoThreadForALongPoll() throws Exception {
        var polls = 300; // many times the threads of the pool
        var clients = new ArrayList<RawClient>();
        for (var i = 0; i < polls; i++) {
            clients.add(server.client().post("park"));
        }
        var parked = new ArrayList<ListenerFixture.Parked>();
        for (var i = 0; i < polls; i++) {
            parked.add(server.nextParked());
        }

        assertThat(server.call("in between").body()).isEqualTo("/ in between");

        parked.forEach(each -> each.answer("done"));
        for (var client : clients) {
            assertThat(client.receive().body()).isEqualTo("done");
            client.close();
        }
    }

    @Test
    void seesThatALongPollsCallerIsGone() throws Exception {
        var client = server.client().post("park");
        var parked = server.nextParked();
        var open = parked.request().connection().open();
        assertThat(open.getAsBoolean()).isTrue();

        client.close();

        var deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (open.getAsBoolean() && System.nanoTime() < deadline) {
            Thread.onSpinWait();
        }
        assertThat(open.getAsBoolean()).isFalse();
        parked.answer("to nobody");
    }

    @Test
    void servesTheRequestThatBeganDuringALongPoll() throws Exception {
        try (var client = server.client().post("park")) {
            var parked = server.nextParked();
            var open = parked.request().connection().open();
            client.send("PO");
            client.send("ST /next HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\n\r\nN");

            parked.answer("done");

            assertThat(open.getAsBoolean()).isTrue();
            assertThat(client.receive().body()).isEqualTo("done");
            assertThat(client.receive().body()).isEqualTo("/next N");
        }
    }

    @Test
    void answersACallerThatHasClosedItsOwnHalf() throws Exception {
        try (var client = server.client().post("park")) {
            var parked = server.nextParked();
            client.endSending();

            parked.answer("done all the same");

            assertThat(client.receive().body()).isEqualTo("done all the same");
            assertThat(client.isEnded()).isTrue();
        }
    }

    @Test
    void servesOthersWhileALargeBodyIsDecoded() throws Exception {
        var entered = new CountDownLatch(1);
        var release = new CountDownLatch(1);
        try (var slow =
                        ListenerFixture.listen(
                                0,
                                HttpSettings.Patience.DEFAULT,
                                request -> {
                                    if (request.body().length > HttpSettings.INLINE_BODY_BYTES) {
                                        entered.countDown();
                                        awaitUninterrupted(release);
                                    }
                                    return CompletableFuture.completedFuture(
                                            ListenerFixture.answer("decoded"));
                                });
                var large = new RawClient(slow.port());
                var small = new RawClient(slow.port())) {
            large.post("x".repeat(HttpSettings.INLINE_BODY_BYTES + 1));
            awaitUninterrupted(entered);

            assertThat(small.post("small").receive().body()).isEqualTo("decoded");

            release.countDown();
            assertThat(large.receive().body()).isEqualTo("decoded");
        }
    }

    @Test
    void sendsNoBodyToHeadAndGoesOn() throws IOException {
        try (var client = server.client()) {
            client.send("HEAD /health HTTP/1.1\r\nHost: a\r\n\r\n");
            client.send("GET /health HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");

            assertThat(client.rest())
                    .containsOnlyOnce("healthy")
                    .endsWith("healthy")
                    .contains("content-length: 7");
        }
    }

    @Test
    void tellsACallerThatAsksToGoOnWithItsBody() throws IOException {
        try (var client = server.client()) {
            client.send(
                    "POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n");
            assertThat(client.receive().status()).isEqualTo(100);

            assertThat(client.send("ok").receive().body()).isEqualTo("/ ok");
        }
    }

    @Test
    void answersEachPipelinedRequestInItsOwnWayAfterExpect() throws IOException {
        try (var client = server.client()) {
            client.send(
                    "POST /1 HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 1\r\n\r\nA"
                            + "HEAD /health HTTP/1.1\r\nHost: a\r\n\r\n"
                            + "GET /health HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");

            assertThat(client.receive().status()).isEqualTo(100);
            assertThat(client.receive().body()).isEqualTo("/1 A");
            assertThat(client.rest()).containsOnlyOnce("healthy").endsWith("healthy");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: 1\r\nTransfer-Encoding: chunked",
                "Transfer-Encoding: gzip",
                "Transfer-Encoding: gzip, chunked",
                "Transfer-Encoding: xchunked",
                "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked"
            })
    void refusesABodyWhoseEndIsNotOneThing(String headers) throws IOException {
        try (var client = server.client()) {
            client.send(
                    "POST / HTTP/1.1\r\nHost: a\r\n"
                            + headers
                            + "\r\n\r\n0\r\n\r\nGET /health HTTP/1.1\r\nHost: a\r\n\r\n");

            assertThat(client.receive().status()).isEqualTo(400);
            assertThat(client.rest()).isEmpty();
        }
    }

    @Test
    void answersAllThatACallerSentBeforeItClosedItsOwnHalf() throws IOException {
        try (var client = server.client()) {
            client.post("1").post("2").post("3").endSending();

            assertThat(client.receive().body()).isEqualTo("/ 1");
            assertThat(client.receive().body()).isEqualTo("/ 2");
            assertThat(client.receive().body()).isEqualTo("/ 3");
            assertThat(client.isEnded()).isTrue();
        }
    }

    @Test
    void doesNotPromiseThatACallerIsThereWhoSentTooMuchAhead() throws Exception {
        try (var client = server.client().post("park")) {
            var parked = server.nextParked();
            var open = parked.request().connection().open();
            client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 100000\r\n\r\n");
            client.send("x".repeat(100_000));

            var deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
            while (open.getAsBoolean() && System.nanoTime() < deadline) {
                Thread.onSpinWait();
            }
            assertThat(open.getAsBoolean()).isFalse();

            parked.answer("done");
            assertThat(client.receive().body()).isEqualTo("done");
            assertThat(client.receive().body()).hasSize(100_002);
        }
    }

    @Test
    void answersWithAnErrorWhenTheApiThrows() throws Exception {
        try (var broken =
                        ListenerFixture.listen(
                                0,
                                HttpSettings.Patience.DEFAULT,
                                _ -> {
                                    throw new AssertionError("a bug, as this test wants it");
                                });
                var client = new RawClient(broken.port())) {
            assertThat(client.post("small").receive().status()).isEqualTo(500);
            assertThat(client.post("x".repeat(20_000)).receive().status()).isEqualTo(500);
        }
    }

    private static void awaitUninterrupted(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError("interrupted", e);
        }
    }

    private static RawClient.Response get(RawClient client, String method, String path)
            throws IOException {
        return client.send(method + " " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n").receive();
    }
}
