package dev.gradus.asl;

import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Checks where variables are set: a branch or item processor may read those of the blocks around
 * it, but not set one of the same name. Time is linear in the assignments times the depth.
 */
final class VariableWalk {
    private final Findings findings;
    private final IdentityHashMap<Reading.Scope, Set<String>> names = new IdentityHashMap<>();

    VariableWalk(Findings findings) {
        this.findings = findings;
    }

    /** Checks blocks that are listed outer before inner. */
    void check(List<Reading.Scope> scopes) {
        for (var scope : scopes) {
            var own = new HashSet<String>();
            scope.assigned().forEach(assigned -> own.add(assigned.name()));
            names.put(scope, own);
        }
        for (var scope : scopes) {
            for (var assigned : scope.assigned()) {
                if (isSetAround(scope, assigned.name())) {
                    findings.note(
                            "DUPLICATE_VARIABLE_NAME",
                            "The variable name '"
                                    + assigned.name()
                                    + "' was already defined in a parent scope.",
                            Optional.of(assigned.at().text()));
                }
            }
        }
    }

    private boolean isSetAround(Reading.Scope scope, String name) {
        for (var around = scope.around(); around.isPresent(); around = around.get().around()) {
            if (names.getOrDefault(around.get(), Set.of()).contains(name)) {
                return true;
            }
        }
        return false;
    }
}
