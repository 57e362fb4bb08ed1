package dev.gradus.asl;

import java.util.Arrays;
import java.util.Optional;

/** What the reserved JSONata variable {@code $states} holds, in AWS's order. */
public enum StatesMember {
    /** The raw input of the state. */
    INPUT("input"),
    /** The context object. */
    CONTEXT("context"),
    /** The result of the state's work: only where there is one. */
    RESULT("result"),
    /** What went wrong: only in a catcher. */
    ERROR_OUTPUT("errorOutput");

    private final String text;

    StatesMember(String text) {
        this.text = text;
    }

    /** Returns the name that expressions use. */
    public String text() {
        return text;
    }

    /** Returns the member of that name. */
    static Optional<StatesMember> of(String text) {
        return Arrays.stream(values()).filter(member -> member.text.equals(text)).findFirst();
    }
}
