package dev.gradus.runtime;

import dev.gradus.engine.Decision;
import dev.gradus.engine.ExecutionState;
import dev.gradus.engine.Scope;
import dev.gradus.expressions.Payload;

/** About how many bytes of memory the scopes of one execution take, kept up with each decision. */
final class ScopesWeight {
    private static final long SCOPE = 256;

    private long bytes;

    ScopesWeight(ExecutionState state) {
        if (state instanceof ExecutionState.Running running) {
            running.scopes().forEach(scope -> bytes += of(scope));
        }
    }

    /** Takes account of what a decision changed; costs as much as it changed scopes. */
    void follow(ExecutionState before, Decision decision) {
        for (int id : decision.changedScopes()) {
            bytes += of(decision.state(), id) - of(before, id);
        }
    }

    long bytes() {
        return bytes;
    }

    private static long of(ExecutionState state, int scope) {
        return state instanceof ExecutionState.Running running
                ? running.scopes().find(scope).map(ScopesWeight::of).orElse(0L)
                : 0;
    }

    private static long of(Scope scope) {
        return SCOPE
                + switch (scope.phase()) {
                    case Scope.Ready phase -> phase.input().bytes();
                    case Scope.Waiting phase -> phase.visit().input().bytes();
                    case Scope.Working phase -> phase.visit().input().bytes();
                    case Scope.BackingOff phase -> phase.visit().input().bytes();
                    case Scope.Forked phase ->
                            phase.visit().input().bytes()
                                    + phase.fork().items().map(Payload::bytes).orElse(0);
                    case Scope.Finished phase -> phase.output().bytes();
                };
    }
}
