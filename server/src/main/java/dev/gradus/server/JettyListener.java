package dev.gradus.server;

import dev.gradus.api.Answer;
import dev.gradus.api.WireRequest;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The HTTP listener: Jetty, without servlets, behind our own request and answer types.
 *
 * <p>A few platform threads serve everything, since nothing on this path blocks: a long poll or an
 * idle connection costs a socket and some hundred bytes.
 */
public final class JettyListener implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(JettyListener.class);

    /** Enough for two cores' work, the acceptors and selectors of two sockets, and some reserve. */
    private static final int THREADS = Math.max(16, 4 * Runtime.getRuntime().availableProcessors());

    private static final int PORT_ATTEMPTS = 20;

    private final Server server;
    private final int port;

    private JettyListener(Server server, int port) {
        this.server = server;
        this.port = port;
    }

    /**
     * Binds and begins to serve.
     *
     * @param api answers {@code POST}; never fails and never blocks
     * @throws BindException if the port is taken or the address is not this machine's
     * @throws IOException if listening fails for another reason; nothing is left open either way
     */
    public static JettyListener start(
            HttpSettings settings,
            Function<WireRequest, CompletionStage<Answer>> api,
            Probes probes)
            throws IOException {
        var threads = new QueuedThreadPool(THREADS, 4);
        threads.setName("http");
        threads.setDaemon(true);
        var server = new Server(threads);
        server.setStopTimeout(settings.patience().drain().toMillis());
        server.addBean(new NetworkConnectionLimit(HttpSettings.CONNECTIONS, server));
        server.setErrorHandler(JettyListener::protocolError);
        server.setHandler(
                new GracefulHandler(
                        new JettyHandler(api, probes, new BrowserGuard(settings.browserNames()))));
        try {
            var port = bind(server, settings);
            server.start();
            return new JettyListener(server, port);
        } catch (Exception failed) {
            stop(server);
            throw asIoException(failed);
        }
    }

    /** Jetty wraps the exception that says a port is taken; callers look for exactly that one. */
    private static IOException asIoException(Exception failed) {
        for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
            if (cause instanceof BindException taken) {
                return taken;
            }
        }
        return failed instanceof IOException other
                ? other
                : new IOException("The HTTP listener did not start", failed);
    }

    /** Returns the port that both sockets have. */
    public int port() {
        return port;
    }

    /**
     * Takes no new request, waits for those in progress up to the drain timeout, and closes all
     * connections. Long polls count as in progress: {@link dev.gradus.api.Gateway#endPolls} ends
     * them first.
     */
    @Override
    public void close() {
        stop(server);
    }

    private static int bind(Server server, HttpSettings settings) throws IOException {
        if (settings.host().filter(host -> !host.equals("localhost")).isPresent()) {
            return open(server, settings, settings.host(), settings.port()).getLocalPort();
        }
        for (var attempt = 1; ; attempt++) {
            var version4 = open(server, settings, Optional.of("127.0.0.1"), settings.port());
            if (!hasVersion6()) {
                LOG.info("loopback has no version 6 here: version 4 only");
                return version4.getLocalPort();
            }
            try {
                open(server, settings, Optional.of("::1"), version4.getLocalPort());
                return version4.getLocalPort();
            } catch (IOException taken) {
                if (settings.port() != 0 || attempt == PORT_ATTEMPTS) {
                    throw taken;
                }
                // Any free port was asked for, and this one is free on version 4 only.
                version4.close();
                server.removeConnector(version4);
            }
        }
    }

    private static boolean hasVersion6() {
        var loopback = new byte[16];
        loopback[15] = 1;
        try (var probe = new ServerSocket()) {
            probe.bind(new InetSocketAddress(InetAddress.getByAddress(loopback), 0));
            return true;
        } catch (IOException none) {
            return false;
        }
    }

    private static ServerConnector open(
            Server server, HttpSettings settings, Optional<String> host, int port)
            throws IOException {
        var http = new HttpConfiguration();
        http.setSendServerVersion(false);
        http.setRequestHeaderSize(HttpSettings.HEADER_BYTES);
        http.setIdleTimeout(settings.patience().withinRequest().toMillis());
        var connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(http));
        host.ifPresent(connector::setHost);
        connector.setPort(port);
        connector.setAcceptQueueSize(HttpSettings.ACCEPT_QUEUE);
        connector.setAcceptedTcpNoDelay(true);
        connector.setIdleTimeout(settings.patience().betweenRequests().toMillis());
        connector.open();
        server.addConnector(connector);
        return connector;
    }

    /** Answers what never reached the handler: what is no HTTP, or came while stopping. */
    private static boolean protocolError(Request request, Response response, Callback callback) {
        var status = response.getStatus();
        var said = request.getAttribute(ErrorHandler.ERROR_MESSAGE);
        var message = said == null ? HttpStatus.getMessage(status) : said.toString();
        var type =
                switch (status) {
                    case 413, 431 -> "RequestEntityTooLargeException";
                    case 500 -> "InternalServerError";
                    case 503 -> "ServiceUnavailable";
                    default -> "SerializationException";
                };
        new JettyHandler.Reply(request, response, callback).refuse(status, type, message);
        return true;
    }

    private static void stop(Server server) {
        try {
            server.stop();
        } catch (TimeoutException impatient) {
            LOG.warn("requests cut off: still in progress after the drain timeout");
        } catch (Exception failed) {
            LOG.warn("the HTTP listener did not stop cleanly", failed);
        }
    }
}
