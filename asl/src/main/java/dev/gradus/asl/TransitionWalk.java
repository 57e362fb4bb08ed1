package dev.gradus.asl;

import dev.gradus.asl.StateOutline.Target;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Checks where control can go inside one block: every target exists, there is an end, and every
 * state can be reached.
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
        var byName = new HashMap<String, StateOutline>();
        states.forEach(state -> byName.putIfAbsent(state.name(), state));
        boolean starts = checkTarget(startAt, byName);
        for (var state : states) {
            state.targets().forEach(target -> checkTarget(target, byName));
        }
        if (states.stream().noneMatch(StateOutline::terminal)) {
            // AWS: without an end, reachability is not looked at any more (measured by others in
            // 2026).
            findings.note("MISSING_END_STATE", "Workflow has no terminal state", where(block));
        } else if (starts) {
            checkReachable(startAt, byName, states);
        }
    }

    private boolean checkTarget(Target target, Map<String, StateOutline> byName) {
        boolean exists = byName.containsKey(target.state());
        if (!exists) {
            // AWS says 'Next' for every kind of target, StartAt included (measured by others in
            // 2026).
            findings.note(
                    MISSING_TARGET,
                    "Missing 'Next' target: " + target.state(),
                    Optional.of(target.at().text()));
        }
        return exists;
    }

    private void checkReachable(
            Target startAt, Map<String, StateOutline> byName, List<StateOutline> states) {
        var unseen = new HashMap<>(byName);
        var open = new ArrayDeque<StateOutline>();
        Optional.ofNullable(unseen.remove(startAt.state())).ifPresent(open::push);
        while (!open.isEmpty()) {
            for (var target : open.pop().targets()) {
                Optional.ofNullable(unseen.remove(target.state())).ifPresent(open::push);
            }
        }
        for (var state : states) {
            if (unseen.containsKey(state.name())) {
                findings.note(
                        MISSING_TARGET,
                        "State \"" + state.name() + "\" is not reachable.",
                        Optional.of(state.at().text()));
            }
        }
    }

    private static Optional<String> where(Location block) {
        return block instanceof Location.Root ? Optional.empty() : Optional.of(block.text());
    }
}
