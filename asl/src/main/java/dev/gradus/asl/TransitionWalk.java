package dev.gradus.asl;

import dev.gradus.asl.StateOutline.Target;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Checks where control can go inside one block: every target exists, there is an end, and every
 * state is the target of another.
 *
 * <p>A block is a namespace of its own: a branch cannot name a state outside it. Time is linear in
 * states and targets.
 */
final class TransitionWalk {
    private static final String MISSING_TARGET = "MISSING_TRANSITION_TARGET";

    private final Findings findings;

    TransitionWalk(Findings findings) {
        this.findings = findings;
    }

    /** Walks one block, {@code block} being where it stands. */
    void check(Location block, Target startAt, List<StateOutline> states) {
        var names = new LinkedHashSet<String>();
        states.forEach(state -> names.add(state.name()));
        checkTarget(startAt, names);
        for (var state : states) {
            state.targets().forEach(target -> checkTarget(target, names));
        }
        if (states.stream().noneMatch(StateOutline::terminal)) {
            // AWS: without an end, reachability is not looked at any more (measured by others in
            // 2026).
            noteMissingEnd(block);
        } else {
            checkReachable(startAt, states);
        }
    }

    private void noteMissingEnd(Location block) {
        var message = "Workflow has no terminal state";
        if (block instanceof Location.Root) {
            findings.note("MISSING_END_STATE", message); // AWS gives no place for the whole.
        } else {
            findings.note("MISSING_END_STATE", message, block);
        }
    }

    private void checkTarget(Target target, Set<String> names) {
        if (!names.contains(target.state())) {
            // AWS says 'Next' for every kind of target, StartAt included (measured by others in
            // 2026).
            findings.note(
                    MISSING_TARGET,
                    "Missing 'Next' target: " + target.state(),
                    target.at(),
                    Hint.nearest(target.state(), names));
        }
    }

    /**
     * AWS: a state is reachable when another one names it, whether that can be reached or not
     * (reports of 2025 show a state behind an unreachable one pass).
     */
    private void checkReachable(Target startAt, List<StateOutline> states) {
        var named = new HashSet<String>();
        named.add(startAt.state());
        for (var state : states) {
            for (var target : state.targets()) {
                if (!target.state().equals(state.name())) {
                    named.add(target.state());
                }
            }
        }
        for (var state : states) {
            if (!named.contains(state.name())) {
                findings.note(
                        MISSING_TARGET,
                        "State \"" + state.name() + "\" is not reachable.",
                        state.at());
            }
        }
    }
}
