package dev.gradus.testkit;

import dev.gradus.asl.TaskResource;
import dev.gradus.engine.Failure;
import dev.gradus.expressions.Json;
import dev.gradus.expressions.JsonObject;
import dev.gradus.expressions.JsonString;
import dev.gradus.expressions.Payload;
import dev.gradus.runtime.spi.Integration;
import dev.gradus.runtime.spi.TaskCall;
import dev.gradus.runtime.spi.TaskOutcome;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The services that executions call in a simulated world. They outlive every crash of the node, and
 * count how often each attempt reached them.
 *
 * <p>What a function does is said by its name: {@code echo} answers its input, {@code broken}
 * always fails with {@code Broken}, {@code flaky} now and then with {@link #FLAKY}, {@code slow}
 * answers after an hour, {@code approve} takes the call and hands its token to whoever listens.
 */
public final class SimOutside {
    /** What an attempt fails with when its answer was lost on the way or in a crash. */
    public static final String LOST_CALL = "Sim.LostCall";

    /** What a flaky function fails with. */
    public static final String FLAKY = "Flaky";

    private static final Duration SLOW = Duration.ofHours(1);

    private final SimScheduler scheduler;
    private final SimScheduler.SimProcess world;
    private final OutsideFaults faults;
    private final Consumer<String> tokens;
    private final Map<String, Integer> sendings = new HashMap<>();

    /**
     * How badly the outside behaves; chances are from 0 to 1.
     *
     * @param delayMax a call takes up to so long, and so does its answer
     * @param loseAnswer the chance that the work is done but its answer is lost on the way
     * @param flaky the chance that a flaky function fails
     */
    public record OutsideFaults(Duration delayMax, double loseAnswer, double flaky) {
        public static final OutsideFaults NONE = new OutsideFaults(Duration.ofMillis(50), 0, 0);
        public static final OutsideFaults NASTY =
                new OutsideFaults(Duration.ofSeconds(3), 0.05, 0.3);
    }

    /** Makes an outside; {@code tokens} hears each task token that a call brought. */
    public SimOutside(SimScheduler scheduler, OutsideFaults faults, Consumer<String> tokens) {
        this.scheduler = scheduler;
        this.world = scheduler.process("outside");
        this.faults = faults;
        this.tokens = tokens;
    }

    /** How often each attempt was sent, by its idempotency token. */
    public Map<String, Integer> sendings() {
        return Map.copyOf(sendings);
    }

    /** How the given process reaches the outside: after its crash nobody hears the answers. */
    public Integration reachedBy(SimScheduler.SimProcess process) {
        return new Integration() {
            @Override
            public boolean performs(TaskResource resource) {
                return true;
            }

            @Override
            public void call(TaskCall call, Consumer<TaskOutcome> answer) {
                // Sent for good: the request travels on even if its sender crashes now.
                world.schedule(
                        delay(),
                        () -> {
                            sendings.merge(call.idempotencyToken(), 1, Integer::sum);
                            work(process, call, answer);
                        });
            }

            @Override
            public TaskOutcome.Failed lostCall(TaskCall call) {
                return new TaskOutcome.Failed(Failure.of(LOST_CALL, "the answer was lost"));
            }
        };
    }

    private void work(
            SimScheduler.SimProcess process, TaskCall call, Consumer<TaskOutcome> answer) {
        var outcome = drawn(faults.loseAnswer) ? failed(LOST_CALL) : outcome(call);
        var delay = function(call).equals("slow") ? SLOW : delay();
        process.schedule(delay, () -> answer.accept(outcome));
    }

    private TaskOutcome outcome(TaskCall call) {
        return switch (function(call)) {
            case "broken" -> failed("Broken");
            case "flaky" -> drawn(faults.flaky) ? failed(FLAKY) : succeeded(call);
            default -> succeeded(call);
        };
    }

    private TaskOutcome succeeded(TaskCall call) {
        boolean byToken =
                call.resource() instanceof TaskResource.Service service
                        && service.pattern() == TaskResource.Pattern.WAIT_FOR_TASK_TOKEN;
        if (byToken) {
            field(call.payload().json(), "Payload")
                    .flatMap(payload -> field(payload, "token"))
                    .ifPresent(token -> tokens.accept(((JsonString) token).value()));
            return new TaskOutcome.Submitted(Payload.ofText("{\"StatusCode\":200}"));
        }
        return new TaskOutcome.Succeeded(call.payload());
    }

    private static TaskOutcome failed(String error) {
        return new TaskOutcome.Failed(Failure.of(error, "as drawn"));
    }

    private static String function(TaskCall call) {
        var arn =
                field(call.payload().json(), "FunctionName")
                        .map(name -> ((JsonString) name).value())
                        .filter(_ -> call.resource() instanceof TaskResource.Service)
                        .orElse(call.resource().arn());
        return arn.substring(arn.lastIndexOf(':') + 1);
    }

    private static Optional<Json> field(Json json, String name) {
        return json instanceof JsonObject object ? object.get(name) : Optional.empty();
    }

    private Duration delay() {
        return Duration.ofNanos(
                (long) (scheduler.random().nextDouble() * faults.delayMax.toNanos()));
    }

    private boolean drawn(double chance) {
        return chance > 0 && scheduler.random().nextDouble() < chance;
    }
}
