package dev.gradus.asl;

import dev.gradus.expressions.Json;
import dev.gradus.expressions.JsonArray;
import dev.gradus.expressions.JsonBoolean;
import dev.gradus.expressions.JsonObject;
import dev.gradus.expressions.JsonString;
import java.util.ArrayList;
import java.util.List;

/**
 * What the walk over the transitions needs to know of a state, in either query language.
 *
 * <p>It is taken from the fields as they stand, whatever else is wrong with them: AWS walks the
 * transitions of a definition with other faults too (recorded by others in 2026).
 *
 * @param at where the state is
 * @param targets where it may go, in the order of the definition
 * @param terminal whether it ends its block by itself
 */
record StateOutline(String name, Location at, List<Target> targets, boolean terminal) {

    /** One place that names a state to go to. */
    record Target(String state, Location at) {}

    /** Outlines one member of {@code States}; one without a Type neither ends nor goes anywhere. */
    static StateOutline of(String name, Json state, Location at) {
        if (!(state instanceof JsonObject fields) || !fields.has("Type")) {
            return new StateOutline(name, at, List.of(), false);
        }
        var targets = new ArrayList<Target>();
        for (var member : fields) {
            var here = at.field(member.name());
            switch (member.name()) {
                case "Next", "Default" -> addTarget(member.value(), here, targets);
                case "Choices", "Catch" -> addTargets(member.value(), here, targets);
                default -> {}
            }
        }
        return new StateOutline(name, at, List.copyOf(targets), isTerminal(fields));
    }

    private static boolean isTerminal(JsonObject fields) {
        return fields.get("End").filter(JsonBoolean.TRUE::equals).isPresent()
                || fields.get("Type")
                        .filter(type ->
                                type.equals(Json.of(StateType.SUCCEED.text()))
                                        || type.equals(Json.of(StateType.FAIL.text())))
                        .isPresent();
    }

    private static void addTargets(Json list, Location at, List<Target> targets) {
        if (list instanceof JsonArray array) {
            for (int i = 0; i < array.size(); i++) {
                var here = at.element(i).field("Next");
                if (array.get(i) instanceof JsonObject rule) {
                    rule.get("Next").ifPresent(next -> addTarget(next, here, targets));
                }
            }
        }
    }

    private static void addTarget(Json value, Location at, List<Target> targets) {
        if (value instanceof JsonString(var state)) {
            targets.add(new Target(state, at));
        }
    }
}
