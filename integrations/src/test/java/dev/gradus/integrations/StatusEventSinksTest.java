package dev.gradus.integrations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gradus.expressions.Json;
import dev.gradus.runtime.spi.DeliveryException;
import dev.gradus.runtime.spi.EventSink;
import dev.gradus.runtime.spi.StatusEvent;
import dev.gradus.testkit.FeedStub;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class StatusEventSinksTest {
    private static final String ARN = "arn:aws:states:us-east-1:123456789012:execution:m:e";
    private static final String DETAIL =
            "{\"status\":\"RUNNING\",\"input\":\"{}\",\"stopDate\":null}";

    private FeedStub stub;

    @BeforeEach
    void start() throws IOException {
        stub = FeedStub.start();
    }

    @AfterEach
    void stop() {
        stub.close();
    }

    private static StatusEvent event(String region, String detail) {
        return new StatusEvent("id", "123456789012", region, ARN, 1_700_000_000_123L, detail);
    }

    @Test
    void anEndpointMayHaveAPath() {
        var url = stub.endpoint().resolve("/some/path");
        try (var bus = new EventBridge(new Endpoint.Url(url, "EVENTS_ENDPOINT"))) {
            assertThat(bus.send(List.of(event("us-east-1", DETAIL)))).isZero();
        }
        assertThat(stub.events()).hasSize(1);
        assertThat(stub.paths()).containsExactly("/some/path");
    }

    private EventBridge bus() {
        return new EventBridge(new Endpoint.Url(stub.endpoint(), "EVENTS_ENDPOINT"));
    }

    @Test
    void putsEntriesOnTheDefaultBus() {
        try (var bus = bus()) {
            assertThat(bus.send(List.of(event("us-east-1", DETAIL)))).isZero();
        }

        assertThat(stub.calls()).containsExactly("AWSEvents.PutEvents");
        assertThat(stub.events())
                .extracting(entry -> entry.text())
                .containsExactly(
                        "{\"Time\":1700000000,\"Source\":\"aws.states\",\"DetailType\":\"Step Functions"
                                + " Execution Status Change\",\"Resources\":[\""
                                + ARN
                                + "\"],\"Detail\":"
                                + Json.of(DETAIL).text()
                                + "}");
    }

    @Test
    void batchesKeepTheLimitsOfPutEvents() {
        var many = IntStream.range(0, 21).mapToObj(_ -> event("us-east-1", DETAIL)).toList();
        var large =
                IntStream.range(0, 3)
                        .mapToObj(_ -> event("us-east-1", "é".repeat(65_000)))
                        .toList();
        var regions = List.of(event("a", DETAIL), event("b", DETAIL), event("b", DETAIL));

        assertThat(EventBridge.batches(many)).extracting(List::size).containsExactly(10, 10, 1);
        assertThat(EventBridge.batches(large)).extracting(List::size).containsExactly(2, 1);
        assertThat(EventBridge.batches(regions)).extracting(List::size).containsExactly(1, 2);
    }

    @Test
    void postsWhatEventBridgeWouldDeliver() {
        try (var webhook = new Webhook(stub.hook(), Optional.empty())) {
            assertThat(webhook.send(List.of(event("eu-west-1", DETAIL)))).isZero();
        }

        assertThat(stub.posts())
                .containsExactly(
                        new FeedStub.Post(
                                "{\"version\":\"0\",\"id\":\"id\",\"detail-type\":\"Step Functions Execution"
                                        + " Status Change\",\"source\":\"aws.states\",\"account\":\"123456789012\","
                                        + "\"time\":\"2023-11-14T22:13:20Z\",\"region\":\"eu-west-1\",\"resources\":[\""
                                        + ARN
                                        + "\"],\"detail\":"
                                        + DETAIL
                                        + "}",
                                ""));
    }

    @Test
    void signsThePostWithTheSecret() {
        try (var webhook = new Webhook(stub.hook(), Optional.of("key"))) {
            webhook.send(List.of(event("eu-west-1", "{}")));
        }

        var post = stub.posts().getFirst();
        // printf '%s' BODY | openssl dgst -sha256 -hmac key
        assertThat(post.signature())
                .isEqualTo(
                        "sha256=9160416137524037c70394612d0587bec8b810a7bafcf8357752f2e6dd117df1");
        assertThat(post.body()).endsWith("\"detail\":{}}");
    }

    @Test
    void aServiceThatIsDownIsAskedAgainLater() {
        List<EventSink> sinks = List.of(bus(), new Webhook(stub.hook(), Optional.empty()));
        for (int status : new int[] {500, 503, 429}) {
            stub.refuseWith(Optional.of(status));
            for (var sink : sinks) {
                assertThatThrownBy(() -> sink.send(List.of(event("us-east-1", DETAIL))))
                        .isInstanceOf(DeliveryException.class)
                        .hasMessageContaining(Integer.toString(status));
            }
        }
        sinks.forEach(EventSink::close);
    }

    @Test
    void whatAWebhookDoesNotWantIsNotSentAgain() {
        stub.refuseWith(Optional.of(404));
        try (var webhook = new Webhook(stub.hook(), Optional.empty())) {
            var twice = List.of(event("us-east-1", DETAIL), event("us-east-1", DETAIL));

            assertThat(webhook.send(twice)).isEqualTo(2);
        }
    }
}
