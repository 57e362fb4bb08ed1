package dev.gradus.asl;

import java.util.List;

/**
 * One element of Catch.
 *
 * @param errorEquals names that this catcher handles
 * @param resultPath where the error output goes in the raw input
 * @param next state that control goes to, also from a state with {@code End: true}
 */
public record Catcher(List<ErrorName> errorEquals, DataFlow.ResultStage resultPath, String next) {
    public Catcher {
        errorEquals = List.copyOf(errorEquals);
    }
}
