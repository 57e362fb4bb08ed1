package dev.gradus.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Kills a server with SIGKILL while it works, and shows that nothing acknowledged is lost and
 * nothing happens twice: {@code java dev.gradus.testkit.KillTest --launcher ./gradus [--seed N]
 * [--kills 5] [--on-lost-call fail|resend]}; without the last, one run each.
 *
 * <p>Sixteen clients start executions of three kinds; each acknowledgement is forced to a file by
 * another process before the client's next request. Every history is then compared, line of control
 * by line of control, with the one of the same execution on a server that was left alone. With
 * {@code fail} an attempt whose call was in flight at a kill may show one lost-call failure and one
 * attempt more, or, if its token was answered meanwhile, a TaskSubmitted without the call's
 * response; with {@code resend} nothing may differ.
 */
public final class KillTest {
    private static final int SHOWN = 40;

    private final List<String> launcher;
    private final Path folder;
    private final long seed;
    private final int kills;

    private record Outcome(Map<String, ExecutionTrace> traces, List<String> violations) {}

    private KillTest(List<String> launcher, Path folder, long seed, int kills) {
        this.launcher = List.copyOf(launcher);
        this.folder = folder;
        this.seed = seed;
        this.kills = kills;
    }

    /** Runs it; exits with 1 on any violation. */
    public static void main(String[] arguments) throws IOException {
        var launcher = "./gradus";
        var seed = new Random().nextLong(1_000_000_000);
        int kills = 5;
        var modes = List.of("fail", "resend");
        var left = new ArrayDeque<>(List.of(arguments));
        while (!left.isEmpty()) {
            var flag = left.remove();
            if (left.isEmpty()) {
                throw new IllegalArgumentException(flag + " has no value");
            }
            switch (flag) {
                case "--launcher" -> launcher = left.remove();
                case "--seed" -> seed = Long.parseLong(left.remove());
                case "--kills" -> kills = Integer.parseInt(left.remove());
                case "--on-lost-call" -> modes = List.of(left.remove());
                default -> throw new IllegalArgumentException("unknown flag " + flag);
            }
        }
        System.out.println("To repeat: scripts/kill-test --seed " + seed + " --kills " + kills);
        var folder = Files.createTempDirectory("gradus-kill-test");
        boolean passed = new KillTest(List.of(launcher, "serve"), folder, seed, kills).run(modes);
        if (passed) {
            delete(folder);
        } else {
            System.out.println("Data folders, logs and acknowledgements are kept in " + folder);
        }
        System.exit(passed ? 0 : 1);
    }

    private boolean run(List<String> modes) throws IOException {
        var outcomes = new LinkedHashMap<String, Outcome>();
        try (var workload = new KillWorkload()) {
            for (var mode : modes) {
                outcomes.put(mode, disturbed(workload, mode));
            }
            var names = new TreeSet<String>();
            outcomes.values().forEach(outcome -> names.addAll(outcome.traces().keySet()));
            var reference = undisturbed(workload, names);
            return report(outcomes, reference);
        }
    }

    private Outcome disturbed(KillWorkload workload, String mode) throws IOException {
        System.out.println("on-lost-call=" + mode);
        var begin = System.nanoTime();
        var place = Files.createDirectories(folder.resolve(mode));
        var run = new KillRun(workload);
        try (var server = server(workload, place, "--on-lost-call", mode)) {
            var calls = new ServerCalls(server.port());
            run.disturbed(server, calls, new Random(seed), kills, place.resolve("acks"));
            checkLost(run, workload, server.kills());
            var lost = count(run, ExecutionTrace::lost);
            var unseen = count(run, ExecutionTrace::unseen);
            var twice = workload.sent().values().stream().filter(times -> times > 1).count();
            if (mode.equals("fail") && twice > 0) {
                run.violations().add(twice + " attempts were sent twice");
            }
            if (!mode.equals("fail") && lost + unseen > 0) {
                run.violations().add(lost + unseen + " calls were lost, not sent again");
            }
            System.out.printf(
                    "  %d executions acknowledged, %d kills, %d outcomes unknown to clients, %d"
                            + " throttled, %d lost calls, %d responses lost after the token's"
                            + " answer, %d attempts sent again, %.1f s%n",
                    run.requested().size(),
                    kills,
                    calls.unknownOutcomes(),
                    calls.throttled(),
                    lost,
                    unseen,
                    twice,
                    (System.nanoTime() - begin) / 1e9);
            return new Outcome(run.traces(), run.violations());
        }
    }

