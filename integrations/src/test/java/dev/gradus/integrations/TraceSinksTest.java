package dev.gradus.integrations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gradus.engine.Failure;
import dev.gradus.expressions.Json;
import dev.gradus.expressions.JsonArray;
import dev.gradus.expressions.JsonObject;
import dev.gradus.runtime.spi.DeliveryException;
import dev.gradus.runtime.spi.Trace;
import dev.gradus.runtime.spi.Trace.Kind;
import dev.gradus.runtime.spi.Trace.Outcome;
import dev.gradus.runtime.spi.Trace.Span;
import dev.gradus.testkit.FeedStub;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Traces as X-Ray documents over UDP and as OTLP over HTTP, to real sockets on loopback. */
final class TraceSinksTest {
    private static final long START = 1_700_000_000_005L;
    private static final int PATIENCE_MILLIS = 30_000;
    private static final String SEGMENT =
            """
            {"name":"orders","id":"00000000000000f0","trace_id":"1-6553f100-0123456789abcdef01234567",\
            "parent_id":"53995c3f42cd8ad8","origin":"AWS::StepFunctions::StateMachine",\
            "start_time":1700000000.005,"end_time":1700000002.005,"fault":true,\
            "cause":{"exceptions":[{"id":"00000000000000f0","type":"Broken","message":"it is"}]},\
            "annotations":{"execution_arn":"arn:e","state_machine_arn":"arn:m"},\
            "subsegments":[{"name":"Charge _it_","id":"0000000000000001","start_time":1700000000.005,\
            "end_time":1700000001.005,"annotations":{"state_type":"Task"},\
            "subsegments":[{"name":"lambda","id":"0000000000000002","start_time":1700000000.005,\
            "end_time":1700000001.005,"namespace":"aws","error":true,"throttle":true,\
            "cause":{"exceptions":[{"id":"0000000000000002","type":"ThrottlingException"}]},\
            "annotations":{"resource":"arn:f"}}]},\
            {"name":"Wait","id":"0000000000000003","start_time":1700000000.005,\
            "end_time":1700000001.005,"error":true}]}\
            """;
    private static final String SPANS =
            """
            {"resourceSpans":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"orders"}}]},\
            "scopeSpans":[{"scope":{"name":"gradus"},"spans":[\
            {"traceId":"6553f1000123456789abcdef01234567","spanId":"00000000000000f0",\
            "parentSpanId":"53995c3f42cd8ad8","name":"orders","kind":2,\
            "startTimeUnixNano":"1700000000005000000","endTimeUnixNano":"1700000002005000000",\
            "attributes":[{"key":"aws.states.execution_arn","value":{"stringValue":"arn:e"}},\
            {"key":"aws.states.state_machine_arn","value":{"stringValue":"arn:m"}},\
            {"key":"error.type","value":{"stringValue":"Broken"}}],"status":{"code":2,"message":"it is"}},\
            {"traceId":"6553f1000123456789abcdef01234567","spanId":"0000000000000001",\
            "parentSpanId":"00000000000000f0","name":"Charge <it>","kind":1,\
            "startTimeUnixNano":"1700000000005000000","endTimeUnixNano":"1700000001005000000",\
            "attributes":[{"key":"aws.states.state_type","value":{"stringValue":"Task"}}]},\
            {"traceId":"6553f1000123456789abcdef01234567","spanId":"0000000000000002",\
            "parentSpanId":"0000000000000001","name":"lambda","kind":3,\
            "startTimeUnixNano":"1700000000005000000","endTimeUnixNano":"1700000001005000000",\
            "attributes":[{"key":"aws.states.resource","value":{"stringValue":"arn:f"}},\
            {"key":"error.type","value":{"stringValue":"ThrottlingException"}}],"status":{"code":2}},\
            {"traceId":"6553f1000123456789abcdef01234567","spanId":"0000000000000003",\
            "parentSpanId":"00000000000000f0","name":"Wait","kind":1,\
            "startTimeUnixNano":"1700000000005000000","endTimeUnixNano":"1700000001005000000",\
            "attributes":[],"status":{"code":2}}]}]}]}\
            """;

    private static final Span ROOT =
            new Span(
                    id(0xf0),
                    Optional.of("53995c3f42cd8ad8"),
                    "orders",
                    Kind.EXECUTION,
                    START,
                    START + 2_000,
                    Outcome.FAULT,
                    Failure.of("Broken", "it is"),
                    Map.of("execution_arn", "arn:e", "state_machine_arn", "arn:m"));

    private static String id(int number) {
        return String.format(java.util.Locale.ROOT, "%016x", number);
    }

    private static Span span(int number, int parent, String name, Kind kind) {
        return new Span(
                id(number),
                Optional.of(id(parent)),
                name,
                kind,
                START,
                START + 1_000,
                Outcome.OK,
                Failure.NONE,
                Map.of());
    }

