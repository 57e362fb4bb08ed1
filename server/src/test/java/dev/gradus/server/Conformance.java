package dev.gradus.server;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Writes {@code docs/conformance.md}: which recorded answers of the real service ours equal. */
final class Conformance {
    private static final String HEAD =
            """
            # Conformance

            How Gradus answers what was asked of AWS Step Functions while its answers were recorded: each case is replayed against a started
            server, and every member, value, order, event id, previousEventId and text must be equal. Written by `RecordingsTest`; do not edit.

            """;

    private Conformance() {}

    /** Returns the whole page. */
    static String page(List<Verdict> verdicts) {
        return HEAD + table(verdicts) + differences(verdicts) + later(verdicts);
    }

    private static String table(List<Verdict> verdicts) {
        var rows = new StringBuilder();
        rows.append("| area | cases | passed | differ | later |\n|---|---|---|---|---|\n");
        verdicts.stream()
                .collect(
                        Collectors.groupingBy(Conformance::area, TreeMap::new, Collectors.toList()))
                .forEach((area, cases) -> rows.append(row("`" + area + "`", cases)));
        return rows.append(row("all", verdicts)).append('\n').toString();
    }

    private static String row(String name, List<Verdict> cases) {
        return "| "
                + name
                + " | "
                + cases.size()
                + " | "
                + cases.stream().filter(Verdict::passed).count()
                + " | "
                + cases.stream().filter(Verdict::failed).count()
                + " | "
                + cases.stream().filter(it -> !it.eligible()).count()
                + " |\n";
    }

    /** What a case is about: the name of its file up to the first double underscore. */
    private static String area(Verdict verdict) {
        return verdict.recording().name().split("__", 2)[0];
    }

    private static String differences(List<Verdict> verdicts) {
        var text = new StringBuilder("## Known differences\n\n");
        var failed = verdicts.stream().filter(Verdict::failed).toList();
        for (var verdict : failed) {
            text.append("* `")
                    .append(verdict.recording().name())
                    .append("`, ")
                    .append(place(verdict.difference().orElseThrow()))
                    .append(". ")
                    .append(verdict.reason().orElse("Not explained"))
                    .append('.')
                    .append('\n');
        }
        return text.append(failed.isEmpty() ? "None.\n\n" : "\n").toString();
    }

    /** Leaves out values: they hold times. */
    private static String place(String difference) {
        return difference.split(": ?[\\[{]| in [\\[{]", 2)[0];
    }

    private static String later(List<Verdict> verdicts) {
        var text = new StringBuilder("## Not replayed yet\n\n");
        byReason(verdicts)
                .forEach((reason, names) ->
                        text.append("* ")
                                .append(reason)
                                .append(": ")
                                .append(names.size())
                                .append(names.size() == 1 ? " case" : " cases")
                                .append('\n'));
        return text.toString();
    }

    private static Map<String, List<String>> byReason(List<Verdict> verdicts) {
        var reasons = new TreeMap<String, List<String>>();
        for (var verdict : verdicts) {
            Optional<String> reason = verdict.later();
            reason.ifPresent(why ->
                    reasons.computeIfAbsent(why, _ -> new ArrayList<>())
                            .add(verdict.recording().name()));
        }
        return reasons;
    }
}
