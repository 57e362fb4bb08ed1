package dev.gradus.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * The load benchmark: one command prints the table of {@code docs/benchmarks.md}.
 *
 * <p>Client and server are two processes on one machine; every start is durable before it is
 * answered; a client counts an execution when it has read SUCCEEDED. Arguments: the launcher,
 * seconds of warm-up, seconds of each row.
 */
public final class Load {
    /** Runs every scenario once on a fresh data folder each. */
    public static void main(String[] args) throws IOException {
        var launcher = Path.of(args.length > 0 ? args[0] : "./gradus");
        var warmUp = Duration.ofSeconds(args.length > 1 ? Long.parseLong(args[1]) : 10);
        var time = Duration.ofSeconds(args.length > 2 ? Long.parseLong(args[2]) : 30);
        var lines = new ArrayList<String>();
        for (var scenario : Scenario.all()) {
            lines.add(row(launcher, scenario, warmUp, time));
        }
        System.out.println(
                "| row       | cl. | execut./s | transit./s  | p50 ms   | p99 ms   | us CPU   | MiB   |");
        System.out.println(
                "|-----------|-----|-----------|-------------|----------|----------|----------|-------|");
        lines.forEach(System.out::print);
    }

    private static String row(Path launcher, Scenario scenario, Duration warmUp, Duration time)
            throws IOException {
        var data = Files.createTempDirectory("gradus-bench");
        try (var server = new ServerProcess(launcher, data)) {
            System.err.printf(
                    Locale.ROOT,
                    "%s: first SUCCEEDED after %.2f s%n",
                    scenario.name(),
                    server.secondsToFirstSuccess());
            var run = new LoadRun(server.port(), scenario);
            run.run(warmUp);
            double cpuBefore = server.cpuSeconds();
            var result = run.run(time);
            double cpu = server.cpuSeconds() - cpuBefore;
            return String.format(
                    Locale.ROOT,
                    "| %-9s | %3d | %9.0f | %11.0f | %8.2f | %8.2f | %8.1f | %5d |%n",
                    scenario.name(),
                    scenario.clients(),
                    result.perSecond(),
                    result.perSecond() * scenario.transitions(),
                    result.p50Millis(),
                    result.p99Millis(),
                    cpu * 1e6 / result.executions(),
                    server.rssMebibytes());
        } finally {
            remove(data);
        }
    }

    static void remove(Path folder) throws IOException {
        List<Path> deepestFirst;
        try (var files = Files.walk(folder)) {
            deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
        }
        for (var file : deepestFirst) {
            Files.delete(file);
        }
    }

    private Load() {}
}
