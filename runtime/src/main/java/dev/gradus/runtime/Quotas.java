package dev.gradus.runtime;

import dev.gradus.engine.ExecutionQuotas;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;

/**
 * What an operator lets an account and an execution take up; AWS's quotas unless told otherwise.
 *
 * @param counts how many of what there may be
 * @param retention how long closed executions stay
 * @param executions what an execution may take up
 * @param exceptions other values for some machines; the first that fits counts
 */
public record Quotas(
        Counts counts,
        Duration retention,
        ExecutionQuotas executions,
        List<OfMachines> exceptions) {
    /** No limit, for any number of a kind. */
    public static final int UNLIMITED = Integer.MAX_VALUE;

    public static final Quotas AWS =
            new Quotas(Counts.AWS, RuntimeLimits.RETENTION, ExecutionQuotas.AWS, List.of());

    public Quotas {
        exceptions = List.copyOf(exceptions);
    }

    /**
     * How many there may be of what is registered and held.
     *
     * @param stateMachines of one account and region
     * @param activities of one account and region
     * @param versions of one machine
     * @param aliases of one machine
     * @param tags of one machine or activity
     * @param pollers of one activity at once
     */
    public record Counts(
            int stateMachines, int activities, int versions, int aliases, int tags, int pollers) {
        public static final Counts AWS =
                new Counts(
                        RuntimeLimits.STATE_MACHINES,
                        RuntimeLimits.ACTIVITIES,
                        RuntimeLimits.VERSIONS_A_MACHINE,
                        RuntimeLimits.ALIASES_A_MACHINE,
                        RuntimeLimits.TAGS_A_RESOURCE,
                        RuntimeLimits.POLLERS_AN_ACTIVITY);
    }

    /**
     * What executions of some machines may take up.
     *
     * @param machines tells by its ARN whether a machine is one of them
     */
    public record OfMachines(Predicate<String> machines, ExecutionQuotas executions) {}

    /** What an execution of that machine may take up. */
    ExecutionQuotas of(String stateMachineArn) {
        for (var exception : exceptions) {
            if (exception.machines().test(stateMachineArn)) {
                return exception.executions();
            }
        }
        return executions;
    }
}
