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
import dev.gradus.expressions.Payload;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What the engine takes for whole executions, without store or wire: one decision, from the bytes
 * of the input to the events of the history.
 */
@State(org.openjdk.jmh.annotations.Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 10, time = 1)
@Fork(1)
public class EngineBenchmark {
    private static final int RULES = 100;
    private static final int PASSES = 10;
    private static final byte[] EMPTY = "{}".getBytes(StandardCharsets.UTF_8);
    private static final byte[] KIBIBYTE =
            ("{\"text\":\"" + "x".repeat(1_000) + "\",\"n\":1}").getBytes(StandardCharsets.UTF_8);
    private static final byte[] AMOUNT =
            "{\"customer\":{\"name\":\"Ada\"},\"amount\":12.5}".getBytes(StandardCharsets.UTF_8);

    private final Interpreter choice = interpreter(choiceOf(RULES));
    private final Interpreter passes = interpreter(passes());

    /** JMH makes it. */
    public EngineBenchmark() {}

    /** Tests rules of a Choice state, each a comparison of a number; the last one matches. */
    @Benchmark
    @OperationsPerInvocation(RULES)
    public Decision choiceRule() {
        return start(choice, AMOUNT);
    }

    /** Passes an empty object through ten states. */
    @Benchmark
    public Decision tenPassesEmpty() {
        return start(passes, EMPTY);
    }

    /** Passes 1 KiB through ten states. */
    @Benchmark
    public Decision tenPassesKibibyte() {
        return start(passes, KIBIBYTE);
    }

    private static Decision start(Interpreter interpreter, byte[] input) {
        return interpreter.step(
                execution(input), new ExecutionState.New(), new Command.StartExecution(0, 1));
    }

    private static String choiceOf(int rules) {
        var text =
                new StringBuilder(
                        "{\"StartAt\": \"C\", \"States\": {\"C\": {\"Type\": \"Choice\", \"Choices\": [");
        for (int i = rules; i > 0; i--) {
            text.append(i == rules ? "" : ", ")
                    .append("{\"Variable\": \"$.amount\", \"NumericGreaterThan\": ")
                    .append(i == 1 ? 10 : 100 + i)
                    .append(", \"Next\": \"Done\"}");
        }
        return text + "]}, \"Done\": {\"Type\": \"Succeed\"}}}";
    }

    private static String passes() {
        var text = new StringBuilder("{\"StartAt\": \"P1\", \"States\": {");
        for (int i = 1; i < PASSES; i++) {
            text.append("\"P%d\": {\"Type\": \"Pass\", \"Next\": \"P%d\"}, ".formatted(i, i + 1));
        }
        return text + "\"P%d\": {\"Type\": \"Pass\", \"End\": true}}}".formatted(PASSES);
    }

    private static Interpreter interpreter(String definition) {
        if (Parser.parse(definition) instanceof ParseResult.Parsed(var machine)) {
            return new Interpreter(machine, new NoSurroundings());
        }
        throw new AssertionError("not a valid definition: " + definition);
    }

    private static Execution execution(byte[] input) {
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
                Payload.ofCompactUtf8(input),
                Payload.ofCompactUtf8(input),
                Execution.Kind.STANDARD,
                Execution.Redrives.NONE);
    }

    /** No machine here asks for anything. */
    private static final class NoSurroundings implements Surroundings {
        @Override
        public boolean activityExists(String activityArn) {
            return false;
        }

        @Override
        public String taskToken(EffectId effect, Scope.Nonce nonce) {
            return "token";
        }
    }
}
