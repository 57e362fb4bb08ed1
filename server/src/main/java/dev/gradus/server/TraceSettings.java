package dev.gradus.server;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Optional;

/**
 * Where traces of executions go: to at most one of the two.
 *
 * @param daemon an X-Ray daemon
 * @param collector an OpenTelemetry collector, by the URL that {@code /v1/traces} is below
 */
record TraceSettings(Setting<Optional<Daemon>> daemon, Setting<Optional<URI>> collector) {
    private static final int PORT_MAX = 65_535;

    /** An X-Ray daemon's UDP address. */
    record Daemon(String host, int port) {
        @Override
        public String toString() {
            return host + ":" + port;
        }
    }

    static TraceSettings from(Settings.Source read) {
        var daemon =
                read.value(
                        "trace-daemon",
                        List.of("GRADUS_TRACE_DAEMON", "AWS_XRAY_DAEMON_ADDRESS"),
                        text -> Optional.of(daemon(text)),
                        Optional.<Daemon>empty());
        var collector =
                read.value(
                        "otlp-endpoint",
                        List.of("GRADUS_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_ENDPOINT"),
                        text -> Optional.of(collector(text)),
                        Optional.<URI>empty());
        if (daemon.value().isPresent() && collector.value().isPresent()) {
            throw new Settings.Invalid(
                    "%s and %s are both set, and traces go to one place: leave one of them out"
                            .formatted(daemon.source(), collector.source()));
        }
        return new TraceSettings(daemon, collector);
    }

    /** Also the SDKs' form {@code tcp:host:port udp:host:port}, of which UDP is meant. */
    private static Daemon daemon(String text) {
        var address = text.strip();
        for (var part : address.split(" +", -1)) {
            if (part.startsWith("udp:")) {
                address = part.substring("udp:".length());
            }
        }
        int colon = address.lastIndexOf(':');
        var host = colon < 0 ? "" : address.substring(0, colon).replaceAll("^\\[|\\]$", "");
        var port = address.substring(colon + 1);
        boolean isPort = port.matches("[0-9]{1,5}") && Integer.parseInt(port) <= PORT_MAX;
        if (host.isEmpty() || host.contains(" ") || !isPort || Integer.parseInt(port) == 0) {
            throw new Settings.Invalid("say host:port, such as 127.0.0.1:2000");
        }
        return new Daemon(host, Integer.parseInt(port));
    }

    private static URI collector(String text) {
        try {
            var url = new URI(text);
            var scheme = Optional.ofNullable(url.getScheme()).orElse("");
            if (url.getHost() != null
                    && url.getQuery() == null
                    && url.getFragment() == null
                    && (scheme.equals("http") || scheme.equals("https"))) {
                return url;
            }
        } catch (URISyntaxException malformed) {
            throw new Settings.Invalid("it is no URL");
        }
        throw new Settings.Invalid("say a URL such as http://localhost:4318");
    }

    /** What the start banner says. */
    String text() {
        return daemon.value()
                .map(to -> "X-Ray daemon at " + to + " (" + daemon.source() + ")")
                .or(() -> collector.value().map(url -> url + " (" + collector.source() + ")"))
                .orElse("not exported");
    }
}
