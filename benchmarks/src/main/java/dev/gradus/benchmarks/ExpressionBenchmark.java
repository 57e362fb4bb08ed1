package dev.gradus.benchmarks;

import dev.gradus.asl.ParseResult;
import dev.gradus.asl.Parser;
import dev.gradus.engine.Command;
import dev.gradus.engine.Decision;
import dev.gradus.engine.EffectId;
import dev.gradus.engine.Execution;
import dev.gradus.engine.ExecutionState;
import dev.gradus.engine.Interpreter;
import dev.gradus.engine.Scope;
import dev.gradus.engine.Surroundings;
import dev.gradus.expressions.Bindings;
import dev.gradus.expressions.Json;
import dev.gradus.expressions.JsonPath;
import dev.gradus.expressions.Payload;
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
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What the expressions of one state cost, compiled before: a definite path, a Choice state, and
 * JSONata's field access and object construction. Run it with the main class of JMH.
 */
@State(org.openjdk.jmh.annotations.Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class ExpressionBenchmark {
    private static final String INPUT =
            """
            {"customer": {"name": "Ada", "id": 7, "tags": ["a", "b"]}, "amount": 12.5}
            """;
    private static final String CHOICE =
            """
            {"StartAt": "Choose", "States": {
              "Choose": {"Type": "Choice", "Default": "Done", "Choices": [
                {"Variable": "$.amount", "NumericGreaterThan": 100, "Next": "Done"},
                {"Variable": "$.customer.name", "StringEquals": "Ada", "Next": "Done"}]},
              "Done": {"Type": "Succeed"}}}
            """;

    private final Json input = Json.parse(INPUT);
    private final Bindings bindings = new Bindings(input, Json.NULL, Map.of());
    private final JsonPath path = JsonPath.compile("$.customer.name");
    private final Interpreter choice = interpreter();
    private final Execution execution = execution();
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

    /** Decides a whole execution of one Choice state with two rules, and Succeed. */
    @Benchmark
    public Decision choiceState() {
        return choice.step(execution, new ExecutionState.New(), new Command.StartExecution(0, 1));
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

    private static Interpreter interpreter() {
        if (Parser.parse(CHOICE) instanceof ParseResult.Parsed(var machine)) {
            return new Interpreter(
                    machine,
                    new Surroundings() {
                        @Override
                        public boolean activityExists(String activityArn) {
                            return false;
                        }

                        @Override
                        public String taskToken(EffectId effect, Scope.Nonce nonce) {
                            return "token";
                        }
                    });
        }
        throw new AssertionError("The definition is valid");
    }

    private static Execution execution() {
        var payload = Payload.ofText(INPUT);
        return new Execution(
                "arn:aws:states:us-east-1:123456789012:execution:m:e",
                "e",
                "arn:aws:states:us-east-1:123456789012:stateMachine:m",
                "m",
                Optional.empty(),
                Optional.empty(),
                "arn:aws:iam::123456789012:role/r",
                "us-east-1",
                0,
                payload,
                payload);
    }
}