    private static Span with(Span span, Outcome outcome, Failure failure, Map<String, String> of) {
        return new Span(
                span.id(),
                span.parentId(),
                span.name(),
                span.kind(),
                span.startMillis(),
                span.endMillis(),
                outcome,
                failure,
                of);
    }

    private static Trace trace(List<Span> spans) {
        return new Trace("1-6553f100-0123456789abcdef01234567", ROOT, spans);
    }

    private static Trace small() {
        return trace(
                List.of(
                        with(
                                span(1, 0xf0, "Charge <it>", Kind.STATE),
                                Outcome.OK,
                                Failure.NONE,
                                Map.of("state_type", "Task")),
                        with(
                                span(2, 1, "lambda", Kind.ATTEMPT),
                                Outcome.THROTTLED,
                                Failure.of("ThrottlingException"),
                                Map.of("resource", "arn:f")),
                        with(
                                span(3, 0xf0, "Wait", Kind.STATE),
                                Outcome.ERROR,
                                Failure.NONE,
                                Map.of())));
    }

    private static String received(DatagramSocket socket) throws IOException {
        var packet = new DatagramPacket(new byte[65_536], 65_536);
        socket.receive(packet);
        return new String(packet.getData(), 0, packet.getLength(), StandardCharsets.UTF_8);
    }

    @Test
    void aDaemonGetsASegmentDocumentInOneDatagram() throws IOException {
        try (var socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
                var daemon = new XrayDaemon("127.0.0.1", socket.getLocalPort())) {
            socket.setSoTimeout(PATIENCE_MILLIS);

            assertThat(daemon.export(List.of(small()))).isZero();

            assertThat(received(socket))
                    .isEqualTo("{\"format\":\"json\",\"version\":1}\n" + SEGMENT);
        }
    }

    @Test
    void whatDoesNotFitIntoADocumentIsSentInOthers() {
        var spans = new ArrayList<Span>();
        IntStream.range(1, 301)
                .forEach(i -> {
                    spans.add(span(1_000 + i, 0xf0, "State " + i, Kind.STATE));
                    spans.add(
                            with(
                                    span(2_000 + i, 1_000 + i, "lambda", Kind.ATTEMPT),
                                    Outcome.FAULT,
                                    Failure.of("E", "\u00e9".repeat(1_000)),
                                    Map.of()));
                });

        var documents = XrayDocuments.of(trace(spans));

        assertThat(documents)
                .hasSizeGreaterThan(200)
                .allSatisfy(document ->
                        assertThat(document.text().getBytes(StandardCharsets.UTF_8).length)
                                .isLessThan(64_000));
        assertThat(documents.getLast().get("parent_id")).contains(Json.of(ROOT.id()));
        assertThat(documents.getLast().get("type")).contains(Json.of("subsegment"));
        assertThat(documents.getLast().get("trace_id"))
                .contains(Json.of("1-6553f100-0123456789abcdef01234567"));
        assertThat(documents.stream().mapToInt(TraceSinksTest::spansIn).sum()).isEqualTo(601);
    }

    private static int spansIn(Json document) {
        var inner =
                document instanceof JsonObject object
                        ? object.get("subsegments")
                        : Optional.<Json>empty();
        return 1
                + inner.map(list ->
                                ((JsonArray) list)
                                        .elements().stream()
                                                .mapToInt(TraceSinksTest::spansIn)
                                                .sum())
                        .orElse(0);
    }

    @Test
    void aDaemonWhoseHostIsNotKnownIsTriedAgain() {
        try (var daemon = new XrayDaemon("no-such-host.invalid", 2_000)) {
            assertThatThrownBy(() -> daemon.export(List.of(small())))
                    .isInstanceOf(DeliveryException.class)
                    .hasMessageContaining("no-such-host.invalid:2000");
        }
    }

    @Test
    void aCollectorGetsSpans() throws IOException {
        try (var stub = FeedStub.start();
                var collector = new OtlpTraces(stub.endpoint())) {
            assertThat(collector.export(List.of(small()))).isZero();

            assertThat(stub.paths()).containsExactly("/v1/traces");
            assertThat(stub.posts()).containsExactly(new FeedStub.Post(SPANS, ""));
        }
    }

    @Test
    void aCollectorThatIsDownIsAskedAgainAndOneThatRefusesIsNot() throws IOException {
        try (var stub = FeedStub.start();
                var collector = new OtlpTraces(stub.endpoint())) {
            for (int status : new int[] {429, 502, 503, 504}) {
                stub.refuseWith(Optional.of(status));
                assertThatThrownBy(() -> collector.export(List.of(small())))
                        .isInstanceOf(DeliveryException.class)
                        .hasMessageEndingWith("answered with " + status);
            }
            stub.refuseWith(Optional.of(400));
            assertThat(collector.export(List.of(small(), small()))).isEqualTo(2);
        }
    }
}
