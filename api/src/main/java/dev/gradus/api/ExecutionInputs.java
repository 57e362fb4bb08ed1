package dev.gradus.api;

import dev.gradus.api.StateMachineInputs.Included;
import dev.gradus.engine.Limits;
import java.util.List;
import java.util.Optional;

/** The requests about executions, each with its members as AWS's model declares them. */
final class ExecutionInputs {
    private static final MemberType.Text ARN = MemberType.text(1, 256);
    private static final MemberType.Text MAP_RUN_ARN = MemberType.text(1, 2000);
    private static final Member<String> EXECUTION_ARN = Member.required("executionArn", ARN);
    private static final Member<Included> INCLUDED_DATA =
            Member.optional("includedData", MemberType.choice(Included.class));

    private static final Member<String> STATE_MACHINE_ARN = Member.required("stateMachineArn", ARN);
    private static final Member<String> NAME = Member.optional("name", MemberType.text(1, 80));
    private static final Member<String> INPUT =
            Member.optional("input", MemberType.payload(Limits.PAYLOAD_BYTES));
    private static final Member<String> TRACE_HEADER =
            Member.optional("traceHeader", MemberType.text(0, 256, "\\p{ASCII}*"));

    /** The statuses that a list can be filtered by. */
    enum StatusFilter {
        RUNNING,
        SUCCEEDED,
        FAILED,
        TIMED_OUT,
        ABORTED,
        PENDING_REDRIVE
    }

    /** Whether children of a map run were redriven. */
    enum RedriveFilter {
        REDRIVEN,
        NOT_REDRIVEN
    }

    record StartExecution(
            String stateMachineArn,
            Optional<String> name,
            Optional<String> input,
            Optional<String> traceHeader) {
        static final Shape<StartExecution> SHAPE =
                new Shape<>(
                        "StartExecutionInput",
                        List.of(STATE_MACHINE_ARN, NAME, INPUT, TRACE_HEADER),
                        in ->
                                new StartExecution(
                                        in.get(STATE_MACHINE_ARN),
                                        in.optional(NAME),
                                        in.optional(INPUT),
                                        in.optional(TRACE_HEADER)));
    }

    record StartSyncExecution(
            String stateMachineArn,
            Optional<String> name,
            Optional<String> input,
            Optional<String> traceHeader,
            Optional<Included> includedData) {
        static final Shape<StartSyncExecution> SHAPE =
                new Shape<>(
                        "StartSyncExecutionInput",
                        List.of(STATE_MACHINE_ARN, NAME, INPUT, TRACE_HEADER, INCLUDED_DATA),
                        in ->
                                new StartSyncExecution(
                                        in.get(STATE_MACHINE_ARN),
                                        in.optional(NAME),
                                        in.optional(INPUT),
                                        in.optional(TRACE_HEADER),
                                        in.optional(INCLUDED_DATA)));
    }

    record DescribeExecution(String executionArn, Optional<Included> includedData) {
        static final Shape<DescribeExecution> SHAPE =
                new Shape<>(
                        "DescribeExecutionInput",
                        List.of(EXECUTION_ARN, INCLUDED_DATA),
                        in ->
                                new DescribeExecution(
                                        in.get(EXECUTION_ARN), in.optional(INCLUDED_DATA)));
    }

    record DescribeStateMachineForExecution(String executionArn, Optional<Included> includedData) {
        static final Shape<DescribeStateMachineForExecution> SHAPE =
                new Shape<>(
                        "DescribeStateMachineForExecutionInput",
                        List.of(EXECUTION_ARN, INCLUDED_DATA),
                        in ->
                                new DescribeStateMachineForExecution(
                                        in.get(EXECUTION_ARN), in.optional(INCLUDED_DATA)));
    }

