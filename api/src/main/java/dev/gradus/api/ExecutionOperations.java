package dev.gradus.api;

import dev.gradus.api.ExecutionInputs.StatusFilter;
import dev.gradus.api.Operation.Call;
import dev.gradus.api.Operation.Reply;
import dev.gradus.engine.ExecutionState;
import dev.gradus.engine.Failure;
import dev.gradus.runtime.Arn;
import dev.gradus.runtime.ErrorShape;
import dev.gradus.runtime.ExecutionRequests;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** The operations on executions. */
final class ExecutionOperations {
    private static final int TRACE_HEADER_MAX = 256; // characters, like the member of that name

    private final Service service;
    private final PageTokens tokens;

    ExecutionOperations(Service service, PageTokens tokens) {
        this.service = service;
        this.tokens = tokens;
    }

    List<Operation<?>> table() {
        return List.of(
                new Operation<>(
                        "StartExecution", ExecutionInputs.StartExecution.SHAPE, this::start),
                new Operation<>(
                        "StartSyncExecution",
                        ExecutionInputs.StartSyncExecution.SHAPE,
                        this::startSync),
                new Operation<>(
                        "DescribeExecution",
                        ExecutionInputs.DescribeExecution.SHAPE,
                        this::describe),
                new Operation<>(
                        "DescribeStateMachineForExecution",
                        ExecutionInputs.DescribeStateMachineForExecution.SHAPE,
                        this::definitionOf),
                new Operation<>("StopExecution", ExecutionInputs.StopExecution.SHAPE, this::stop),
                new Operation<>(
                        "RedriveExecution", ExecutionInputs.RedriveExecution.SHAPE, this::redrive),
                new Operation<>("ListExecutions", ExecutionInputs.ListExecutions.SHAPE, this::list),
                new Operation<>(
                        "GetExecutionHistory",
                        ExecutionInputs.GetExecutionHistory.SHAPE,
                        this::history));
    }

    /** Not AWS's: what our own command line asks for. */
    Operation<?> release() {
        return new Operation<>(
                "ReleaseExecution", ExecutionInputs.DescribeExecution.SHAPE, this::release);
    }

    private CompletionStage<Reply> release(ExecutionInputs.DescribeExecution in, Call call) {
        return service.release(ArnParser.execution(in.executionArn()))
                .thenApply(released ->
                        out -> out.number("held", released.held()).number("left", released.left()));
    }

    private CompletionStage<Reply> start(ExecutionInputs.StartExecution in, Call call) {
        var request =
                new ExecutionRequests.Start(
                        startable(in.stateMachineArn(), call),
                        in.name().map(Names::valid),
                        in.input().orElse("{}"),
                        traceHeader(in.traceHeader(), call));
        return service.start(request)
                .thenApply(started -> out -> ExecutionOutputs.started(started, out));
    }

    private CompletionStage<Reply> startSync(ExecutionInputs.StartSyncExecution in, Call call) {
        var request =
                new ExecutionRequests.Start(
                        startable(in.stateMachineArn(), call),
                        in.name().map(Names::valid),
                        in.input().orElse("{}"),
                        traceHeader(in.traceHeader(), call));
        return service.startSync(request)
                .thenApply(ended -> out -> ExecutionOutputs.ended(ended, out));
    }

    private static Arn.Startable startable(String arn, Call call) {
        if (arn.indexOf('#') >= 0) {
            throw ErrorShape.ValidationException.because(
                    "Mocked test cases (stateMachineArn#TestCase) come with a later release of"
                            + " Gradus: '"
                            + arn
                            + "'");
        }
        return call.own(ArnParser.startable(arn));
    }

    /**
     * AWS: the HTTP header wins over the member. One that the member could not hold is no header.
     */
    private static Optional<String> traceHeader(Optional<String> member, Call call) {
        return call.http()
                .header("X-Amzn-Trace-Id")
                .filter(header -> header.length() <= TRACE_HEADER_MAX)
                .filter(header -> header.chars().allMatch(c -> c < 0x80))
                .or(() -> member);
    }

    private CompletionStage<Reply> describe(ExecutionInputs.DescribeExecution in, Call call) {
        return service.describe(call.own(ArnParser.execution(in.executionArn())))
                .thenApply(execution -> out -> ExecutionOutputs.described(execution, out));
    }

