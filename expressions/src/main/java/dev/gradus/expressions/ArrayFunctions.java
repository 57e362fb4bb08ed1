package dev.gradus.expressions;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/** The intrinsic functions over arrays and objects. */
final class ArrayFunctions {
    private ArrayFunctions() {}

    static Json partition(Arguments arguments) {
        var array = arguments.array(0);
        var size = arguments.truncated(1);
        if (size <= 0) {
            throw arguments.invalid();
        }
        var elements = array.elements();
        var chunks = new ArrayList<Json>();
        for (var from = 0; from < elements.size(); from += Math.min(size, elements.size())) {
            var to = Math.min((long) from + size, elements.size());
            chunks.add(JsonArray.of(elements.subList(from, (int) to)));
        }
        return JsonArray.of(chunks);
    }

    /**
     * Looks for a value. AWS compares texts: {@code true} is {@code 'true'}, and objects are the
     * same only if their members stand in the same order (recorded by others in 2026).
     */
    static Json contains(Arguments arguments) {
        var wanted = bareText(arguments.value(1));
        for (var element : arguments.array(0)) {
            if (bareText(element).equals(wanted)) {
                return JsonBoolean.TRUE;
            }
        }
        return JsonBoolean.FALSE;
    }

    static Json range(Arguments arguments) {
        long start = arguments.truncated(0);
        long end = arguments.truncated(1);
        long step = arguments.truncated(2);
        if (step == 0) {
            throw arguments.invalid();
        }
        var steps = Math.floorDiv(end - start, step);
        if (steps >= ExpressionLimits.ARRAY_RANGE_ITEMS_MAX) {
            throw arguments.invalid();
        }
        var items = new ArrayList<Json>();
        for (var i = 0; i <= steps; i++) {
            items.add(Json.of(start + i * step));
        }
        return JsonArray.of(items);
    }

    /**
     * Takes an element. AWS cuts the fraction of the index off, and an array without elements has
     * {@code null} at every index (recorded by others in 2026).
     */
    static Json getItem(Arguments arguments) {
        var array = arguments.array(0);
        var index = arguments.truncated(1);
        if (index >= 0 && array.size() == 0) {
            return Json.NULL;
        }
        if (index < 0 || index >= array.size()) {
            throw arguments.invalid();
        }
        return array.get(index);
    }

    /** Leaves each value once, in the order of a Java hash set (recorded by others in 2026). */
    static Json unique(Arguments arguments) {
        var array = arguments.array(0);
        var firsts = LinkedHashMap.<String, Json>newLinkedHashMap(array.size());
        for (var element : array) {
            firsts.putIfAbsent(CanonicalText.of(element), element);
        }
        return JsonArray.of(HashOrder.ofHashes(List.copyOf(firsts.values()), HashOrder::hash));
    }

    static Json merge(Arguments arguments) {
        var first = arguments.object(0);
        var second = arguments.object(1);
        // AWS takes anything but true for false (recorded by others in 2026).
        if (arguments.value(2).equals(JsonBoolean.TRUE)) {
            throw arguments.invalid();
        }
        var members = JsonObject.builder();
        first.members().forEach(member -> members.put(member.name(), member.value()));
        second.members().forEach(member -> members.put(member.name(), member.value()));
        var ordered = JsonObject.builder();
        HashOrder.of(members.build().members(), JsonObject.Member::name)
                .forEach(member -> ordered.put(member.name(), member.value()));
        return ordered.build();
    }

    private static String bareText(Json value) {
        return value instanceof JsonString(var text) ? text : value.text();
    }
}
