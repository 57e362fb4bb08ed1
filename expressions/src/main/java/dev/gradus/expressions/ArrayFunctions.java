package dev.gradus.expressions;

import java.util.ArrayList;
import java.util.LinkedHashMap;

/** The intrinsic functions over arrays and objects. */
final class ArrayFunctions {
    private ArrayFunctions() {}

    static Json partition(Arguments arguments) {
        var array = arguments.array(0);
        var size = arguments.rounded(1);
        if (size <= 0) {
            throw arguments.failure("The chunk size must be a positive number but was " + size);
        }
        var elements = array.elements();
        var chunks = new ArrayList<Json>();
        for (var from = 0; from < elements.size(); from += Math.min(size, elements.size())) {
            var to = Math.min((long) from + size, elements.size());
            chunks.add(JsonArray.of(elements.subList(from, (int) to)));
        }
        return JsonArray.of(chunks);
    }

    static Json contains(Arguments arguments) {
        var wanted = arguments.value(1);
        for (var element : arguments.array(0)) {
            if (element.sameValue(wanted)) {
                return JsonBoolean.TRUE;
            }
        }
        return JsonBoolean.FALSE;
    }

    static Json range(Arguments arguments) {
        long start = arguments.rounded(0);
        long end = arguments.rounded(1);
        long step = arguments.rounded(2);
        if (step == 0) {
            throw arguments.failure("The step of a range cannot be 0");
        }
        var steps = Math.floorDiv(end - start, step);
        if (steps >= ExpressionLimits.ARRAY_RANGE_ITEMS_MAX) {
            throw arguments.failure(
                    "A range has at most "
                            + ExpressionLimits.ARRAY_RANGE_ITEMS_MAX
                            + " items but would have "
                            + (steps + 1));
        }
        var items = new ArrayList<Json>();
        for (var i = 0; i <= steps; i++) {
            items.add(Json.of(start + i * step));
        }
        return JsonArray.of(items);
    }

    static Json getItem(Arguments arguments) {
        var array = arguments.array(0);
        var index = arguments.whole(1);
        if (index.isEmpty() || index.getAsLong() < 0 || index.getAsLong() >= array.size()) {
            throw arguments.failure(
                    "The index must be an integer from 0 to less than the array's length "
                            + array.size()
                            + " but was "
                            + arguments.value(1).text());
        }
        return array.get((int) index.getAsLong());
    }

    static Json unique(Arguments arguments) {
        var array = arguments.array(0);
        var firsts = LinkedHashMap.<String, Json>newLinkedHashMap(array.size());
        for (var element : array) {
            firsts.putIfAbsent(CanonicalText.of(element), element);
        }
        return firsts.size() == array.size() ? array : JsonArray.of(firsts.values());
    }

    static Json merge(Arguments arguments) {
        var first = arguments.object(0);
        var second = arguments.object(1);
        if (!arguments.value(2).equals(JsonBoolean.FALSE)) {
            throw arguments.failure(
                    "States.JsonMerge merges only the top level: argument 3 must be false but was "
                            + arguments.value(2).text());
        }
        var members = JsonObject.builder();
        first.members().forEach(member -> members.put(member.name(), member.value()));
        second.members().forEach(member -> members.put(member.name(), member.value()));
        var ordered = JsonObject.builder();
        HashOrder.of(members.build().members(), JsonObject.Member::name)
                .forEach(member -> ordered.put(member.name(), member.value()));
        return ordered.build();
    }
}
