package dev.gradus.benchmarks;

import dev.gradus.expressions.Bindings;
import dev.gradus.expressions.Json;
import dev.gradus.expressions.JsonPath;
import dev.gradus.expressions.Randomness;
import dev.gradus.expressions.jsonata.JsonataExpression;
import dev.gradus.expressions.jsonata.JsonataInput;
import dev.gradus.expressions.jsonata.JsonataOutcome;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What the expressions of one state cost, compiled before: a definite path, and JSONata's field
 * access and object construction.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 10, time = 1)
@Fork(1)
public class ExpressionBenchmark {
    private static final String INPUT =
            """
            {"customer": {"name": "Ada", "id": 7, "tags": ["a", "b"]}, "amount": 12.5}
            """;
    private final Json input = Json.parse(INPUT);
    private final Bindings bindings = new Bindings(input, Json.NULL, Map.of());
    private final JsonPath path = JsonPath.compile("$.customer.name");
    private final JsonataExpression field =
            JsonataExpression.compile("$states.input.customer.name");
    private final JsonataExpression object =
            JsonataExpression.compile(
                    "{'id': $states.input.customer.id, 'name': $states.input.customer.name,"
                            + " 'total': $states.input.amount * 2}");
    private final Optional<Json> states = Optional.of(Json.parse("{\"input\": " + INPUT + "}"));
    private final JsonataInput jsonata = JsonataInput.of(_ -> states, 0, new Randomness(1));

    /** JMH makes it. */
    public ExpressionBenchmark() {}

    /** Reads a definite path. */
    @Benchmark
    public Json definitePath() {
        return path.read(bindings);
    }

    /** Evaluates a field access. */
    @Benchmark
    public JsonataOutcome jsonataField() {
        return field.evaluate(jsonata);
    }

    /** Evaluates an object of three members. */
    @Benchmark
    public JsonataOutcome jsonataObject() {
        return object.evaluate(jsonata);
    }
}
