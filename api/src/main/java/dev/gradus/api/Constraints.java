package dev.gradus.api;

import dev.gradus.runtime.ErrorShape;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Checks decoded members against their declared constraints and words violations as AWS does.
 *
 * <p>Source of the words: recordings of the service (form, enum order, nested paths) and AWS's
 * common framework for the null and sensitive forms, which no recording of this service shows.
 */
final class Constraints {
    private final List<String> violations = new ArrayList<>(0);

    private Constraints() {}

    /** Returns if all is well; throws ValidationException with every violation otherwise. */
    static void check(Members members) {
        var constraints = new Constraints();
        constraints.structure(members, "");
        var found = constraints.violations;
        if (!found.isEmpty()) {
            throw ErrorShape.ValidationException.because(
                    found.size()
                            + (found.size() == 1 ? " validation error" : " validation errors")
                            + " detected: "
                            + String.join("; ", found));
        }
    }

    private void structure(Members members, String prefix) {
        var declared = members.shape().members();
        for (var i = 0; i < declared.size(); i++) {
            var member = declared.get(i);
            var value = members.decoded(i);
            if (value == null) {
                if (member.required()) {
                    violated(null, prefix + member.name(), "Member must not be null");
                }
            } else {
                value(value, member.type(), prefix, member.name());
            }
        }
    }

    private void value(Object value, MemberType<?> type, String prefix, String name) {
        switch (type) {
            case MemberType.Text text -> text((String) value, text, prefix, name);
            case MemberType.Choice<?> choice -> {
                if (!choice.shown().contains((String) value)) {
                    violated(
                            value,
                            prefix + name,
                            "Member must satisfy enum value set: " + choice.shown());
                }
            }
            case MemberType.Whole whole ->
                    range((Integer) value, whole.min(), whole.max(), prefix + name);
            case MemberType.Count count ->
                    range((Long) value, count.min(), Long.MAX_VALUE, prefix + name);
            case MemberType.Fraction fraction ->
                    range((Float) value, fraction.min(), fraction.max(), prefix + name);
            case MemberType.Flag _ -> {
                // Both values are fine.
            }
            case MemberType.Structure<?> _ -> structure((Members) value, prefix + name + ".");
            case MemberType.ListOf<?> list -> list((List<?>) value, list, prefix, name);
        }
    }

    private void range(Number value, long min, long max, String path) {
        if (value.doubleValue() > max) {
            violated(value, path, "Member must have value less than or equal to " + max);
        } else if (value.doubleValue() < min) {
            violated(value, path, "Member must have value greater than or equal to " + min);
        }
    }

    private void list(List<?> value, MemberType.ListOf<?> type, String prefix, String name) {
        if (value.size() > type.max()) {
            violated(
                    value,
                    prefix + name,
                    "Member must have length less than or equal to " + type.max());
        } else if (value.size() < type.min()) {
            violated(
                    value,
                    prefix + name,
                    "Member must have length greater than or equal to " + type.min());
        }
        var position = 1; // AWS counts from one
        for (var element : value) {
            value(element, type.element(), prefix + name + ".", position + ".member");
            position++;
        }
    }

    private void text(String value, MemberType.Text type, String prefix, String name) {
        var shown = type.sensitive() ? "" : value;
        var length = lengthOf(value, type);
        if (length < type.min()) {
            violatedText(
                    shown,
                    type,
                    prefix + name,
                    "Member must have length greater than or equal to " + type.min());
        }
        if (length > type.max()) {
            violatedText(
                    shown,
                    type,
                    prefix + name,
                    "Member must have length less than or equal to " + type.max());
        }
        type.pattern()
                .filter(pattern -> !pattern.matcher(value).matches())
                .ifPresent(pattern ->
                        violatedText(
                                shown,
                                type,
                                prefix + name,
                                "Member must satisfy regular expression pattern: " + pattern));
    }

    private static int lengthOf(String value, MemberType.Text type) {
        return switch (type.unit()) {
            case CHARACTERS -> value.length();
            // Three bytes are the most for one char: short payloads need no counting.
            case UTF8_BYTES ->
                    value.length() <= type.max() / 3 ? value.length() : Utf8.length(value);
        };
    }

    private void violatedText(String shown, MemberType.Text type, String path, String constraint) {
        if (type.sensitive()) {
            violations.add("Value at '" + path + "' failed to satisfy constraint: " + constraint);
        } else {
            violated(shown, path, constraint);
        }
    }

    private void violated(@Nullable Object value, String path, String constraint) {
        var shown = value == null ? "null" : "'" + value + "'";
        violations.add(
                "Value "
                        + shown
                        + " at '"
                        + path
                        + "' failed to satisfy constraint: "
                        + constraint);
    }
}
