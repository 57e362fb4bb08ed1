package dev.gradus.api;

import java.util.List;
import java.util.Optional;

/** The requests about Map Runs, each with its members as AWS's model has them. */
final class MapRunInputs {
    private static final Member<String> MAP_RUN_ARN =
            Member.required("mapRunArn", MemberType.text(1, 2000));

    record DescribeMapRun(String mapRunArn) {
        static final Shape<DescribeMapRun> SHAPE =
                new Shape<>(
                        "DescribeMapRunInput",
                        List.of(MAP_RUN_ARN),
                        in -> new DescribeMapRun(in.get(MAP_RUN_ARN)));
    }

    record ListMapRuns(String executionArn, PageInput page) {
        private static final Member<String> EXECUTION_ARN =
                Member.required("executionArn", MemberType.text(1, 256));
        static final Shape<ListMapRuns> SHAPE =
                new Shape<>(
                        "ListMapRunsInput",
                        List.of(EXECUTION_ARN, PageInput.MAX_RESULTS, PageInput.NEXT_TOKEN),
                        in -> new ListMapRuns(in.get(EXECUTION_ARN), PageInput.of(in)));
    }

    record UpdateMapRun(
            String mapRunArn,
            Optional<Integer> maxConcurrency,
            Optional<Float> toleratedFailurePercentage,
            Optional<Long> toleratedFailureCount) {
        private static final Member<Integer> MAX_CONCURRENCY =
                Member.optional("maxConcurrency", new MemberType.Whole(0, Integer.MAX_VALUE));
        private static final Member<Float> PERCENTAGE =
                Member.optional("toleratedFailurePercentage", new MemberType.Fraction(0, 100));
        private static final Member<Long> COUNT =
                Member.optional("toleratedFailureCount", new MemberType.Count(0));
        static final Shape<UpdateMapRun> SHAPE =
                new Shape<>(
                        "UpdateMapRunInput",
                        List.of(MAP_RUN_ARN, MAX_CONCURRENCY, PERCENTAGE, COUNT),
                        in ->
                                new UpdateMapRun(
                                        in.get(MAP_RUN_ARN),
                                        in.optional(MAX_CONCURRENCY),
                                        in.optional(PERCENTAGE),
                                        in.optional(COUNT)));

        boolean changesNothing() {
            return maxConcurrency.isEmpty()
                    && toleratedFailurePercentage.isEmpty()
                    && toleratedFailureCount.isEmpty();
        }
    }

    private MapRunInputs() {}
}
