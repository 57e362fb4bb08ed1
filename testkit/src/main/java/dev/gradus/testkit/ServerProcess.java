package dev.gradus.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A server in a process of its own, over one data folder, that can be killed with SIGKILL and
 * started again on the same port. Used by one thread.
 */
public final class ServerProcess implements AutoCloseable {
    private static final Duration READY = Duration.ofMinutes(2);
    private static final Duration PAUSE = Duration.ofMillis(20);
    private static final int STOP_SECONDS = 60;

    private final List<String> command;
    private final Map<String, String> environment;
    private final Path log;
    private final int port;
    private final List<Instant> kills = Collections.synchronizedList(new ArrayList<>());
    private Process process;

    /**
     * Starts the server and waits until it is ready.
     *
     * @param serve the command line that runs {@code serve}, without port and data folder
     * @param environment variables to set
     * @param folder gets the data folder and the server's log
     */
    public ServerProcess(List<String> serve, Map<String, String> environment, Path folder) {
        try (var free = new ServerSocket(0)) {
            port = free.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        command = new ArrayList<>(serve);
        command.addAll(List.of("--port", "" + port, "--data", folder.resolve("data").toString()));
        this.environment = Map.copyOf(environment);
        log = folder.resolve("server.log");
        process = start();
        awaitReady();
    }

    /** Returns the port, which stays the same. */
    public int port() {
        return port;
    }

    /** Returns when the server was killed so far. */
    public List<Instant> kills() {
        return List.copyOf(kills);
    }

    /** Ends the process as a power switch would; returns when it is gone. */
    public void kill() {
        process.destroyForcibly();
        awaitEnd();
        kills.add(Instant.now());
    }

    /** Starts the server again over the same folder; returns how long it took to be ready. */
    public Duration restart() {
        var begin = System.nanoTime();
        process = start();
        awaitReady();
        return Duration.ofNanos(System.nanoTime() - begin);
    }

    /** Asks the server to stop, and waits. */
    @Override
    public void close() {
        process.destroy();
        awaitEnd();
    }

    private Process start() {
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().putAll(environment);
        try {
            return builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void awaitReady() {
        var deadline = System.nanoTime() + READY.toNanos();
        while (!ready()) {
            if (!process.isAlive()) {
                throw new IllegalStateException(
                        "the server ended with status " + process.exitValue() + "; see " + log);
            }
            if (System.nanoTime() > deadline) {
                process.destroyForcibly();
                throw new IllegalStateException("the server does not get ready; see " + log);
            }
            Pauses.of(PAUSE);
        }
    }

    private boolean ready() {
        try {
            var url = URI.create("http://127.0.0.1:" + port + "/ready").toURL();
            if (!(url.openConnection() instanceof HttpURLConnection connection)) {
                throw new IllegalStateException("no HTTP connection");
            }
            connection.setConnectTimeout(1_000);
            connection.setReadTimeout(5_000);
            return connection.getResponseCode() == HttpURLConnection.HTTP_OK;
        } catch (IOException notYet) {
            return false;
        }
    }

    private void awaitEnd() {
        try {
            if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IllegalStateException("the server does not stop; see " + log);
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
        }
    }
}
