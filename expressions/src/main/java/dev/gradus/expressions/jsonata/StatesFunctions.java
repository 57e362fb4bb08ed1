package dev.gradus.expressions.jsonata;

import dev.gradus.expressions.Digests;
import dev.gradus.expressions.Json;
import dev.gradus.expressions.JsonSyntaxException;
import dev.gradus.expressions.Randomness;
import dev.gradus.expressions.jsonata.NativeFunction.Arguments;

/**
 * The functions that Step Functions adds to JSONata.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/step-functions/latest/dg/transforming-data.html">JSONata
 *     functions provided by Step Functions</a>
 */
final class StatesFunctions {
    private StatesFunctions() {}

    /** AWS: with a seed, Java's generator's first number, bit for bit (observed 2026). */
    static Value random(Arguments arguments) {
        var drawn =
                arguments.isMissing(0)
                        ? arguments.evaluation().randomness().nextDouble()
                        : Randomness.javaRandom((long) arguments.number(0)).nextDouble();
        return Value.Num.of(drawn);
    }

    static Value uuid(Arguments arguments) {
        return arguments.made(arguments.evaluation().randomness().uuid());
    }

    static Value partition(Arguments arguments) {
        if (arguments.isMissing(0)) {
            return Value.UNDEFINED;
        }
        var evaluation = arguments.evaluation();
        var array = arguments.array(0);
        var size = (long) arguments.number(1);
        if (size <= 0) {
            throw EvaluationFailure.internal(
                    "The chunk size must be a positive number but was " + size);
        }
        var chunks = ArrayValue.plain();
        for (var from = 0L; from < array.size(); from += size) {
            evaluation.step();
            evaluation.made(Evaluation.VALUE_BYTES);
            var chunk = ArrayValue.plain();
            for (var i = from; i < Math.min(from + size, array.size()); i++) {
                evaluation.made(Evaluation.ELEMENT_BYTES);
                chunk.add(array.get((int) i), evaluation);
            }
            chunks.add(chunk, evaluation);
        }
        return chunks;
    }

    static Value range(Arguments arguments) {
        if (arguments.isMissing(0) || arguments.isMissing(1) || arguments.isMissing(2)) {
            return Value.UNDEFINED;
        }
        var start = truncated(arguments.number(0));
        var end = truncated(arguments.number(1));
        var step = truncated(arguments.number(2));
        if (step == 0) {
            throw EvaluationFailure.internal("The step of a range cannot be 0");
        }
        var evaluation = arguments.evaluation();
        var range = ArrayValue.sequence();
        for (var i = start; step > 0 ? i <= end : i >= end; i += step) {
            evaluation.step();
            evaluation.made(Evaluation.RANGE_NUMBER_BYTES - Evaluation.ELEMENT_BYTES);
            range.add(Value.Num.of(i), evaluation);
        }
        return range;
    }

    private static double truncated(double number) {
        if (!Double.isFinite(number)) {
            throw EvaluationFailure.internal("A range needs finite numbers");
        }
        return number < 0 ? Math.ceil(number) : Math.floor(number);
    }

    static Value hash(Arguments arguments) {
        if (arguments.isMissing(0)) {
            return Value.UNDEFINED;
        }
        var evaluation = arguments.evaluation();
        var text = Values.text(arguments.get(0), evaluation);
        evaluation.steps(text.length() / 8);
        var digest = Digests.hex(arguments.text(1), text);
        if (digest.isEmpty()) {
            throw EvaluationFailure.internal(
                    "The algorithm must be "
                            + Digests.NAMES
                            + " but was "
                            + JsonText.quoted(arguments.get(1)));
        }
        return arguments.made(digest.get());
    }

    static Value parse(Arguments arguments) {
        if (arguments.isMissing(0)) {
            return Value.UNDEFINED;
        }
        var text = arguments.text(0);
        var evaluation = arguments.evaluation();
        evaluation.made(16L * text.length()); // a tree costs several times its text
        evaluation.steps(text.length() / 8);
        try {
            return Value.of(Json.parse(text));
        } catch (JsonSyntaxException refused) {
            throw EvaluationFailure.internal("The text to parse is not JSON: " + refused.message());
        }
    }
}
