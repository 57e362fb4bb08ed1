package dev.gradus.engine;

import dev.gradus.asl.ErrorName;
import dev.gradus.asl.State.TaskState;
import dev.gradus.asl.TaskResource;
import dev.gradus.asl.TaskResource.Activity;
import dev.gradus.asl.TaskResource.LambdaFunction;
import dev.gradus.asl.TaskResource.Pattern;
import dev.gradus.asl.TaskResource.Service;
import dev.gradus.engine.Command.Answerer;
import dev.gradus.engine.Scope.Attempt;
import dev.gradus.engine.Scope.Nonce;
import dev.gradus.engine.Scope.Progress;
import dev.gradus.engine.Scope.Progress.AnsweredEarly;
import dev.gradus.engine.Scope.Working;
import dev.gradus.expressions.ExpressionFailure;
import dev.gradus.expressions.Payload;
import dev.gradus.expressions.Randomness;
import java.util.Optional;
import java.util.OptionalLong;

/** The rules of a Task: one attempt from its scheduling to its answer, timeout or abandonment. */
final class TaskStep {
    private final Surroundings surroundings;

    TaskStep(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    /** An attempt under way and the line that waits for it. */
    record Open(Line line, TaskState state, Attempt attempt) {
        TaskResource resource() {
            return state.resource();
        }

        EffectId id() {
            return new EffectId(line.id(), attempt.effect());
        }

        Move.Await in(Progress progress) {
            return in(
                    new Attempt(
                            attempt.effect(),
                            attempt.nonce(),
                            attempt.timeoutAtMillis(),
                            attempt.heartbeatAtMillis(),
                            progress));
        }

        Move.Await in(Attempt changed) {
            return new Move.Await(new Working(line.visit(), changed));
        }
    }

    // The beginning of an attempt

    /** Schedules an attempt; everything the state says is evaluated afresh. */
    Move schedule(Turn turn, Line line, TaskState state) {
        var view = View.of(turn, line, state);
        var input = view.effectiveInput();
        var limits = TaskTimes.limits(state, view, input);
        if (state.resource() instanceof Activity(var arn) && !surroundings.activityExists(arn)) {
            throw new ExpressionFailure(
                    ExpressionFailure.RUNTIME, "The activity " + arn + " does not exist.");
        }
        var id = turn.nextEffect(line);
        var nonce = hasToken(state.resource()) ? nonce(turn.randomness()) : Nonce.NONE;
        var seeing = withToken(state, view, id, nonce);
        var payload = TaskParameters.of(state, seeing, input);
        var role = TaskParameters.roleArn(state, seeing, input);
        var call = new TaskCall(id, state.resource(), payload, role, limits);
        TaskEvents.scheduled(turn, line, call);
        if (state.resource() instanceof Activity(var arn)) {
            turn.emit(new Effect.ScheduleActivity(id, arn, payload, nonce));
        } else {
            turn.enqueue(new Work.StartCall(call));
        }
        var none = OptionalLong.empty();
        var attempt = new Attempt(id.number(), nonce, none, none, new Progress.Scheduled());
        return new Move.Await(new Working(line.visit(), attempt));
    }

    /** Starts a scheduled call. */
    Move start(Turn turn, Open task, TaskCall call) {
        TaskEvents.started(turn, task.line(), call.resource());
        var attempt = clocked(turn, task, call.limits());
        turn.emit(
                new Effect.InvokeTask(
                        call.id(),
                        call.resource(),
                        call.payload(),
                        call.roleArn(),
                        attempt.timeoutAtMillis()));
        return task.in(attempt);
    }

    /** A worker took an activity task: both of its clocks begin here. */
    Optional<Move> taken(Turn turn, Open task, Optional<String> workerName) {
        if (!(task.resource() instanceof Activity)
                || !(task.attempt().progress() instanceof Progress.Scheduled)) {
            return Optional.empty();
        }
        var view = View.of(turn, task.line(), task.state());
        var limits = TaskTimes.limits(task.state(), view, view.effectiveInput());
        turn.record(
                task.line(),
                EventType.ACTIVITY_STARTED,
                new EventDetails.ActivityStarted(workerName));
        return Optional.of(task.in(clocked(turn, task, limits)));
    }

    private static Attempt clocked(Turn turn, Open task, TaskCall.TaskLimits limits) {
        var attempt =
                new Attempt(
                        task.attempt().effect(),
                        task.attempt().nonce(),
                        limits.timeoutAt(turn.atMillis()),
                        limits.heartbeatAt(turn.atMillis()),
                        new Progress.Started());
        TaskTimes.startTimers(turn, task.id(), attempt);
        return attempt;
    }

    // Its middle

    /** The service took the call; an answer that came before is applied now. */
    Optional<Move> submitted(Turn turn, Open task, Payload response) {
        if (!(task.resource() instanceof Service service)
                || service.pattern() == Pattern.REQUEST_RESPONSE) {
            return Optional.empty();
        }
        return switch (task.attempt().progress()) {
            case Progress.Scheduled _, Progress.Submitted _ -> Optional.empty();
            case Progress.Started _ -> {
                var tooLarge = Oversize.ofTaskResult(response, service.service());
                if (tooLarge.isPresent()) {
                    yield Optional.of(complete(turn, task, failed(tooLarge.get())));
                }
                TaskEvents.submitted(turn, task.line(), service, response);
                yield Optional.of(task.in(new Progress.Submitted()));
            }
            case AnsweredEarly answer -> {
                TaskEvents.submitted(turn, task.line(), service, response);
                stopWatching(turn, task);
                yield Optional.of(complete(turn, task, answer));
            }
        };
    }

    /** Whoever works on it is alive: the heartbeat clock starts again, without an event. */
    Optional<Move> heartbeat(Turn turn, Open task) {
        if (task.attempt().heartbeatAtMillis().isEmpty()
                || task.attempt().progress() instanceof AnsweredEarly) {
            return Optional.empty();
        }
        var view = View.of(turn, task.line(), task.state());
        var limits = TaskTimes.limits(task.state(), view, view.effectiveInput());
        var attempt = task.attempt();
        var next = limits.heartbeatAt(turn.atMillis());
        if (next.equals(attempt.heartbeatAtMillis())) {
            return Optional.empty();
        }
        TaskTimes.moveHeartbeat(turn, task.id(), attempt.heartbeatAtMillis(), next);
        return Optional.of(
                task.in(
                        new Attempt(
                                attempt.effect(),
                                attempt.nonce(),
                                attempt.timeoutAtMillis(),
                                next,
                                attempt.progress())));
    }

    // Its end

    /** Takes an answer if this attempt waits for one from there; an early one is kept. */
    Optional<Move> answered(Turn turn, Open task, Answerer by, AnsweredEarly answer) {
        var progress = task.attempt().progress();
        return switch (by) {
            case INTEGRATION ->
                    task.resource() instanceof Activity
                            ? Optional.empty()
                            : Optional.of(complete(turn, task, answer));
            case TOKEN -> {
                if (!hasToken(task.resource())) {
                    yield Optional.empty();
                }
                yield switch (progress) {
                    case Progress.Scheduled _, AnsweredEarly _ -> Optional.empty();
                    case Progress.Started _ ->
                            Optional.of(
                                    task.resource() instanceof Activity
                                            ? complete(turn, task, answer)
                                            : keep(turn, task, answer));
                    case Progress.Submitted _ -> {
                        stopWatching(turn, task);
                        yield Optional.of(complete(turn, task, answer));
                    }
                };
            }
        };
    }

    /** Nobody heartbeats for a task that is answered; only its call may still time out. */
    private static Move keep(Turn turn, Open task, AnsweredEarly answer) {
        var attempt = task.attempt();
        var none = OptionalLong.empty();
        TaskTimes.moveHeartbeat(turn, task.id(), attempt.heartbeatAtMillis(), none);
        return task.in(
                new Attempt(
                        attempt.effect(),
                        attempt.nonce(),
                        attempt.timeoutAtMillis(),
                        none,
                        answer));
    }

    /** A job that was answered by its token is not watched any longer. */
    private static void stopWatching(Turn turn, Open task) {
        if (task.resource() instanceof Service service
                && (service.pattern() == Pattern.SYNC || service.pattern() == Pattern.SYNC_2)) {
            turn.emit(new Effect.CancelTask(task.id(), service));
        }
    }

    private static Move complete(Turn turn, Open task, AnsweredEarly answer) {
        TaskTimes.cancelTimers(turn, task.id(), task.attempt());
        turn.resume(task.line());
        var resource = task.resource();
        var tooLarge =
                answer.output()
                        .flatMap(output ->
                                Oversize.ofTaskResult(output, TaskEvents.nameInCause(resource)));
        if (answer.output().isPresent() && tooLarge.isEmpty()) {
            TaskEvents.succeeded(turn, task.line(), resource, answer.output().get());
            return new Move.Leave(answer.output().get());
        }
        var failure = tooLarge.orElse(answer.failure());
        TaskEvents.failed(turn, task.line(), resource, failure);
        return new Move.Lose(failure, ErrorName.Origin.TASK);
    }

    /** A clock of the attempt ran out. */
    Move timedOut(Turn turn, Open task, ErrorName.Origin origin) {
        Abandoned.attempt(turn, task.id(), task.resource(), task.attempt());
        turn.resume(task.line());
        return new Move.Lose(TaskEvents.timedOut(turn, task.line(), task.resource()), origin);
    }

    static AnsweredEarly failed(Failure failure) {
        return new AnsweredEarly(Optional.empty(), failure);
    }

    static AnsweredEarly succeeded(Payload output) {
        return new AnsweredEarly(Optional.of(output), Failure.NONE);
    }

    // Tokens

    /** Adds the token of the attempt that was answered to what shapes the output. */
    View withToken(Turn turn, Line line, TaskState state, View view) {
        return turn.scope(line.id()).phase() instanceof Working(_, var attempt)
                ? withToken(state, view, new EffectId(line.id(), attempt.effect()), attempt.nonce())
                : view;
    }

    private View withToken(TaskState state, View view, EffectId id, Nonce nonce) {
        return hasToken(state.resource())
                ? view.withToken(() -> surroundings.taskToken(id, nonce))
                : view;
    }

    private static boolean hasToken(TaskResource resource) {
        return switch (resource) {
            case LambdaFunction _ -> false;
            case Activity _ -> true;
            case Service service -> service.pattern() != Pattern.REQUEST_RESPONSE;
        };
    }

    private static Nonce nonce(Randomness randomness) {
        var bytes = new byte[Nonce.BYTES];
        long bits = 0;
        for (int i = 0; i < bytes.length; i++) {
            bits = i % Long.BYTES == 0 ? randomness.nextLong() : bits >>> Byte.SIZE;
            bytes[i] = (byte) bits;
        }
        return new Nonce(bytes);
    }
}
