package dev.gradus.server;

import dev.gradus.engine.ExecutionQuotas;
import dev.gradus.runtime.Quotas;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Reads quotas that an operator set: sections {@code [account]} and {@code [executions]}, and one
 * for each pattern of machines' ARNs, in which {@code *} stands for anything. What is not set stays
 * as AWS has it.
 */
final class QuotasFile {
    private static final String ACCOUNT = "account";
    private static final String EXECUTIONS = "executions";
    private static final String UNLIMITED = "unlimited";
    private static final Set<String> OF_ACCOUNT =
            Set.of("state_machines", "activities", "versions", "aliases", "tags", "pollers");
    private static final Set<String> OF_EXECUTIONS =
            Set.of("history_events", "run_days", "retention_days");
    private static final Set<String> OF_MACHINES = Set.of("history_events", "run_days");

    /** Fewer events cannot tell of a start, a state and an end. */
    private static final int EVENTS_MIN = 10;

    private static final int DAYS_MAX = 36_500;
    private static final long SECONDS_A_DAY = 86_400;

    private final Map<String, Map<String, String>> sections = new LinkedHashMap<>();

    private QuotasFile() {}

    /**
     * Reads a file.
     *
     * @throws IOException if it cannot be used; the message names the line or the section
     */
    static Quotas read(Path file) throws IOException {
        try {
            return parse(Files.readString(file));
        } catch (IllegalArgumentException | IOException unusable) {
            throw new IOException(
                    "--quotas-file %s cannot be used: %s".formatted(file, unusable.getMessage()),
                    unusable);
        }
    }

    /** Reads its text; throws IllegalArgumentException. */
    static Quotas parse(String text) {
        var file = new QuotasFile();
        file.take(text);
        return file.quotas();
    }

    private void take(String text) {
        var number = 0;
        Map<String, String> members = Map.of();
        Set<String> known = Set.of();
        for (var raw : text.split("\n", -1)) {
            number++;
            var line = raw.strip();
            if (line.isEmpty() || line.startsWith("#") || line.startsWith(";")) {
                continue;
            }
            if (line.startsWith("[") && line.endsWith("]")) {
                var name = line.substring(1, line.length() - 1).strip();
                known = known(name, number);
                members = sections.computeIfAbsent(name, _ -> new LinkedHashMap<>());
                continue;
            }
            var equals = line.indexOf('=');
            var member = equals < 0 ? line : line.substring(0, equals).strip();
            if (equals < 0 || !known.contains(member)) {
                throw new IllegalArgumentException(
                        "line %d sets '%s': %s"
                                .formatted(
                                        number,
                                        member,
                                        known.isEmpty()
                                                ? "it stands before the first [section]"
                                                : "its section knows " + sorted(known)));
            }
            members.put(member, line.substring(equals + 1).strip());
        }
    }

    private static Set<String> known(String section, int number) {
        return switch (section) {
            case ACCOUNT -> OF_ACCOUNT;
            case EXECUTIONS -> OF_EXECUTIONS;
            default -> {
                if (!section.startsWith("arn:") && !section.startsWith("*")) {
                    throw new IllegalArgumentException(
                            "line %d: a section is [account], [executions] or a pattern of machines' ARNs such as [arn:aws:states:*:*:stateMachine:nightly-*], not [%s]"
                                    .formatted(number, section));
                }
                yield OF_MACHINES;
            }
        };
    }

    private static String sorted(Set<String> names) {
        return names.stream().sorted().collect(Collectors.joining(", "));
    }

    private Quotas quotas() {
        var aws = Quotas.Counts.AWS;
        var counts =
                new Quotas.Counts(
                        count("state_machines", aws.stateMachines()),
                        count("activities", aws.activities()),
                        count("versions", aws.versions()),
                        count("aliases", aws.aliases()),
                        count("tags", aws.tags()),
                        count("pollers", aws.pollers()));
        var executions =
                new ExecutionQuotas(
                        events(EXECUTIONS, ExecutionQuotas.AWS),
                        runSeconds(EXECUTIONS, ExecutionQuotas.AWS),
                        false);
        var exceptions = new ArrayList<Quotas.OfMachines>();
        for (var pattern : sections.keySet()) {
            if (!pattern.equals(ACCOUNT) && !pattern.equals(EXECUTIONS)) {
                exceptions.add(exception(pattern, executions));
            }
        }
        return new Quotas(counts, retention(), executions, exceptions);
    }

    private Quotas.OfMachines exception(String pattern, ExecutionQuotas others) {
        var arns =
                Pattern.compile(
                        Stream.of(pattern.split("\\*", -1))
                                .map(Pattern::quote)
                                .collect(Collectors.joining(".*")));
        boolean ownTime = of(pattern).containsKey("run_days");
        return new Quotas.OfMachines(
                arn -> arns.matcher(arn).matches(),
                new ExecutionQuotas(events(pattern, others), runSeconds(pattern, others), ownTime));
    }

    private Map<String, String> of(String section) {
        return sections.getOrDefault(section, Map.of());
    }

    private int count(String name, int otherwise) {
        return number(ACCOUNT, name, 1, otherwise);
    }

    private int events(String section, ExecutionQuotas otherwise) {
        return number(section, "history_events", EVENTS_MIN, otherwise.historyEvents());
    }

    private long runSeconds(String section, ExecutionQuotas otherwise) {
        if (!of(section).containsKey("run_days")) {
            return otherwise.runSeconds();
        }
        int days = days(section, "run_days");
        return days == Quotas.UNLIMITED ? ExecutionQuotas.UNLIMITED : days * SECONDS_A_DAY;
    }

    private Duration retention() {
        if (!of(EXECUTIONS).containsKey("retention_days")) {
            return Quotas.AWS.retention();
        }
        int days = days(EXECUTIONS, "retention_days");
        return Duration.ofDays(days == Quotas.UNLIMITED ? DAYS_MAX : days);
    }

    private int days(String section, String name) {
        int days = number(section, name, 1, Quotas.UNLIMITED);
        if (days != Quotas.UNLIMITED && days > DAYS_MAX) {
            throw wrong(section, name, "at most " + DAYS_MAX + " days, or unlimited");
        }
        return days;
    }

    private int number(String section, String name, int min, int otherwise) {
        var text = of(section).get(name);
        if (text == null) {
            return otherwise;
        }
        if (text.equals(UNLIMITED)) {
            return Quotas.UNLIMITED;
        }
        if (!text.matches("[0-9]{1,9}") || Integer.parseInt(text) < min) {
            throw wrong(section, name, "a whole number from " + min + ", or unlimited");
        }
        return Integer.parseInt(text);
    }

    private static IllegalArgumentException wrong(String section, String name, String wanted) {
        return new IllegalArgumentException("[" + section + "] " + name + " must be " + wanted);
    }
}
