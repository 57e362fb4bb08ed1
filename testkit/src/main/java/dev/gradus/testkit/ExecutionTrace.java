package dev.gradus.testkit;

import dev.gradus.expressions.Json;
import dev.gradus.expressions.JsonArray;
import dev.gradus.expressions.JsonNumber;
import dev.gradus.expressions.JsonObject;
import dev.gradus.expressions.JsonString;
import dev.gradus.expressions.JsonSyntaxException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * A history seen by branch: what each line of control did, in its own order, without ids, times,
 * tokens and attempt numbers, so that the histories of two runs can be compared although their
 * branches took turns differently.
 *
 * @param lines the events of each line of control, as text
 * @param lost attempts that ended because a crash took their answer; they are not in the lines
 * @param unseen calls whose task was answered by its token while a crash took the call's own
 *     response: that is missing in TaskSubmitted, nothing else
 * @param flaws what no history may have: gaps, doubled events, previous ids that lead nowhere
 */
record ExecutionTrace(
        Map<String, List<String>> lines, List<Lost> lost, List<Lost> unseen, List<String> flaws) {

    /**
     * A call whose answer a crash took.
     *
     * @param ended when that was found
     * @param token the task token that it had sent out, empty if it has none
     */
    record Lost(Instant scheduled, Instant ended, String token) {
        boolean wasInFlightAt(Instant kill) {
            return !scheduled.isAfter(kill.plus(CLOCK_SLACK))
                    && !ended.isBefore(kill.minus(CLOCK_SLACK));
        }
    }

    private static final String LOST = "because this server stopped";
    private static final Duration CLOCK_SLACK = Duration.ofMillis(50);
    private static final String SUBMITTED = "TaskSubmitted";
    private static final Set<String> VOLATILE =
            Set.of("token", "attempt", "SdkHttpMetadata", "SdkResponseMetadata");
    private static final Set<String> TEXTS = Set.of("input", "output", "parameters");
    private static final Set<String> JOINS =
            Set.of(
                    "ParallelStateSucceeded",
                    "ParallelStateExited",
                    "MapStateSucceeded",
                    "MapStateExited");

    ExecutionTrace {
        lines = Map.copyOf(lines);
        lost = List.copyOf(lost);
        unseen = List.copyOf(unseen);
        flaws = List.copyOf(flaws);
    }

    /** Reads a whole history, as GetExecutionHistory returns it. */
    static ExecutionTrace of(List<JsonObject> events) {
        var reader = new Reader();
        long expected = 1;
        for (var event : events) {
            reader.read(event, expected++);
        }
        return reader.trace();
    }

    static String text(JsonObject object, String member) {
        return object.get(member).orElse(Json.NULL) instanceof JsonString(var value) ? value : "";
    }

    /** One event on its line. */
    private record Step(long id, String type, JsonObject event) {}

    private static final class Reader {
        private final Map<Long, String> lineOf = new HashMap<>();
        private final Map<Long, String> typeOf = new HashMap<>();
        private final Map<String, List<Step>> lines = new TreeMap<>();
        private final List<Lost> lost = new ArrayList<>();
        private final List<Lost> unseen = new ArrayList<>();
        private final List<String> flaws = new ArrayList<>();

        void read(JsonObject event, long expected) {
            var id = number(event, "id");
            var previous = number(event, "previousEventId");
            var type = ExecutionTrace.text(event, "type");
            if (id != expected) {
                flaws.add("event " + expected + " has the id " + id);
            }
            if (lineOf.containsKey(id)) {
                flaws.add("event " + id + " is there twice");
            }
            boolean opening = id <= 2;
            if (opening ? previous != 0 : previous <= 0 || previous >= id) {
                flaws.add("event " + id + " follows " + previous);
            }
            var line = opening ? "/" : line(event, type, previous);
            var steps = lines.computeIfAbsent(line, _ -> new ArrayList<>());
            // Only a join points into another line; any other event continues its own.
            if (!opening
                    && !JOINS.contains(type)
                    && !steps.isEmpty()
                    && steps.getLast().id() != previous) {
                flaws.add("event " + id + " follows " + previous + ", not " + steps.getLast().id());
            }
            steps.add(new Step(id, type, event));
            lineOf.put(id, line);
            typeOf.put(id, type);
        }

        private String line(JsonObject event, String type, long previous) {
            var line = lineOf.getOrDefault(previous, "/");
            if (JOINS.contains(type)) {
                return line.substring(0, Math.max(1, line.lastIndexOf('/', line.length() - 2) + 1));
            }
            if (typeOf.getOrDefault(previous, "").equals("ParallelStateStarted")) {
                return line + details(event).get("name").orElse(Json.NULL).text() + "/";
            }
            if (type.equals("MapIterationStarted")) {
                return line + details(event).get("index").orElse(Json.NULL).text() + "/";
            }
            return line;
        }

        ExecutionTrace trace() {
            var texts = new TreeMap<String, List<String>>();
            lines.forEach((line, steps) -> texts.put(line, withoutLost(steps)));
            return new ExecutionTrace(texts, lost, unseen, flaws);
        }

        private List<String> withoutLost(List<Step> steps) {
            var texts = new ArrayList<String>();
            var attempt = new ArrayList<Step>(); // from its Scheduled event on
            for (var step : steps) {
                if (step.type().endsWith("Scheduled")) {
                    attempt.clear();
                }
                attempt.add(step);
                if (isUnseen(step)) {
                    unseen.add(lost(attempt));
                }
                var details = stable(details(step.event()));
                texts.add(
                        step.type()
                                + " "
                                + (step.type().equals(SUBMITTED)
                                                ? details.without("output")
                                                : details)
                                        .text());
                if (step.type().endsWith("Failed")
                        && ExecutionTrace.text(details(step.event()), "cause").contains(LOST)) {
                    texts.subList(texts.size() - attempt.size(), texts.size()).clear();
                    lost.add(lost(attempt));
                }
            }
            return texts;
        }

        private static Lost lost(List<Step> attempt) {
            return new Lost(
                    time(attempt.getFirst()),
                    time(attempt.getLast()),
                    token(details(attempt.getFirst().event())));
        }

        /** The call was taken and answered by its token, but a crash took its own response. */
        private static boolean isUnseen(Step step) {
            return step.type().equals(SUBMITTED)
                    && ExecutionTrace.text(details(step.event()), "output").equals("null");
        }

        private static String token(JsonObject scheduled) {
            return parsed(ExecutionTrace.text(scheduled, "parameters")) instanceof JsonObject call
                            && call.get("Payload").orElse(Json.NULL) instanceof JsonObject payload
                    ? ExecutionTrace.text(payload, "token")
                    : "";
        }

        private static Instant time(Step step) {
            var seconds = step.event().get("timestamp").orElse(Json.NULL).text();
            return Instant.ofEpochMilli(Math.round(Double.parseDouble(seconds) * 1_000));
        }

        private static long number(JsonObject event, String member) {
            return event.get(member).orElse(Json.NULL) instanceof JsonNumber number
                    ? Long.parseLong(number.text())
                    : 0;
        }
    }

    private static JsonObject details(JsonObject event) {
        for (var member : event) {
            if (member.name().endsWith("EventDetails")
                    && member.value() instanceof JsonObject details) {
                return details;
            }
        }
        return JsonObject.EMPTY;
    }

    private static Json parsed(String text) {
        try {
            return Json.parse(text);
        } catch (JsonSyntaxException plain) {
            return Json.of(text);
        }
    }

    /** The value without what differs from run to run. */
    private static JsonObject stable(JsonObject object) {
        var kept = JsonObject.builder();
        for (var member : object) {
            if (!VOLATILE.contains(member.name())) {
                kept.put(member.name(), stableMember(member));
            }
        }
        return kept.build();
    }

    private static Json stableMember(JsonObject.Member member) {
        return TEXTS.contains(member.name()) && member.value() instanceof JsonString(var text)
                ? stable(parsed(text))
                : stable(member.value());
    }

    private static Json stable(Json value) {
        if (value instanceof JsonArray array) {
            return JsonArray.of(array.elements().stream().map(ExecutionTrace::stable).toList());
        }
        return value instanceof JsonObject object ? stable(object) : value;
    }
}
