package dev.gradus.testkit;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * Another process's memory of what a server acknowledged: each line is forced to its file before it
 * is echoed. As a program it is that process; an instance is the handle on it. Any thread may use
 * the handle.
 */
final class AckRecorder implements AutoCloseable {
    private final Process process;
    private final Writer lines;
    private final BufferedReader echoes;

    /** Starts the process, with the Java and the class path of this one. */
    AckRecorder(Path file) {
        try {
            process =
                    new ProcessBuilder(
                                    Path.of(System.getProperty("java.home"), "bin", "java")
                                            .toString(),
                                    "-XX:+UseSerialGC",
                                    "-XX:TieredStopAtLevel=1",
                                    "-Xmx32m",
                                    "-cp",
                                    System.getProperty("java.class.path"),
                                    AckRecorder.class.getName(),
                                    file.toString())
                            .redirectError(ProcessBuilder.Redirect.INHERIT)
                            .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        lines = process.outputWriter(StandardCharsets.UTF_8);
        echoes = process.inputReader(StandardCharsets.UTF_8);
    }

    /** Returns when the line is on the disk. */
    synchronized void record(String line) {
        try {
            lines.write(line + "\n");
            lines.flush();
            if (!line.equals(echoes.readLine())) {
                throw new IllegalStateException("the recorder did not echo " + line);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends the process. */
    @Override
    public void close() {
        try {
            lines.close();
            process.waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            process.destroy();
        }
    }

    /** Returns what was recorded, line by line. */
    static List<String> read(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The other process: lines on the standard input go to the file, then back. */
    public static void main(String[] arguments) throws IOException {
        try (var file =
                        FileChannel.open(
                                Path.of(arguments[0]),
                                StandardOpenOption.CREATE,
                                StandardOpenOption.APPEND);
                var in =
                        new BufferedReader(
                                new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            for (var line = in.readLine(); line != null; line = in.readLine()) {
                var bytes = ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8));
                while (bytes.hasRemaining()) {
                    file.write(bytes);
                }
                file.force(false);
                System.out.println(line);
                System.out.flush();
            }
        }
    }
}
