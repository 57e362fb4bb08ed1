package dev.gradus.server;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** A client that sends exactly the bytes it is told to: browsers, vandals and old tools in one. */
final class RawClient implements AutoCloseable {
    private static final int TIMEOUT_MILLIS = 20_000;

    private final Socket socket;

    RawClient(int port) throws IOException {
        socket = new Socket(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port);
        socket.setSoTimeout(TIMEOUT_MILLIS);
        socket.setTcpNoDelay(true);
    }

    /** An answer: its header names in lower case. */
    record Response(int status, Map<String, String> headers, String body) {}

    RawClient send(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        socket.getOutputStream().flush();
        return this;
    }

    /** Sends a POST; each header is a line without its end. */
    RawClient post(String body, String... headers) throws IOException {
        var text = new StringBuilder("POST / HTTP/1.1\r\n");
        var hasHost = false;
        for (var header : headers) {
            text.append(header).append("\r\n");
            hasHost |= header.toLowerCase(Locale.ROOT).startsWith("host:");
        }
        if (!hasHost) {
            text.append("Host: localhost\r\n");
        }
        return send(text + "Content-Length: " + body.length() + "\r\n\r\n" + body);
    }

    /** Closes our half of the connection, and reads on. */
    RawClient endSending() throws IOException {
        socket.shutdownOutput();
        return this;
    }

    /** Everything until the server closes, header names in lower case or as they came. */
    String rest() throws IOException {
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    }

    Response receive() throws IOException {
        var in = socket.getInputStream();
        var status = Integer.parseInt(line(in).split(" ", 3)[1]);
        var headers = new TreeMap<String, String>();
        for (var line = line(in); !line.isEmpty(); line = line(in)) {
            var colon = line.indexOf(':');
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        var length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
        return new Response(
                status, headers, new String(in.readNBytes(length), StandardCharsets.UTF_8));
    }

    /** Tells whether the server has ended the connection, waiting for it if need be. */
    boolean isEnded() throws IOException {
        return socket.getInputStream().read() < 0;
    }

    private static String line(InputStream in) throws IOException {
        var line = new ByteArrayOutputStream();
        for (var octet = in.read(); octet != '\n'; octet = in.read()) {
            if (octet < 0) {
                throw new EOFException("the server ended the connection after '" + line + "'");
            }
            line.write(octet);
        }
        return line.toString(StandardCharsets.ISO_8859_1).strip();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
