package dev.gradus.engine;

import dev.gradus.expressions.Json;
import dev.gradus.expressions.JsonObject;
import dev.gradus.expressions.Payload;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/**
 * The variables of one scope.
 *
 * <p>Kept as what each Assign set, so that a store that keeps equal payloads once writes a value
 * when it is assigned and not again with every transition.
 *
 * @param assignments objects from names to values, the oldest first; no name is in two of them and
 *     none is empty
 */
public record Variables(List<Payload> assignments) {
    public static final Variables NONE = new Variables(List.of());

    public Variables {
        assignments = List.copyOf(assignments);
    }

    /** Returns the value of a variable, if it is set in this scope. */
    public Optional<Json> find(String name) {
        for (var assignment : assignments) {
            var value = object(assignment).get(name);
            if (value.isPresent()) {
                return value;
            }
        }
        return Optional.empty();
    }

    /** Returns these variables with those of an object set, or set anew. */
    public Variables with(Payload assigned) {
        var names = new HashSet<>(object(assigned).names());
        if (names.isEmpty()) {
            return this;
        }
        var kept = new ArrayList<Payload>(assignments.size() + 1);
        for (var assignment : assignments) {
            var rest = JsonObject.builder();
            int left = 0;
            for (var member : object(assignment)) {
                if (!names.contains(member.name())) {
                    rest.put(member.name(), member.value());
                    left++;
                }
            }
            if (left == object(assignment).size()) {
                kept.add(assignment);
            } else if (left > 0) {
                kept.add(Payload.of(rest.build()));
            }
        }
        kept.add(assigned);
        return new Variables(kept);
    }

    /** Returns the size in bytes of UTF-8 JSON, names included. */
    public long bytes() {
        long sum = 0;
        for (var assignment : assignments) {
            sum += assignment.bytes();
        }
        return sum;
    }

    private static JsonObject object(Payload assignment) {
        if (assignment.json() instanceof JsonObject object) {
            return object;
        }
        throw new IllegalStateException("variables are kept as objects");
    }
}