    private CompletionStage<Reply> definitionOf(
            ExecutionInputs.DescribeStateMachineForExecution in, Call call) {
        return service.definitionOf(call.own(ArnParser.execution(in.executionArn())))
                .thenApply(definition -> out -> StateMachineOutputs.definition(definition, out));
    }

    private CompletionStage<Reply> stop(ExecutionInputs.StopExecution in, Call call) {
        var reason = new Failure(in.error(), in.cause());
        return service.stop(
                        new ExecutionRequests.Stop(
                                call.own(ArnParser.execution(in.executionArn())), reason))
                .thenApply(stopMillis -> out -> out.date("stopDate", stopMillis));
    }

    private CompletionStage<Reply> redrive(ExecutionInputs.RedriveExecution in, Call call) {
        var request =
                new ExecutionRequests.Redrive(
                        call.own(ArnParser.unlabelledExecution(in.executionArn())),
                        in.clientToken());
        return service.redrive(request)
                .thenApply(redriveMillis -> out -> out.date("redriveDate", redriveMillis));
    }

    private CompletionStage<Reply> list(ExecutionInputs.ListExecutions in, Call call) {
        var machine = call.own(machineOf(in));
        var binding =
                new PageTokens.Binding(
                        "ListExecutions",
                        List.of(machine.text(), in.statusFilter().map(Enum::name).orElse("")));
        var request =
                new ExecutionRequests.ListOf(
                        machine,
                        in.statusFilter().map(ExecutionOperations::status),
                        in.page().request(tokens, binding));
        return service.executions(request)
                .thenApply(page -> {
                    var next = page.next().map(after -> tokens.issue(binding, after));
                    return out -> ExecutionOutputs.listed(page.items(), next, out);
                });
    }

    private static Arn.Startable machineOf(ExecutionInputs.ListExecutions in) {
        if (in.mapRunArn().isPresent()) {
            if (in.stateMachineArn().isPresent()) {
                throw ErrorShape.ValidationException.because(
                        "Must provide either a StateMachine ARN or a MapRun ARN, not both");
            }
            // Map runs come with a later release, so none of them exists.
            throw ErrorShape.ResourceNotFound.because(
                    "Resource not found: '" + ArnParser.mapRun(in.mapRunArn().get()).text() + "'");
        }
        var machine =
                ArnParser.startable(
                        in.stateMachineArn()
                                .orElseThrow(() ->
                                        ErrorShape.ValidationException.because(
                                                "Must provide a StateMachine ARN or MapRun"
                                                        + " ARN")));
        if (in.redriveFilter().isPresent()) {
            throw ErrorShape.ValidationException.because(
                    "redriveFilter can only be used with mapRunArn");
        }
        if (in.statusFilter().filter(StatusFilter.PENDING_REDRIVE::equals).isPresent()) {
            throw ErrorShape.ValidationException.because(
                    "The statusFilter PENDING_REDRIVE can only be used with mapRunArn");
        }
        return machine;
    }

    private static ExecutionState.Status status(StatusFilter filter) {
        return switch (filter) {
            case RUNNING -> ExecutionState.Status.RUNNING;
            case SUCCEEDED -> ExecutionState.Status.SUCCEEDED;
            case FAILED -> ExecutionState.Status.FAILED;
            case TIMED_OUT -> ExecutionState.Status.TIMED_OUT;
            case ABORTED -> ExecutionState.Status.ABORTED;
            case PENDING_REDRIVE -> throw new IllegalStateException("refused before");
        };
    }

    private CompletionStage<Reply> history(ExecutionInputs.GetExecutionHistory in, Call call) {
        var arn = call.own(ArnParser.execution(in.executionArn()));
        var binding =
                new PageTokens.Binding(
                        "GetExecutionHistory",
                        List.of(
                                arn.text(),
                                Boolean.toString(in.reverseOrder()),
                                Boolean.toString(in.includeExecutionData())));
        var request =
                new ExecutionRequests.HistoryOf(
                        arn, in.reverseOrder(), in.page().request(tokens, binding));
        return service.history(request)
                .thenApply(page -> {
                    var next = page.next().map(after -> tokens.issue(binding, after));
                    var events = new HistoryOutput(in.includeExecutionData());
                    return out -> events.write(page.items(), next, out);
                });
    }
}
