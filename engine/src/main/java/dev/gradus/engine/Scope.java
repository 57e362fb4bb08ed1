package dev.gradus.engine;

import dev.gradus.expressions.Payload;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * One line of control: the root, a Parallel branch or a Map iteration.
 *
 * @param id 0 for the root; the children of one fork have consecutive ids
 * @param parent the scope that forked it; absent for the root
 * @param index branch or iteration index in the parent's fork; 0 for the root
 * @param lastEventId what the next event of this line points to as its previous; 0 before the first
 * @param variables what the states of this line assigned; those of the scopes around it are visible
 *     too
 * @param phase what it is doing
 */
public record Scope(
        int id, OptionalInt parent, int index, long lastEventId, Variables variables, Phase phase) {

    public Scope in(Phase next) {
        return new Scope(id, parent, index, lastEventId, variables, next);
    }

    public Scope after(long eventId) {
        return new Scope(id, parent, index, eventId, variables, phase);
    }

    /**
     * What a scope is doing. Every phase but Finished has a reason to wake: a timer, an answer,
     * children, its turn.
     */
    public sealed interface Phase {}

    /** About to enter a state; runs as soon as it has its turn. */
    public record Ready(String state, Payload input) implements Phase {}

    /** In a Wait state until a timer fires. */
    public record Waiting(Visit visit, long effect, long dueMillis) implements Phase {}

    /** In a Task state with an attempt under way. */
    public record Working(Visit visit, Attempt attempt) implements Phase {}

    /** Between two attempts of a Task, Parallel or Map. */
    public record BackingOff(Visit visit, long effect, long dueMillis) implements Phase {}

    /** In a Parallel or Map state whose children run. */
    public record Forked(Visit visit, Fork fork) implements Phase {}

    /** A branch or iteration with its output, until all its siblings are done. */
    public record Finished(Payload output) implements Phase {}

    /**
     * One stay in a state, from its Entered event to its Exited event.
     *
     * @param state name of the state
     * @param enteredEventId id of the Entered event, quoted in causes
     * @param enteredAtMillis when it was entered
     * @param input raw input of the state
     * @param retries how often each retrier acted in this visit, by its position
     */
    public record Visit(
            String state,
            long enteredEventId,
            long enteredAtMillis,
            Payload input,
            List<Integer> retries) {
        public Visit {
            retries = List.copyOf(retries);
        }

        /** Returns the context object's State.RetryCount. */
        public int retryCount() {
            return retries.stream().mapToInt(Integer::intValue).sum();
        }
    }

    /**
     * One attempt of a task.
     *
     * @param effect number of the call, hand-out or token
     * @param nonce makes the task token unguessable; 96 bits, empty when the task has no token
     * @param timeoutAtMillis when the attempt times out; absent without a limit, and for an
     *     activity nobody took yet
     * @param heartbeatAtMillis when it misses its heartbeat, likewise
     * @param progress how far it got
     */
    public record Attempt(
            long effect,
            Nonce nonce,
            OptionalLong timeoutAtMillis,
            OptionalLong heartbeatAtMillis,
            Progress progress) {}

    /** How far an attempt got. */
    public sealed interface Progress {
        /** Scheduled; for an activity: no worker took it yet. */
        record Scheduled() implements Progress {}

        /** The call was made, or a worker has the task. */
        record Started() implements Progress {}

        /** The service took the call; the end comes by token or watched job. */
        record Submitted() implements Progress {}

        /**
         * The token was answered before the call's own response is known; applied after
         * TaskSubmitted.
         */
        record AnsweredEarly(Optional<Payload> output, Failure failure) implements Progress {}
    }

    /**
     * The children of a Parallel or Map.
     *
     * @param firstChild id of child 0; child i has id firstChild + i
     * @param total number of branches or items
     * @param started how many were started, in index order
     * @param finished how many have their output
     * @param concurrency how many may be open at once
     * @param items the array of a Map, absent for a Parallel
     */
    public record Fork(
            int firstChild,
            int total,
            int started,
            int finished,
            int concurrency,
            Optional<Payload> items) {
        public int open() {
            return started - finished;
        }

        /** Tells whether another child may be started. */
        public boolean hasRoom() {
            return started < total && open() < concurrency;
        }
    }

    /** Random bytes of a task token; nobody changes them. */
    @SuppressWarnings("ArrayRecordComponent") // Compared by content below.
    public record Nonce(byte[] bytes) {
        public static final Nonce NONE = new Nonce(new byte[0]);
        public static final int BYTES = 12;

        @Override
        public boolean equals(Object other) {
            return other instanceof Nonce nonce && Arrays.equals(bytes, nonce.bytes);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(bytes);
        }
    }
}
