package dev.gradus.runtime;

import java.util.List;
import java.util.Optional;

/**
 * What callers see of an alias; dates in milliseconds since the epoch.
 *
 * @param routes one or two, in the order in which they were given
 * @param updateMillis equal to {@code creationMillis} until the first update
 */
public record AliasView(
        Arn.StateMachineAlias arn,
        Optional<String> description,
        List<Route> routes,
        long creationMillis,
        long updateMillis) {
    public AliasView {
        routes = List.copyOf(routes);
    }

    /**
     * A share of the starts by an alias.
     *
     * @param weight in percent, from 0 to 100; those of one alias add up to 100
     */
    public record Route(Arn.StateMachineVersion version, int weight) {}

    /** What a list shows. */
    public record Summary(Arn.StateMachineAlias arn, long creationMillis) {}
}