    private Outcome undisturbed(KillWorkload workload, Set<String> names) throws IOException {
        var begin = System.nanoTime();
        var place = Files.createDirectories(folder.resolve("undisturbed"));
        var run = new KillRun(workload);
        try (var server = server(workload, place)) {
            run.undisturbed(new ServerCalls(server.port()), names);
        }
        run.traces()
                .forEach((name, trace) -> {
                    if (!trace.lost().isEmpty() || !trace.unseen().isEmpty()) {
                        run.violations().add(name + " lost a call on a server that was left alone");
                    }
                });
        System.out.printf(
                "undisturbed%n  %d executions, %.1f s%n",
                names.size(), (System.nanoTime() - begin) / 1e9);
        return new Outcome(run.traces(), run.violations());
    }

    private ServerProcess server(KillWorkload workload, Path place, String... more) {
        var command = new ArrayList<>(launcher);
        command.addAll(List.of(more));
        return new ServerProcess(command, Map.of("LAMBDA_ENDPOINT", workload.endpoint()), place);
    }

    /** Each lost call was in flight at a kill, and nobody was told that its token had succeeded. */
    private static void checkLost(KillRun run, KillWorkload workload, List<Instant> kills) {
        run.traces()
                .forEach((name, trace) -> {
                    for (var lost : trace.lost()) {
                        if (workload.tokens().getOrDefault(lost.token(), "").equals("ok")) {
                            run.violations().add(name + " lost an acknowledged task: " + lost);
                        }
                    }
                    Stream.concat(trace.lost().stream(), trace.unseen().stream())
                            .filter(lost -> kills.stream().noneMatch(lost::wasInFlightAt))
                            .forEach(lost ->
                                    run.violations().add(name + " without a kill: " + lost));
                });
        workload.tokens().values().stream()
                .filter(said -> !said.equals("ok") && !said.equals("TaskTimedOut"))
                .forEach(said -> run.violations().add("a task token was answered with " + said));
    }

    private static int count(
            KillRun run, Function<ExecutionTrace, List<ExecutionTrace.Lost>> calls) {
        return run.traces().values().stream().mapToInt(trace -> calls.apply(trace).size()).sum();
    }

    private boolean report(Map<String, Outcome> outcomes, Outcome reference) {
        var violations = new ArrayList<String>();
        reference.violations().forEach(one -> violations.add("undisturbed: " + one));
        var bad = new HashSet<String>();
        int checked = 0;
        for (var mode : outcomes.entrySet()) {
            mode.getValue().violations().forEach(one -> violations.add(mode.getKey() + ": " + one));
            for (var trace : mode.getValue().traces().entrySet()) {
                checked++;
                var name = mode.getKey() + ": " + trace.getKey();
                var flaws = new ArrayList<>(trace.getValue().flaws());
                difference(reference.traces(), trace.getKey(), trace.getValue())
                        .ifPresent(flaws::add);
                if (!flaws.isEmpty()) {
                    bad.add(name);
                    violations.add(name + " " + flaws);
                }
            }
        }
        violations.stream().limit(SHOWN).forEach(one -> System.out.println("VIOLATION " + one));
        System.out.printf("%d passed, %d failed%n", checked - bad.size(), violations.size());
        return violations.isEmpty();
    }

    /** How an execution differs from the one of the same name on the server that was left alone. */
    private static Optional<String> difference(
            Map<String, ExecutionTrace> reference, String name, ExecutionTrace found) {
        var expected = reference.get(name);
        if (expected == null) {
            return Optional.of("did not run on the undisturbed server");
        }
        if (expected.lines().equals(found.lines())) {
            return Optional.empty();
        }
        for (var line : expected.lines().entrySet()) {
            var other = found.lines().getOrDefault(line.getKey(), List.of());
            if (!other.equals(line.getValue())) {
                return Optional.of(
                        "differs from the undisturbed run in %s%n  expected %s%n  found %s"
                                .formatted(
                                        line.getKey(),
                                        String.join("\n    ", line.getValue()),
                                        String.join("\n    ", other)));
            }
        }
        return Optional.of("has the lines " + found.lines().keySet());
    }

    private static void delete(Path folder) {
        try (var files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> {
                        try {
                            Files.delete(file);
                        } catch (IOException e) {
                            throw new UncheckedIOException(e);
                        }
                    });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
