package dev.gradus.runtime;

import dev.gradus.asl.MachineType;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What callers ask for about state machines and their versions. */
public final class StateMachineRequests {

    /**
     * CreateStateMachine, with its defaults filled in.
     *
     * @param publish set when the new machine becomes version 1 at once
     * @param tags not looked at when the machine exists
     */
    public record Create(
            Arn.StateMachine arn,
            String definition,
            String roleArn,
            MachineType type,
            StateMachineView.Logging logging,
            boolean tracingEnabled,
            Optional<Publish> publish,
            Map<String, String> tags) {
        public Create {
            tags = Collections.unmodifiableMap(new LinkedHashMap<>(tags));
        }
    }

    /**
     * UpdateStateMachine; what is absent stays as it is.
     *
     * @param publish set when what the machine is then becomes a version, unless it is one
     */
    public record Update(
            Arn.StateMachine arn,
            Optional<String> definition,
            Optional<String> roleArn,
            Optional<StateMachineView.Logging> logging,
            Optional<Boolean> tracingEnabled,
            Optional<Publish> publish) {}

    /** That a version is wanted of what was created or updated. */
    public record Publish(Optional<String> description) {}

    /** Answer of CreateStateMachine; with the version where one was wanted. */
    public record Created(
            Arn.StateMachine arn, long creationMillis, Optional<Arn.StateMachineVersion> version) {}

    /**
     * Answer of UpdateStateMachine; {@code revisionId} is absent for a machine that never changed.
     */
    public record Updated(
            long updateMillis,
            Optional<String> revisionId,
            Optional<Arn.StateMachineVersion> version) {}

    /**
     * PublishStateMachineVersion.
     *
     * @param revisionId what the caller takes for the current revision; absent: whichever it is
     */
    public record PublishVersion(
            Arn.StateMachine machine, Optional<String> revisionId, Optional<String> description) {}

    private StateMachineRequests() {}
}
