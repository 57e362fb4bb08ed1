package dev.gradus.runtime;

import java.util.List;
import java.util.Optional;

/** What callers ask for about aliases. */
public final class AliasRequests {

    /**
     * CreateStateMachineAlias.
     *
     * @param routes versions of the alias's own machine, distinct, with weights that add up to 100
     */
    public record Create(
            Arn.StateMachineAlias arn, Optional<String> description, List<AliasView.Route> routes) {
        public Create {
            routes = List.copyOf(routes);
        }
    }

    /**
     * UpdateStateMachineAlias; what is absent stays as it is.
     *
     * @param routes as for {@link Create}
     */
    public record Update(
            Arn.StateMachineAlias arn,
            Optional<String> description,
            Optional<List<AliasView.Route>> routes) {
        public Update {
            routes = routes.map(List::copyOf);
        }
    }

    /**
     * ListStateMachineAliases.
     *
     * @param of the machine, or a version: then only the aliases that route to it
     */
    public record ListOf(Arn.Startable of, Page.Request page) {}

    private AliasRequests() {}
}
