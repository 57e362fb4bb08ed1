package dev.gradus.runtime;

import dev.gradus.asl.MachineType;
import java.util.Optional;

/** What callers ask for about state machines. */
public final class StateMachineRequests {

    /** CreateStateMachine, with its defaults filled in. */
    public record Create(
            Arn.StateMachine arn,
            String definition,
            String roleArn,
            MachineType type,
            StateMachineView.Logging logging,
            boolean tracingEnabled) {}

    /** UpdateStateMachine; what is absent stays as it is. */
    public record Update(
            Arn.StateMachine arn,
            Optional<String> definition,
            Optional<String> roleArn,
            Optional<StateMachineView.Logging> logging,
            Optional<Boolean> tracingEnabled) {}

    /** Answer of CreateStateMachine. */
    public record Created(Arn.StateMachine arn, long creationMillis) {}

    /**
     * Answer of UpdateStateMachine; {@code revisionId} is absent for a machine that never changed.
     */
    public record Updated(long updateMillis, Optional<String> revisionId) {}

    private StateMachineRequests() {}
}
