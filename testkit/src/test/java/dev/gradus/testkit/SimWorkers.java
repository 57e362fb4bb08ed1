package dev.gradus.testkit;

import dev.gradus.expressions.Payload;
import dev.gradus.runtime.ActivityView;
import dev.gradus.runtime.ErrorShape;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/** Workers of an activity: they poll, beat, answer, and now and then go away with their task. */
final class SimWorkers {
    private final RandomWorld world;
    private final Random random;
    private final SimClient patient;
    private final Set<String> handedOut = new HashSet<>();

    SimWorkers(RandomWorld world) {
        this.world = world;
        this.random = new Random(world.scheduler().seed());
        this.patient = new SimClient(world.scheduler(), world.node(), Duration.ofSeconds(70));
    }

    void hire(int workers) {
        for (int worker = 0; worker < workers; worker++) {
            var name = "worker-" + worker;
            world.client().later(Duration.ofMillis(random.nextInt(500)), () -> poll(name));
        }
    }

    private void poll(String name) {
        patient.call(
                gradus -> gradus.activities().poll(Machine.WORK, Optional.of(name), () -> true),
                task -> {
                    task.ifPresent(this::work);
                    world.client().later(Duration.ofMillis(50), () -> poll(name));
                },
                refused -> world.unexpected("GetActivityTask", refused));
    }

    private void work(ActivityView.Task task) {
        if (!handedOut.add(task.taskToken())) {
            world.violation("a task was handed out twice");
        }
        if (world.isDisturbed() && random.nextInt(8) == 0) {
            return;
        }
        world.client().later(Duration.ofSeconds(random.nextInt(10)), () -> beat(task));
    }

    private void beat(ActivityView.Task task) {
        world.client()
                .call(
                        gradus -> gradus.tasks().heartbeat(Machine.PLACE, task.taskToken()),
                        _ ->
                                world.client()
                                        .later(
                                                Duration.ofSeconds(random.nextInt(10)),
                                                () -> succeed(task)),
                        refused -> mayBeOver("SendTaskHeartbeat", refused));
    }

    private void succeed(ActivityView.Task task) {
        world.client()
                .call(
                        gradus ->
                                gradus.tasks()
                                        .succeed(
                                                Machine.PLACE,
                                                task.taskToken(),
                                                Payload.ofText(task.input())),
                        _ -> {},
                        refused -> mayBeOver("SendTaskSuccess", refused));
    }

    private void mayBeOver(String call, dev.gradus.runtime.ApiException refused) {
        if (refused.shape() != ErrorShape.TaskTimedOut) {
            world.unexpected(call, refused);
        }
    }
}
