package dev.gradus.asl;

import java.util.Arrays;
import java.util.Optional;

/** The eight state types, in the order in which AWS lists them. */
enum StateType {
    TASK("Task"),
    WAIT("Wait"),
    PASS("Pass"),
    SUCCEED("Succeed"),
    FAIL("Fail"),
    CHOICE("Choice"),
    PARALLEL("Parallel"),
    MAP("Map");

    private final String text;

    StateType(String text) {
        this.text = text;
    }

    /** Returns the type of that name, compared with regard to case as AWS does. */
    static Optional<StateType> of(String text) {
        return Arrays.stream(values()).filter(type -> type.text.equals(text)).findFirst();
    }

    /** Returns the word that definitions use. */
    String text() {
        return text;
    }
}