    record StopExecution(String executionArn, Optional<String> error, Optional<String> cause) {
        private static final Member<String> ERROR =
                Member.optional("error", MemberType.secret(0, 256));
        private static final Member<String> CAUSE =
                Member.optional("cause", MemberType.secret(0, 32_768));
        static final Shape<StopExecution> SHAPE =
                new Shape<>(
                        "StopExecutionInput",
                        List.of(EXECUTION_ARN, ERROR, CAUSE),
                        in ->
                                new StopExecution(
                                        in.get(EXECUTION_ARN),
                                        in.optional(ERROR),
                                        in.optional(CAUSE)));
    }

    record RedriveExecution(String executionArn, Optional<String> clientToken) {
        private static final Member<String> CLIENT_TOKEN =
                Member.optional("clientToken", MemberType.text(1, 64, "[!-~]+"));
        static final Shape<RedriveExecution> SHAPE =
                new Shape<>(
                        "RedriveExecutionInput",
                        List.of(EXECUTION_ARN, CLIENT_TOKEN),
                        in ->
                                new RedriveExecution(
                                        in.get(EXECUTION_ARN), in.optional(CLIENT_TOKEN)));
    }

    record ListExecutions(
            Optional<String> stateMachineArn,
            Optional<StatusFilter> statusFilter,
            PageInput page,
            Optional<String> mapRunArn,
            Optional<RedriveFilter> redriveFilter) {
        private static final Member<String> STATE_MACHINE_ARN =
                Member.optional("stateMachineArn", ARN);
        private static final Member<StatusFilter> STATUS_FILTER =
                Member.optional(
                        "statusFilter",
                        // The order as recorded.
                        new MemberType.Choice<>(
                                StatusFilter.class,
                                List.of(
                                        "SUCCEEDED",
                                        "TIMED_OUT",
                                        "PENDING_REDRIVE",
                                        "ABORTED",
                                        "FAILED",
                                        "RUNNING")));
        private static final Member<String> NEXT_TOKEN =
                Member.optional("nextToken", MemberType.text(1, 3096));
        private static final Member<String> MAP_RUN = Member.optional("mapRunArn", MAP_RUN_ARN);
        private static final Member<RedriveFilter> REDRIVE_FILTER =
                Member.optional("redriveFilter", MemberType.choice(RedriveFilter.class));
        static final Shape<ListExecutions> SHAPE =
                new Shape<>(
                        "ListExecutionsInput",
                        List.of(
                                STATE_MACHINE_ARN,
                                STATUS_FILTER,
                                PageInput.MAX_RESULTS,
                                NEXT_TOKEN,
                                MAP_RUN,
                                REDRIVE_FILTER),
                        in ->
                                new ListExecutions(
                                        in.optional(STATE_MACHINE_ARN),
                                        in.optional(STATUS_FILTER),
                                        PageInput.of(in, NEXT_TOKEN),
                                        in.optional(MAP_RUN),
                                        in.optional(REDRIVE_FILTER)));
    }

    record GetExecutionHistory(
            String executionArn,
            PageInput page,
            boolean reverseOrder,
            boolean includeExecutionData) {
        private static final Member<Boolean> REVERSE_ORDER =
                Member.optional("reverseOrder", new MemberType.Flag());
        private static final Member<Boolean> INCLUDE_EXECUTION_DATA =
                Member.optional("includeExecutionData", new MemberType.Flag());
        static final Shape<GetExecutionHistory> SHAPE =
                new Shape<>(
                        "GetExecutionHistoryInput",
                        List.of(
                                EXECUTION_ARN,
                                PageInput.MAX_RESULTS,
                                REVERSE_ORDER,
                                PageInput.NEXT_TOKEN,
                                INCLUDE_EXECUTION_DATA),
                        in ->
                                new GetExecutionHistory(
                                        in.get(EXECUTION_ARN),
                                        PageInput.of(in),
                                        in.optional(REVERSE_ORDER).orElse(false),
                                        in.optional(INCLUDE_EXECUTION_DATA).orElse(true)));
    }

    private ExecutionInputs() {}
}
