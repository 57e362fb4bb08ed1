package dev.gradus.server;

import com.sun.management.UnixOperatingSystemMXBean;
import dev.gradus.api.Answer;
import dev.gradus.api.WireRequest;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.HttpResponseEncoder;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The HTTP listener: Netty behind our own request and answer types.
 *
 * <p>Two event loops, or one for every two cores, serve everything, since nothing on this path
 * blocks: a long poll or an idle connection costs a socket and some hundred bytes. Large bodies are
 * decoded on two threads beside it.
 */
public final class HttpListener implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HttpListener.class);
    private static final int LOOPS = Math.max(2, Runtime.getRuntime().availableProcessors() / 2);
    private static final int DECODERS = 2;
    private static final int PORT_ATTEMPTS = 20;
    private static final long CONNECTIONS = connectionsMax();

    private final HttpService service;
    private final HttpSettings settings;
    private final EventLoopGroup loops;
    private final ExecutorService decoding;
    private final List<Channel> listening = new ArrayList<>();
    private final int port;
    private final Future<?> sweeping;
    private final AtomicBoolean closed = new AtomicBoolean();

    private HttpListener(
            HttpSettings settings,
            Function<WireRequest, CompletionStage<Answer>> api,
            Probes probes)
            throws IOException {
        this.settings = settings;
        this.decoding = Executors.newFixedThreadPool(DECODERS, threads("http-decode-"));
        this.service = new HttpService(settings, api, probes, decoding);
        this.loops =
                new MultiThreadIoEventLoopGroup(LOOPS, threads("http-"), NioIoHandler.newFactory());
        try {
            this.port = bind();
        } catch (IOException failed) {
            end();
            throw failed;
        }
        long sweepMillis =
                Math.clamp(
                        Math.min(
                                        settings.patience().betweenRequests().toMillis(),
                                        settings.patience().withinRequest().toMillis())
                                / 4,
                        50,
                        1_000);
        this.sweeping =
                loops.next()
                        .scheduleAtFixedRate(
                                service::sweep, sweepMillis, sweepMillis, TimeUnit.MILLISECONDS);
    }

    /**
     * Binds and begins to serve.
     *
     * @param api answers {@code POST}; never fails and never blocks
     * @throws BindException if the port is taken or the address is not this machine's
     * @throws IOException if listening fails for another reason; nothing is left open either way
     */
    public static HttpListener start(
            HttpSettings settings,
            Function<WireRequest, CompletionStage<Answer>> api,
            Probes probes)
            throws IOException {
        return new HttpListener(settings, api, probes);
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
        if (closed.getAndSet(true)) {
            return;
        }
        listening.forEach(channel -> channel.close().syncUninterruptibly());
        sweeping.cancel(false);
        try {
            service.drain()
                    .toCompletableFuture()
                    .get(settings.patience().drain().toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException impatient) {
            LOG.warn("requests cut off: still in progress after the drain timeout");
        } catch (ExecutionException failed) {
            LOG.warn("the HTTP listener did not stop cleanly", failed);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        end();
    }

    private void end() {
        decoding.shutdown();
        loops.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly();
    }

    private int bind() throws IOException {
        if (settings.host().filter(host -> !host.equals("localhost")).isPresent()) {
            return open(settings.host().get(), settings.port());
        }
        for (var attempt = 1; ; attempt++) {
            int version4 = open("127.0.0.1", settings.port());
            if (!hasVersion6()) {
                LOG.info("loopback has no version 6 here: version 4 only");
                return version4;
            }
            try {
                return open("::1", version4);
            } catch (IOException taken) {
                if (settings.port() != 0 || attempt == PORT_ATTEMPTS) {
                    throw taken;
                }
                // Any free port was asked for, and this one is free on version 4 only.
                listening.removeLast().close().syncUninterruptibly();
            }
        }
    }

    private int open(String host, int wantedPort) throws IOException {
        var bootstrap =
                new ServerBootstrap()
                        .group(loops)
                        .channel(NioServerSocketChannel.class)
                        .option(ChannelOption.SO_BACKLOG, HttpSettings.ACCEPT_QUEUE)
                        .childOption(ChannelOption.TCP_NODELAY, true)
                        .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
                        .childHandler(new ConnectionSetUp());
        var bound = bootstrap.bind(new InetSocketAddress(host, wantedPort)).awaitUninterruptibly();
        if (!bound.isSuccess()) {
            throw asIoException(bound.cause());
        }
        listening.add(bound.channel());
        return ((InetSocketAddress) bound.channel().localAddress()).getPort();
    }

    private static IOException asIoException(Throwable cause) {
        if (cause instanceof BindException taken) {
            return taken;
        }
        return new IOException("The HTTP listener did not start: " + cause.getMessage(), cause);
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

    /** Open files that the store needs must be left: without them it cannot go on. */
    private static long connectionsMax() {
        long files =
                ManagementFactory.getOperatingSystemMXBean()
                                instanceof UnixOperatingSystemMXBean unix
                        ? unix.getMaxFileDescriptorCount()
                        : Long.MAX_VALUE;
        long left = Math.max(files - HttpSettings.FILES_KEPT, files / 4);
        if (left < HttpSettings.CONNECTIONS) {
            LOG.info("connections are limited to {} because open files are to {}", left, files);
        }
        return Math.min(HttpSettings.CONNECTIONS, left);
    }

    private static ThreadFactory threads(String prefix) {
        return Thread.ofPlatform().name(prefix, 0).daemon().factory();
    }

    /** Refuses a request with two lengths, of which a proxy before us may believe the other. */
    private static final class StrictDecoder extends HttpRequestDecoder {
        StrictDecoder(HttpDecoderConfig limits) {
            super(limits);
        }

        @Override
        protected void handleTransferEncodingChunkedWithContentLength(HttpMessage message) {
            throw new IllegalArgumentException("Content-Length beside Transfer-Encoding");
        }
    }

    /** Prepares each new connection, and sends those beyond the limit away. */
    private final class ConnectionSetUp extends ChannelInitializer<SocketChannel> {
        @SuppressWarnings("FutureReturnValueIgnored") // nothing depends on when it is closed
        @Override
        protected void initChannel(SocketChannel channel) {
            if (service.connections() >= CONNECTIONS) {
                channel.close();
                return;
            }
            var limits =
                    new HttpDecoderConfig()
                            .setMaxInitialLineLength(HttpSettings.REQUEST_LINE_BYTES)
                            .setMaxHeaderSize(HttpSettings.HEADER_BYTES);
            channel.pipeline()
                    .addLast(
                            new TlsSniffer(settings.protection().forConnection()),
                            new StrictDecoder(limits),
                            new HttpResponseEncoder(),
                            new HttpConnection(service));
        }
    }
}
