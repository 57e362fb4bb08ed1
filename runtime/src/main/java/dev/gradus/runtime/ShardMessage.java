package dev.gradus.runtime;

import dev.gradus.engine.EffectId;
import dev.gradus.engine.Failure;
import dev.gradus.expressions.Payload;
import dev.gradus.runtime.spi.TaskOutcome;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Everything that a shard's loop can be asked to do. */
sealed interface ShardMessage {

    /** What it takes in the queue, in bytes. */
    default int bytes() {
        return 128;
    }

    /**
     * Tells whether it may be refused when the shard is behind: only work that is new to us may.
     */
    default boolean isNewWork() {
        return false;
    }

    /** Answers the caller, if there is one, that the outcome is unknown. */
    default void lost(Throwable cause) {}

    /**
     * The hash of an execution's ARN.
     *
     * @param given false when the name is a fresh random one, which nobody can have taken
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record NameHash(byte[] bytes, boolean given) {}

    /**
     * StartExecution, its input already checked.
     *
     * @param of the machine, version or alias that the caller named
     */
    record Start(
            Arn.Execution arn,
            Arn.Startable of,
            NameHash hash,
            Payload input,
            Payload inputAsGiven,
            Optional<String> traceHeader,
            CompletableFuture<ExecutionRequests.Started> reply)
            implements ShardMessage {
        @Override
        public int bytes() {
            return 512 + 2 * inputAsGiven.bytes();
        }

        @Override
        public boolean isNewWork() {
            return true;
        }

        @Override
        public void lost(Throwable cause) {
            reply.completeExceptionally(cause);
        }
    }

    /** StartSyncExecution, its input already checked. */
    record StartSync(
            ExecutionRequests.Start request,
            String name,
            Payload input,
            Payload inputAsGiven,
            CompletableFuture<SyncExecutionView> reply)
            implements ShardMessage {
        @Override
        public int bytes() {
            return 512 + 2 * inputAsGiven.bytes();
        }

        @Override
        public boolean isNewWork() {
            return true;
        }

        @Override
        public void lost(Throwable cause) {
            reply.completeExceptionally(cause);
        }
    }

    /** An Express execution with a row was found when the shard was taken up. */
    record ExpressFound(long xid) implements ShardMessage {}

    /** An Express execution with a row has ended. */
    record ExpressEnded(long xid) implements ShardMessage {}

    record Stop(Arn.Execution arn, byte[] hash, Failure reason, CompletableFuture<Long> reply)
            implements ShardMessage {
        @Override
        public void lost(Throwable cause) {
            reply.completeExceptionally(cause);
        }
    }

    record Redrive(ExecutionRequests.Redrive request, byte[] hash, CompletableFuture<Long> reply)
            implements ShardMessage {
        @Override
        public boolean isNewWork() {
            return true;
        }

        @Override
        public void lost(Throwable cause) {
            reply.completeExceptionally(cause);
        }
    }

    /** An integration answered a call. */
    record CallAnswered(long xid, EffectId effect, TaskOutcome outcome) implements ShardMessage {
        @Override
        public int bytes() {
            return switch (outcome) {
                case TaskOutcome.Succeeded succeeded -> 256 + succeeded.output().bytes();
                case TaskOutcome.Submitted submitted -> 256 + submitted.response().bytes();
                case TaskOutcome.Failed _ -> 512;
            };
        }
    }

    /** A call without an answer was found when the shard was taken up. */
    record CallFound(long xid, long effect) implements ShardMessage {}

    /**
     * A crash took a call's answer.
     *
     * @param outcome how the attempt ends, unless its token is answered before this is handled
     */
    record CallLost(long xid, EffectId effect, TaskOutcome outcome) implements ShardMessage {}

    /** A planned stop came before that call could be made. */
    record CallNotSent(long xid, EffectId effect) implements ShardMessage {}

    /** What is held of that execution may be tried again. */
    record ReleaseDue(long xid) implements ShardMessage {}

    /** An operator wants what is held of an execution tried again now. */
    record Release(
            Arn.Execution arn, byte[] hash, CompletableFuture<ExecutionRequests.Released> reply)
            implements ShardMessage {
        @Override
        public void lost(Throwable cause) {
            reply.completeExceptionally(cause);
        }
    }

    /** Somebody, whose account and region are given, answered with a task token. */
    record TokenAnswered(
            TaskToken token, Arn.Place caller, TokenAnswer answer, CompletableFuture<Void> reply)
            implements ShardMessage {
        @Override
        public int bytes() {
            return answer instanceof TokenAnswer.Success success
                    ? 256 + success.output().bytes()
                    : 512;
        }

        @Override
        public void lost(Throwable cause) {
            reply.completeExceptionally(cause);
        }
    }

    /** What a token's holder says. */
    sealed interface TokenAnswer {
        record Success(Payload output) implements TokenAnswer {}

        record Failed(Failure failure) implements TokenAnswer {}

        record Beat() implements TokenAnswer {}
    }

    /** A worker waits for a task; every shard is asked. */
    record PollOffered(Poll poll) implements ShardMessage {
        @Override
        public void lost(Throwable cause) {
            poll.expire(); // The worker asks again.
        }
    }

    /** An execution that yielded has its next turn. */
    record GoOn(long xid) implements ShardMessage {}

    /** Some timer came due. */
    record TimersDue() implements ShardMessage {}

    /** Closed executions past their retention may be removed. */
    record SweepDue() implements ShardMessage {}

    /** Another shard sent a message. */
    record MessageArrived(int source, long sequence, byte[] message) implements ShardMessage {
        @Override
        public int bytes() {
            return 128 + message.length;
        }
    }

    /** Another shard has applied all messages up to that one. */
    record MessagesAcknowledged(int destination, long sequence) implements ShardMessage {}

    /**
     * A sink has taken what one feed's queue holds, up to that row.
     *
     * @param of whose pump says so: only what is held now counts
     */
    record FeedTaken(ShardFeeds of, Feed feed, long sequence, long endOffset)
            implements ShardMessage {}

    /** Messages that nobody acknowledged for a while go out again. */
    record ResendDue() implements ShardMessage {}

    /** A change of the control plane, for shard 0. */
    record ControlPlane(ControlPlaneRequest request) implements ShardMessage {
        @Override
        public int bytes() {
            return request.bytes();
        }

        @Override
        public boolean isNewWork() {
            return true;
        }

        @Override
        public void lost(Throwable cause) {
            request.reply().completeExceptionally(cause);
        }
    }
}
