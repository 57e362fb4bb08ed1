package dev.gradus.expressions.jsonata;

import dev.gradus.expressions.Randomness;

/**
 * One evaluation's time, random numbers and remaining work. Everything that loops or allocates says
 * so here first; whatever it costs on the machine, the count is the same everywhere.
 */
final class Evaluation {
    /** Bytes counted for an array or an object. */
    static final long VALUE_BYTES = 64;

    /** Bytes counted for an element of an array. */
    static final long ELEMENT_BYTES = 32;

    /** Bytes counted for a member of an object, with its place in the index. */
    static final long MEMBER_BYTES = 64;

    /**
     * Bytes counted for a number of a range, its element included: AWS makes ranges of 200,000
     * numbers and refuses those of 500,000 for their memory (observed 2026).
     */
    static final long RANGE_NUMBER_BYTES = 160;

    /** Bytes counted for a function value with the frame that it keeps. */
    static final long CLOSURE_BYTES = 160;

    private static final int CHARS_PER_STEP = 64;
    private static final long CHARS_MAX = 1L << 40; // more than any limit, and twice it is a long

    private final JsonataInput input;
    private final int depthMax;
    private long stepsLeft;
    private long bytesLeft;
    private int depth;

    Evaluation(JsonataInput input) {
        this.input = input;
        this.stepsLeft = input.limits().steps();
        this.bytesLeft = input.limits().bytes();
        this.depthMax = input.limits().depth();
    }

    JsonataInput input() {
        return input;
    }

    long epochMillis() {
        return input.epochMillis();
    }

    Randomness randomness() {
        return input.randomness();
    }

    /** Begins the evaluation of a node. */
    void enter() {
        depth++;
        if (depth > depthMax) {
            throw EvaluationFailure.depth();
        }
        step();
    }

    /** Ends what {@link #enter} began. */
    void leave() {
        depth--;
    }

    /** Counts one step. */
    void step() {
        stepsLeft--;
        if (stepsLeft < 0) {
            throw EvaluationFailure.time();
        }
    }

    /** Counts steps before they are done. */
    void steps(long count) {
        stepsLeft -= count;
        if (stepsLeft < 0) {
            throw EvaluationFailure.time();
        }
    }

    /** Counts the steps of looking at some characters. */
    void read(long chars) {
        steps(chars / CHARS_PER_STEP);
    }

    /** Counts bytes before they are made. */
    void made(long bytes) {
        bytesLeft -= bytes;
        if (bytesLeft < 0) {
            throw EvaluationFailure.memory();
        }
    }

    /** Counts the characters of a text before it is made. */
    void madeChars(long chars) {
        made(2 * Math.min(chars, CHARS_MAX));
        steps(chars / CHARS_PER_STEP);
    }

    /** Makes a string value, counting it. */
    Value.Text text(String text) {
        madeChars(text.length() + 16L);
        return new Value.Text(text);
    }

    /** Makes a string value of a part of another one's characters, counting it. */
    Value.Text text(String text, int from, int to) {
        madeChars(to - from + 16L);
        return new Value.Text(text.substring(from, to));
    }

    long stepsLeft() {
        return stepsLeft;
    }

    long bytesLeft() {
        return bytesLeft;
    }
}
