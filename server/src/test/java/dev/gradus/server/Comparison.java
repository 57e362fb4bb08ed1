package dev.gradus.server;

import dev.gradus.expressions.Json;
import dev.gradus.expressions.JsonArray;
import dev.gradus.expressions.JsonNumber;
import dev.gradus.expressions.JsonObject;
import dev.gradus.expressions.JsonString;
import dev.gradus.expressions.JsonSyntaxException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Finds the first difference between what was recorded and what our server answered. */
final class Comparison {
    private static final Set<String> VOLATILE =
            Set.of("ResponseMetadata", "SdkHttpMetadata", "SdkResponseMetadata");
    private static final Set<String> TIMES =
            Set.of("timestamp", "datetime", "date", "start-time", "entered-time");
    private static final String MADE_UP = "generated-uuid";
    private static final Pattern TIME =
            Pattern.compile("[0-9]{2,4}-[0-9]{2}-[0-9]{2,4}T[0-9:.]+(Z|[+-][0-9:]+)?");
    private static final Pattern MILLIS = Pattern.compile("[0-9]{13}"); // in a log
    private static final Pattern UUID =
            Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    private static final int SHOWN = 600;

    /** Members that the service has answered since a day; an older recording cannot have them. */
    private static final Map<String, LocalDate> SINCE =
            Map.of(
                    "RedriveCount", LocalDate.of(2023, 11, 15),
                    "redriveCount", LocalDate.of(2023, 11, 15),
                    "redriveStatus", LocalDate.of(2023, 11, 15),
                    "redriveStatusReason", LocalDate.of(2023, 11, 15),
                    "encryptionConfiguration", LocalDate.of(2024, 7, 25));

    private final Placeholders placeholders;
    private final LocalDate day;

    /**
     * @param day when the answers were recorded
     */
    Comparison(Placeholders placeholders, LocalDate day) {
        this.placeholders = placeholders;
        this.day = day;
    }

    /** Compares one answer; empty when it is the recorded one. */
    Optional<String> of(Json recorded, Json ours) {
        return difference("", recorded, ours);
    }

    private Optional<String> difference(String at, Json recorded, Json ours) {
        if (recorded instanceof JsonString(var word) && TIMES.contains(word) && isTime(ours)) {
            return Optional.empty();
        }
        if (recorded instanceof JsonObject object && ours instanceof JsonObject other) {
            return objects(at, object, other);
        }
        if (recorded instanceof JsonArray array && ours instanceof JsonArray other) {
            return at.equals("/events")
                    ? events(at, array, other.elements())
                    : elements(at, array.elements(), other.elements());
        }
        if (recorded instanceof JsonString(var text) && ours instanceof JsonString(var other)) {
            return texts(at, text, other);
        }
        if (recorded instanceof JsonNumber number && ours instanceof JsonNumber other) {
            return sameNumber(number, other) ? Optional.empty() : told(at, recorded, ours);
        }
        if (ours instanceof JsonString(var text) && !recorded.equals(Json.NULL)) {
            return parsed(text)
                    .map(value -> difference(at, recorded, value))
                    .orElseGet(() -> told(at, recorded, ours));
        }
        return recorded.equals(ours) ? Optional.empty() : told(at, recorded, ours);
    }

    private Optional<String> objects(String at, JsonObject recorded, JsonObject ours) {
        for (var member : recorded) {
            if (VOLATILE.contains(member.name())) {
                continue;
            }
            var other = ours.get(filled(member.name(), ours));
            if (other.isEmpty()) {
                return Optional.of(
                        at
                                + ": no member '"
                                + member.name()
                                + "' in "
                                + shown(ours)
                                + ", recorded "
                                + shown(recorded));
            }
            var difference = difference(at + "/" + member.name(), member.value(), other.get());
            if (difference.isPresent()) {
                return difference;
            }
        }
        for (var name : ours.names()) {
            if (!VOLATILE.contains(name)
                    && !SINCE.getOrDefault(name, LocalDate.MIN).isAfter(day)
                    && recorded.names().stream().noneMatch(one -> filled(one, ours).equals(name))) {
                return Optional.of(
                        at + ": a member '" + name + "' that was not recorded, in " + shown(ours));
            }
        }
        return Optional.empty();
    }

