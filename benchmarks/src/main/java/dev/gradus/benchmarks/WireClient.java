package dev.gradus.benchmarks;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * One keep-alive connection that speaks just enough HTTP to load a server without costing much
 * itself. Used by one thread.
 */
final class WireClient implements AutoCloseable {
    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;

    /** An answer: the HTTP status and the body as text. */
    record Answer(int status, String body) {
        boolean isThrottled() {
            return status == 400 && body.contains("ThrottlingException");
        }

        Answer expectOk() {
            if (status != 200) {
                throw new IllegalStateException("HTTP " + status + ": " + body);
            }
            return this;
        }

        /**
         * Returns the text of a string member whose value has no escapes, as ARNs and statuses have
         * none.
         */
        String member(String name) {
            var key = "\"" + name + "\":\"";
            int start = body.indexOf(key);
            if (start < 0) {
                throw new IllegalStateException("no member " + name + " in " + body);
            }
            start += key.length();
            return body.substring(start, body.indexOf('"', start));
        }
    }

    WireClient(int port) {
        try {
            socket = new Socket(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port);
            socket.setTcpNoDelay(true);
            in = new BufferedInputStream(socket.getInputStream(), 1 << 16);
            out = socket.getOutputStream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Calls one operation of the API. */
    Answer call(String operation, String json) {
        try {
            out.write(request(operation, json));
            return read();
        } catch (IOException e) {
            throw new UncheckedIOException(operation, e);
        }
    }

    /** The bytes of one request. */
    static byte[] request(String operation, String json) {
        var body = json.getBytes(StandardCharsets.UTF_8);
        var head =
                "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-amz-json-1.0\r\n"
                        + "X-Amz-Target: AWSStepFunctions."
                        + operation
                        + "\r\nContent-Length: "
                        + body.length
                        + "\r\n\r\n";
        var request = new byte[head.length() + body.length];
        System.arraycopy(head.getBytes(StandardCharsets.ISO_8859_1), 0, request, 0, head.length());
        System.arraycopy(body, 0, request, head.length(), body.length);
        return request;
    }

    private Answer read() throws IOException {
        var statusLine = line();
        int length = 0;
        for (var header = line(); !header.isEmpty(); header = line()) {
            if (header.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
                length = Integer.parseInt(header.substring("content-length:".length()).strip());
            }
        }
        var body = in.readNBytes(length);
        return new Answer(
                Integer.parseInt(statusLine.substring(9, 12)),
                new String(body, StandardCharsets.UTF_8));
    }

    private String line() throws IOException {
        var line = new StringBuilder(64);
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new EOFException("the server closed the connection");
            }
            if (next != '\r') {
                line.append((char) next);
            }
        }
        return line.toString();
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
