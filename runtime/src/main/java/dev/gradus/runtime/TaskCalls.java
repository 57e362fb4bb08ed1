package dev.gradus.runtime;

import dev.gradus.asl.State.TaskState;
import dev.gradus.asl.TaskResource;
import dev.gradus.engine.Effect;
import dev.gradus.engine.EffectId;
import dev.gradus.engine.Scope;
import dev.gradus.runtime.spi.SubstrateException;
import dev.gradus.runtime.spi.TaskCall;
import dev.gradus.runtime.spi.TaskOutcome;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The calls that one shard's executions ask for: sends them when their decision is durable, and
 * takes up those that a former life of the shard left. Used by the shard's loop alone.
 */
final class TaskCalls {
    private static final Logger LOG = LoggerFactory.getLogger(TaskCalls.class);

    private final ShardContext context;
    private final ShardParts parts;

    TaskCalls(ShardContext context, ShardParts parts) {
        this.context = context;
        this.parts = parts;
    }

    /** Makes a call as soon as what was decided up to now is durable. */
    void send(OpenExecution execution, Effect.InvokeTask effect) {
        var call = call(execution, effect);
        var key = key(execution.xid(), effect.id());
        parts.rows().park(() -> send(key, call));
    }

    private void send(Dispatcher.Key key, TaskCall call) {
        var post = context.post();
        boolean taken =
                context.dispatcher()
                        .dispatch(
                                key,
                                call,
                                new Dispatcher.Caller() {
                                    @Override
                                    public void answered(TaskOutcome outcome) {
                                        post.accept(
                                                new ShardMessage.CallAnswered(
                                                        key.xid(), key.effect(), outcome));
                                    }

                                    @Override
                                    public void notSent() {
                                        post.accept(
                                                new ShardMessage.CallNotSent(
                                                        key.xid(), key.effect()));
                                    }
                                });
        if (!taken) {
            notSent(key.xid(), key.effect());
        }
    }

    /** A planned stop came before the call: the next start of the server makes it. */
    void notSent(long xid, EffectId effect) {
        parts.dispatched()
                .find(xid, effect.number(), parts.executions().payloads(xid))
                .ifPresent(row -> parts.dispatched().mark(row, false));
    }

    /** Nobody waits for that call any more. */
    void cancel(OpenExecution execution, EffectId effect) {
        var key = key(execution.xid(), effect);
        parts.rows().park(() -> context.dispatcher().cancel(key));
    }

    /** A call without an answer was found when the shard was taken up. */
    void found(long xid, long number) {
        var row = parts.dispatched().find(xid, number, parts.executions().payloads(xid));
        if (row.isEmpty()) {
            return; // Answered meanwhile.
        }
        var call = row.get();
        var execution = parts.executions().find(xid);
        var scope = execution.flatMap(found -> found.attempt(call.effect().scope(), number));
        if (scope.isEmpty()) {
            parts.dispatched().remove(xid, number);
        } else if (!context.dispatcher().isUnderWay(key(xid, call.effect()))) {
            resource(execution.get(), scope.get())
                    .ifPresent(resource -> takeUp(execution.get(), call, resource));
        }
    }

    static boolean isAnswered(Scope scope) {
        return scope.phase() instanceof Scope.Working working
                && working.attempt().progress() instanceof Scope.Progress.AnsweredEarly;
    }

    private boolean failsLost() {
        return context.options().onLostCall() == RuntimeOptions.OnLostCall.FAIL;
    }

    private void takeUp(OpenExecution execution, DispatchedRows.Call row, TaskResource resource) {
        var effect =
                new Effect.InvokeTask(
                        row.effect(), resource, row.payload(), row.roleArn(), row.deadlineMillis());
        if (!row.mayBeSent()) {
            parts.dispatched().mark(row, true);
            send(execution, effect);
        } else if (!failsLost()) {
            send(execution, effect);
        } else {
            var lost = context.dispatcher().lost(call(execution, effect));
            context.post().accept(new ShardMessage.CallLost(row.xid(), row.effect(), lost));
        }
    }

    /** Empty when our own code cannot read the definition: the call waits for a build that can. */
    private Optional<TaskResource> resource(OpenExecution execution, Scope scope) {
        var working = (Scope.Working) scope.phase();
        try {
            var machine = parts.catalog().definition(execution.row().revision());
            var state = (TaskState) machine.state(working.visit().state());
            return Optional.of(state.resource());
        } catch (SubstrateException unreadable) {
            throw unreadable;
        } catch (RuntimeException | StackOverflowError bug) {
            LOG.error(
                    "our bug: a call cannot be taken up execution={}",
                    execution.row().arn().text(),
                    bug);
            return Optional.empty();
        }
    }

    private TaskCall call(OpenExecution execution, Effect.InvokeTask effect) {
        var facts = execution.row().execution();
        return new TaskCall(
                effect.resource(),
                effect.payload(),
                facts.arn(),
                facts.stateMachineArn(),
                effect.roleArn(),
                facts.region(),
                idempotencyToken(execution.xid(), effect.id()),
                effect.deadlineMillis());
    }

    private Dispatcher.Key key(long xid, EffectId effect) {
        return new Dispatcher.Key(context.shard(), xid, effect);
    }

    private String idempotencyToken(long xid, EffectId effect) {
        return new UUID(
                        xid ^ ((long) context.shard() << 56),
                        (effect.number() << 24) | effect.scope())
                .toString();
    }
}