    private String filled(String name, JsonObject ours) {
        return ours.names().stream()
                .filter(one -> placeholders.matches(name, one))
                .findFirst()
                .orElse(name);
    }

    private Optional<String> elements(String at, List<Json> recorded, List<Json> ours) {
        for (int i = 0; i < Math.min(recorded.size(), ours.size()); i++) {
            var difference = difference(at + "[" + i + "]", recorded.get(i), ours.get(i));
            if (difference.isPresent()) {
                return difference;
            }
        }
        return recorded.size() == ours.size()
                ? Optional.empty()
                : Optional.of(
                        at
                                + ": "
                                + recorded.size()
                                + " elements recorded, ours are "
                                + ours.size()
                                + ": "
                                + shown(JsonArray.of(ours)));
    }

    /**
     * Compares histories; events of Parallel branches, where the recording took their ids, in any
     * order.
     */
    private Optional<String> events(String at, JsonArray recordedArray, List<Json> oursInOrder) {
        var recorded = recordedArray.elements();
        if (recorded.stream().noneMatch(one -> History.isFolded((JsonObject) one))) {
            return elements(at, recorded, oursInOrder);
        }
        List<Json> ours =
                new ArrayList<>(
                        History.fold(oursInOrder.stream().map(JsonObject.class::cast).toList()));
        for (int i = 0; i < Math.min(recorded.size(), ours.size()); i++) {
            if (History.isFolded((JsonObject) recorded.get(i))) {
                moveMatching(recorded.get(i), ours, i);
            }
        }
        return elements(at, recorded, ours);
    }

    private void moveMatching(Json recorded, List<Json> ours, int place) {
        for (int i = place; i < ours.size() && History.isFolded((JsonObject) ours.get(i)); i++) {
            if (difference("", recorded, ours.get(i)).isEmpty()) {
                ours.add(place, ours.remove(i));
                return;
            }
        }
    }

    private Optional<String> texts(String at, String recorded, String ours) {
        if (placeholders.matches(recorded, ours)
                || (recorded.equals(MADE_UP) && UUID.matcher(ours).matches())) {
            return Optional.empty();
        }
        var expected = parsed(recorded).filter(Comparison::isTree);
        var actual = parsed(ours);
        if (expected.isPresent()
                && actual.isPresent()
                && placeholders.matches(expected.get().text(), actual.get().text())) {
            return Optional.empty();
        }
        return Optional.of(at + ": recorded \"" + cut(recorded) + "\", ours \"" + cut(ours) + "\"");
    }

    private static boolean isTree(Json json) {
        return json instanceof JsonObject || json instanceof JsonArray;
    }

    private static boolean isTime(Json ours) {
        return ours instanceof JsonNumber
                || (ours instanceof JsonString(var text)
                        && (TIME.matcher(text).matches() || MILLIS.matcher(text).matches()));
    }

    /** 1 is not 1.0, but 1.50 is 1.5: the recordings were written by a program with doubles. */
    private static boolean sameNumber(JsonNumber recorded, JsonNumber ours) {
        return recorded.isPlainInteger() == ours.isPlainInteger()
                && (recorded.text().equals(ours.text())
                        || (!recorded.isPlainInteger()
                                && recorded.doubleValue() == ours.doubleValue()));
    }

    private static Optional<Json> parsed(String text) {
        try {
            return Optional.of(Json.parse(text));
        } catch (JsonSyntaxException notJson) {
            return Optional.empty();
        }
    }

    private static Optional<String> told(String at, Json recorded, Json ours) {
        return Optional.of(at + ": recorded " + shown(recorded) + ", ours " + shown(ours));
    }

    private static String shown(Json json) {
        return cut(json.text());
    }

    private static String cut(String text) {
        return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "...";
    }
}
