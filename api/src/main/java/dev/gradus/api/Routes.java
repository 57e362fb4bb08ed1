package dev.gradus.api;

import dev.gradus.api.VersionInputs.RoutingConfigurationListItem;
import dev.gradus.runtime.AliasView;
import dev.gradus.runtime.ApiException;
import dev.gradus.runtime.Arn;
import dev.gradus.runtime.ErrorShape;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;

/** A routing configuration as AWS takes it: one or two versions of one machine, and all of 100. */
final class Routes {
    private static final int ALL = 100; // percent

    private Routes() {}

    /** Returns the routes; throws ValidationException in AWS's words, recorded but where told. */
    static List<AliasView.Route> valid(List<RoutingConfigurationListItem> items) {
        var arns =
                items.stream().map(RoutingConfigurationListItem::stateMachineVersionArn).toList();
        var routes = new ArrayList<AliasView.Route>();
        for (var item : items) {
            if (!(ArnParser.startable(item.stateMachineVersionArn())
                    instanceof Arn.StateMachineVersion version)) {
                throw invalid("must contain state machine version ARNs. Received: " + arns);
            }
            routes.add(new AliasView.Route(version, item.weight()));
        }
        if (new HashSet<>(arns).size() < arns.size()) {
            throw invalid("must contain distinct state machine version ARNs. Received: " + arns);
        }
        if (routes.stream().map(route -> route.version().unqualified()).distinct().count() > 1) {
            // In our words: no recording has it.
            throw invalid("must contain versions of one state machine. Received: " + arns);
        }
        var weights = routes.stream().map(AliasView.Route::weight).toList();
        if (weights.stream().mapToInt(Integer::intValue).sum() != ALL) {
            throw refused(
                    "Sum of routing configuration weights must equal 100. Received: " + weights);
        }
        return routes;
    }

    /** The machine that the routes lead to. */
    static Arn.StateMachine machine(List<AliasView.Route> routes) {
        return routes.getFirst().version().unqualified();
    }

    /** Refuses routes of another machine than the alias's own. */
    static void checkMachine(Arn.StateMachineAlias alias, List<AliasView.Route> routes) {
        if (!machine(routes).equals(alias.unqualified())) {
            throw invalid(
                    "must contain versions of the state machine of '"
                            + alias.text()
                            + "'. Received: "
                            + routes.stream().map(route -> route.version().text()).toList());
        }
    }

    private static ApiException invalid(String why) {
        return refused("Routing configuration " + why);
    }

    private static ApiException refused(String message) {
        return new ApiException(
                ErrorShape.ValidationException,
                message,
                Map.of("reason", "INVALID_ROUTING_CONFIGURATION"));
    }
}
