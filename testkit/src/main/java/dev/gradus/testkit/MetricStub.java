package dev.gradus.testkit;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A tiny HTTP server that takes what is published to CloudWatch's PutMetricData in the query
 * protocol; it keeps every request, checks no signature, and can be made to refuse. For any number
 * of threads.
 */
public final class MetricStub implements AutoCloseable {
    private static final int NOT_POSSIBLE = 400;

    private final HttpServer server;
    private final List<Call> calls = new ArrayList<>();
    private Refusal refusal = new Refusal(200, "");

    private record Refusal(int status, String code) {}

    /**
     * A request.
     *
     * @param authorization the header of that name, empty without one
     * @param form its members by their names
     */
    public record Call(String authorization, int bytes, Map<String, String> form) {
        public Call {
            form = Map.copyOf(form);
        }

        /** How many data points it brought. */
        public long data() {
            return form.keySet().stream().filter(name -> name.endsWith(".MetricName")).count();
        }

        /** The number of the first data point of that metric, from 1; 0 without one. */
        public int numberOf(String metric) {
            for (int number = 1; number <= data(); number++) {
                if (metric.equals(form.get("MetricData.member." + number + ".MetricName"))) {
                    return number;
                }
            }
            return 0;
        }

        /** A member of a data point, for example {@code StatisticValues.Sum}; empty without one. */
        public String member(int number, String name) {
            return form.getOrDefault("MetricData.member." + number + "." + name, "");
        }
    }

    private MetricStub(HttpServer server) {
        this.server = server;
    }

    /** Starts a server on a free port of the loopback interface. */
    public static MetricStub start() throws IOException {
        var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        var stub = new MetricStub(HttpServer.create(address, 0));
        stub.server.createContext("/", stub::handle);
        stub.server.start();
        return stub;
    }

    /** What METRICS_ENDPOINT is set to. */
    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** From now on every request is answered with that status and error. */
    public synchronized void refuseWith(int status, String code) {
        refusal = new Refusal(status, code);
    }

    /** All requests so far, refused ones too. */
    public synchronized List<Call> calls() {
        return List.copyOf(calls);
    }

    private void handle(HttpExchange exchange) throws IOException {
        var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        var header = exchange.getRequestHeaders().getFirst("Authorization");
        var call = new Call(Optional.ofNullable(header).orElse(""), body.length(), form(body));
        byte[] answer;
        int status;
        synchronized (this) {
            calls.add(call);
            boolean known = "PutMetricData".equals(call.form().get("Action"));
            status = known ? refusal.status() : NOT_POSSIBLE;
            var text = status == 200 ? "<PutMetricDataResponse/>" : error(known);
            answer = text.getBytes(StandardCharsets.UTF_8);
        }
        try (exchange) {
            exchange.sendResponseHeaders(status, answer.length);
            exchange.getResponseBody().write(answer);
        }
    }

    private String error(boolean known) {
        var code = known ? refusal.code() : "InvalidAction";
        return "<ErrorResponse><Error><Code>" + code + "</Code></Error></ErrorResponse>";
    }

    private static Map<String, String> form(String body) {
        var form = new LinkedHashMap<String, String>();
        for (var member : body.split("&", -1)) {
            int equals = member.indexOf('=');
            form.put(
                    URLDecoder.decode(member.substring(0, equals), StandardCharsets.UTF_8),
                    URLDecoder.decode(member.substring(equals + 1), StandardCharsets.UTF_8));
        }
        return form;
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
