package dev.gradus.asl;

import java.util.List;

/**
 * One element of Catch.
 *
 * @param errorEquals names that this catcher handles
 * @param flow what becomes of the error output, which stands for the result in it
 * @param next state that control goes to, also from a state with {@code End: true}
 */
public record Catcher(List<ErrorName> errorEquals, DataFlow flow, String next) {
    public Catcher {
        errorEquals = List.copyOf(errorEquals);
    }
}
