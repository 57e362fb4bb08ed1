package dev.gradus.integrations;

import dev.gradus.runtime.spi.DeliveryException;
import dev.gradus.runtime.spi.Trace;
import dev.gradus.runtime.spi.TraceSink;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Sends traces to an X-Ray daemon: one UDP datagram for each document, which nobody confirms.
 * Source: X-Ray developer guide, "Sending segment documents to the X-Ray daemon".
 */
public final class XrayDaemon implements TraceSink {
    private static final byte[] HEADER =
            "{\"format\":\"json\",\"version\":1}\n".getBytes(StandardCharsets.UTF_8);

    private final String host;
    private final int port;
    private final DatagramSocket socket;

    /** Sends to a host, which is looked up anew for each trace; nothing is sent yet. */
    public XrayDaemon(String host, int port) {
        this.host = host;
        this.port = port;
        try {
            this.socket = new DatagramSocket();
        } catch (SocketException none) {
            throw new UncheckedIOException("no UDP socket can be had", none);
        }
    }

    @Override
    public int export(List<Trace> traces) {
        int sent = 0;
        for (var trace : traces) {
            try {
                send(trace);
            } catch (IOException failed) {
                throw new DeliveryException(
                                "the X-Ray daemon at " + host + ":" + port + " is not reached",
                                failed)
                        .after(sent);
            }
            sent++;
        }
        return 0;
    }

    private void send(Trace trace) throws IOException {
        var address = new InetSocketAddress(host, port);
        if (address.isUnresolved()) {
            throw new IOException("unknown host " + host);
        }
        for (var document : XrayDocuments.of(trace)) {
            var bytes = new ByteArrayOutputStream();
            bytes.writeBytes(HEADER);
            bytes.writeBytes(document.text().getBytes(StandardCharsets.UTF_8));
            socket.send(new DatagramPacket(bytes.toByteArray(), bytes.size(), address));
        }
    }

    @Override
    public void close() {
        socket.close();
    }
}
