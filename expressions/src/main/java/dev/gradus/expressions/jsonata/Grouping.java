package dev.gradus.expressions.jsonata;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Pairs in braces: an object whose keys collect, from all items, what belongs to them. An object
 * constructor is the same of one item.
 */
record Grouping(List<Pair> pairs) {
    /** One {@code key: value}; a pattern of constants is compiled once. */
    record Pair(Expression key, Expression value) {}

    /** The items of one key. */
    private static final class Bucket {
        private final int pair;
        private Value items;
        private boolean isOwn;

        Bucket(int pair, Value item) {
            this.pair = pair;
            this.items = item;
        }

        /** Appends like {@link Values#append}, but to the same array from the second item on. */
        void append(Value item, Evaluation evaluation) {
            if (item == Value.UNDEFINED) {
                return;
            }
            if (isOwn && items instanceof ArrayValue own) {
                own.addAll(item, evaluation);
            } else {
                isOwn = items != Value.UNDEFINED;
                items = Values.append(items, item, evaluation);
            }
        }
    }

    Value apply(Value input, Frame frame) {
        if (!(input instanceof ArrayValue items)) {
            return ofOne(input, frame);
        }
        var isTuples = items.isTupleStream();
        return items.isEmpty() ? ofOne(Value.UNDEFINED, frame) : ofMany(items, isTuples, frame);
    }

    private ObjectValue ofOne(Value item, Frame frame) {
        var evaluation = frame.evaluation();
        var count = pairs.size();
        evaluation.steps((long) count * count / 64);
        var keys = new @Nullable String[count];
        for (var i = 0; i < count; i++) {
            var key = key(pairs.get(i), item, frame);
            keys[i] = key;
            for (var j = 0; j < i; j++) {
                if (key != null && key.equals(keys[j])) {
                    throw EvaluationFailure.of("D1009", new Value.Text(key));
                }
            }
        }
        var object = ObjectValue.empty();
        for (var i = 0; i < count; i++) {
            var key = keys[i];
            if (key != null) {
                var value = pairs.get(i).value.evaluate(item, frame);
                if (value != Value.UNDEFINED) {
                    object.set(key, value, evaluation);
                }
            }
        }
        return object;
    }

    private static @Nullable String key(Pair pair, Value item, Frame frame) {
        var key = pair.key.evaluate(item, frame);
        if (key == Value.UNDEFINED) {
            return null;
        }
        if (key instanceof Value.Text(var text)) {
            return text;
        }
        throw EvaluationFailure.of("T1003", key);
    }

    private ObjectValue ofMany(ArrayValue items, boolean isTuples, Frame frame) {
        var evaluation = frame.evaluation();
        var buckets = new LinkedHashMap<String, Bucket>();
        for (var i = 0; i < items.size(); i++) {
            var item = items.get(i);
            var tuple = isTuples && item instanceof ObjectValue bound ? bound : null;
            var inner = tuple == null ? frame : frame.inner(tuple);
            var context = tuple == null ? item : tuple.find(Values.ITEM);
            for (var p = 0; p < pairs.size(); p++) {
                var key = key(pairs.get(p), context, inner);
                if (key == null) {
                    continue;
                }
                var bucket = buckets.get(key);
                if (bucket == null) {
                    evaluation.made(Evaluation.MEMBER_BYTES);
                    buckets.put(key, new Bucket(p, item));
                } else if (bucket.pair != p) {
                    throw EvaluationFailure.of("D1009", new Value.Text(key));
                } else {
                    bucket.append(item, evaluation);
                }
            }
        }
        var object = ObjectValue.empty();
        buckets.forEach((key, bucket) -> {
            var value = value(bucket, isTuples, frame);
            if (value != Value.UNDEFINED) {
                object.set(key, value, evaluation);
            }
        });
        return object;
    }

    private Value value(Bucket bucket, boolean isTuples, Frame frame) {
        var expression = pairs.get(bucket.pair).value;
        if (!isTuples) {
            return expression.evaluate(bucket.items, frame);
        }
        var tuple = merged(bucket.items, frame.evaluation());
        var context = tuple.find(Values.ITEM);
        tuple.remove(Values.ITEM);
        return expression.evaluate(context, frame.inner(tuple));
    }

    /** Makes one tuple of many: each name is bound to all its values. */
    private static ObjectValue merged(Value tuples, Evaluation evaluation) {
        if (tuples instanceof ObjectValue single) {
            return single.copy(evaluation);
        }
        var merged = ObjectValue.empty();
        if (tuples instanceof ArrayValue array) {
            var buckets = new LinkedHashMap<String, Bucket>();
            for (var i = 0; i < array.size(); i++) {
                if (array.get(i) instanceof ObjectValue tuple) {
                    for (var m = 0; m < tuple.size(); m++) {
                        collect(buckets, tuple.name(m), tuple.value(m), evaluation);
                    }
                }
            }
            buckets.forEach((name, bucket) -> merged.set(name, bucket.items, evaluation));
        }
        return merged;
    }

    private static void collect(
            Map<String, Bucket> buckets, String name, Value value, Evaluation evaluation) {
        var bucket = buckets.get(name);
        if (bucket == null) {
            buckets.put(name, new Bucket(0, value));
        } else {
            bucket.append(value, evaluation);
        }
    }
}
