package dev.gradus.asl;

/** Where control goes when a state is left. */
public sealed interface Transition {
    /** To another state of the same block. */
    record Next(String state) implements Transition {}

    /** Out of the block: the execution, branch or iteration has its output. */
    record End() implements Transition {}
}
