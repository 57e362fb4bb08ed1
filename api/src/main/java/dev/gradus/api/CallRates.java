package dev.gradus.api;

import dev.gradus.runtime.TokenBucket.Rate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * AWS's rates of calls: for each operation a bucket and its refill, for each account and region.
 *
 * @see <a href="https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html">Step
 *     Functions service quotas</a>
 */
final class CallRates {
    /** Starts of Standard executions. */
    static final String START_STANDARD = "StartExecution";

    /** Starts of Express executions, which have a bucket of their own. */
    static final String START_EXPRESS = "StartExecution of EXPRESS";

    /** States that Standard executions enter. */
    static final String TRANSITION = "StateTransition";

    private static final Set<String> LARGE_REGIONS = Set.of("us-east-1", "us-west-2", "eu-west-1");
    private static final Map<String, Rate> LARGE = new HashMap<>();
    private static final Map<String, Rate> OTHER = new HashMap<>();

    static {
        rate(List.of(START_STANDARD, "RedriveExecution"), new Rate(1_300, 300), new Rate(800, 150));
        rate(List.of(START_EXPRESS), new Rate(6_000, 6_000), new Rate(6_000, 6_000));
        rate(List.of("StopExecution"), new Rate(1_000, 200), new Rate(500, 25));
        rate(List.of("DescribeExecution"), new Rate(300, 15), new Rate(250, 10));
        rate(List.of("GetExecutionHistory"), new Rate(400, 20), new Rate(400, 20));
        rate(List.of("ListExecutions"), new Rate(200, 5), new Rate(100, 2));
        rate(List.of("ListStateMachines"), new Rate(100, 5), new Rate(100, 5));
        rate(List.of("ListActivities"), new Rate(100, 10), new Rate(100, 5));
        rate(List.of("DescribeStateMachine"), new Rate(200, 20), new Rate(200, 20));
        rate(
                List.of(
                        "DescribeActivity",
                        "DescribeStateMachineAlias",
                        "DescribeMapRun",
                        "DescribeStateMachineForExecution",
                        "TagResource",
                        "UntagResource"),
                new Rate(200, 1),
                new Rate(200, 1));
        rate(
                List.of(
                        "GetActivityTask",
                        "SendTaskSuccess",
                        "SendTaskFailure",
                        "SendTaskHeartbeat"),
                new Rate(3_000, 500),
                new Rate(1_500, 300));
        rate(
                List.of(
                        "CreateActivity",
                        "CreateStateMachine",
                        "CreateStateMachineAlias",
                        "UpdateStateMachine",
                        "UpdateStateMachineAlias",
                        "UpdateMapRun",
                        "DeleteActivity",
                        "DeleteStateMachine",
                        "DeleteStateMachineAlias",
                        "DeleteStateMachineVersion",
                        "PublishStateMachineVersion",
                        "ValidateStateMachineDefinition",
                        "ListMapRuns",
                        "ListStateMachineAliases",
                        "ListStateMachineVersions",
                        "ListTagsForResource"),
                new Rate(100, 1),
                new Rate(100, 1));
        rate(List.of(TRANSITION), new Rate(5_000, 5_000), new Rate(800, 800));
        rate(List.of("TestState"), new Rate(50, 10), new Rate(50, 10));
    }

    private CallRates() {}

    private static void rate(List<String> kinds, Rate large, Rate other) {
        kinds.forEach(kind -> {
            LARGE.put(kind, large);
            OTHER.put(kind, other);
        });
    }

    /** The rate of an operation; empty for StartSyncExecution, which AWS gives as it can. */
    static Optional<Rate> of(String kind, String region) {
        return Optional.ofNullable((LARGE_REGIONS.contains(region) ? LARGE : OTHER).get(kind));
    }
}
