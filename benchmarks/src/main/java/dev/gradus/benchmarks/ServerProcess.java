package dev.gradus.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A server of its own process, with what Linux says of its CPU time and memory. */
final class ServerProcess implements AutoCloseable {
    private static final Duration START = Duration.ofSeconds(60);
    private static final long RETRY_NANOS = 5_000_000;
    private static final double TICKS_A_SECOND = 100;

    private final Process process;
    private final int port;
    private final double secondsToFirstSuccess;

    /**
     * Starts the launcher with {@code serve} and waits until a first execution has SUCCEEDED.
     *
     * @param launcher the {@code gradus} script
     */
    ServerProcess(Path launcher, Path data) {
        try (var free = new ServerSocket(0)) {
            port = free.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        long begin = System.nanoTime();
        try {
            process =
                    new ProcessBuilder(
                                    List.of(
                                            launcher.toString(),
                                            "serve",
                                            "--port",
                                            "" + port,
                                            "--data",
                                            data.toString()))
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .redirectError(ProcessBuilder.Redirect.INHERIT)
                            .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        firstSuccess(begin);
        secondsToFirstSuccess = (System.nanoTime() - begin) / 1e9;
    }

    int port() {
        return port;
    }

    double secondsToFirstSuccess() {
        return secondsToFirstSuccess;
    }

    /** User and system time of the process up to now, in seconds. */
    double cpuSeconds() {
        var stat = read("stat");
        var fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS_A_SECOND;
    }

    /** Resident memory in MiB. */
    long rssMebibytes() {
        var pages = Long.parseLong(read("statm").split(" ", -1)[1]);
        return (pages * 4_096) >> 20;
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void firstSuccess(long begin) {
        var tries = new ArrayList<RuntimeException>();
        while (System.nanoTime() - begin < START.toNanos()) {
            if (!process.isAlive()) {
                throw new IllegalStateException(
                        "the server ended with status " + process.exitValue());
            }
            try {
                new LoadRun(port, Scenario.all().getFirst()).once();
                return;
            } catch (UncheckedIOException | IllegalStateException notYet) {
                tries.add(notYet);
                LockSupport.parkNanos(RETRY_NANOS);
            }
        }
        throw new IllegalStateException("the server did not come up", tries.getLast());
    }

    private String read(String file) {
        try {
            return Files.readString(Path.of("/proc", Long.toString(process.pid()), file)).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
