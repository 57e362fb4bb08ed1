package dev.gradus.api;

import dev.gradus.engine.Failure;
import dev.gradus.engine.HistoryEvent;
import dev.gradus.expressions.Payload;
import dev.gradus.runtime.Activities;
import dev.gradus.runtime.ActivityView;
import dev.gradus.runtime.Arn;
import dev.gradus.runtime.ExecutionRequests;
import dev.gradus.runtime.ExecutionView;
import dev.gradus.runtime.Executions;
import dev.gradus.runtime.Page;
import dev.gradus.runtime.StateMachineRequests;
import dev.gradus.runtime.StateMachineView;
import dev.gradus.runtime.StateMachines;
import dev.gradus.runtime.Tasks;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;

/** The runtime behind the wire. */
public record RuntimeService(
        StateMachines stateMachines, Executions executions, Activities activities, Tasks tasks)
        implements Service {

    @Override
    public CompletionStage<StateMachineRequests.Created> create(
            StateMachineRequests.Create request) {
        return stateMachines.create(request);
    }

    @Override
    public CompletionStage<StateMachineRequests.Updated> update(
            StateMachineRequests.Update request) {
        return stateMachines.update(request);
    }

    @Override
    public CompletionStage<Void> delete(Arn.StateMachine arn) {
        return stateMachines.delete(arn);
    }

    @Override
    public CompletionStage<StateMachineView> describe(Arn.StateMachine arn) {
        return stateMachines.describe(arn);
    }

    @Override
    public CompletionStage<Page<StateMachineView.Summary>> stateMachines(
            Arn.Place place, Page.Request page) {
        return stateMachines.list(place, page);
    }

    @Override
    public CompletionStage<ExecutionRequests.Started> start(ExecutionRequests.Start request) {
        return executions.start(request);
    }

    @Override
    public CompletionStage<ExecutionView> describe(Arn.Execution arn) {
        return executions.describe(arn);
    }

    @Override
    public CompletionStage<ExecutionView.Definition> definitionOf(Arn.Execution arn) {
        return executions.definitionOf(arn);
    }

    @Override
    public CompletionStage<Long> stop(ExecutionRequests.Stop request) {
        return executions.stop(request);
    }

    @Override
    public CompletionStage<ExecutionRequests.Released> release(Arn.Execution arn) {
        return executions.release(arn);
    }

    @Override
    public CompletionStage<Page<ExecutionView.Summary>> executions(
            ExecutionRequests.ListOf request) {
        return executions.list(request);
    }

    @Override
    public CompletionStage<Page<HistoryEvent>> history(ExecutionRequests.HistoryOf request) {
        return executions.history(request);
    }

    @Override
    public CompletionStage<ActivityView> create(Arn.Activity arn) {
        return activities.create(arn);
    }

    @Override
    public CompletionStage<ActivityView> describe(Arn.Activity arn) {
        return activities.describe(arn);
    }

    @Override
    public CompletionStage<Void> delete(Arn.Activity arn) {
        return activities.delete(arn);
    }

    @Override
    public CompletionStage<Page<ActivityView>> activities(Arn.Place place, Page.Request page) {
        return activities.list(place, page);
    }

    @Override
    public CompletionStage<Optional<ActivityView.Task>> poll(
            Arn.Activity arn, Optional<String> workerName, BooleanSupplier open) {
        return activities.poll(arn, workerName, open);
    }

    @Override
    public CompletionStage<Void> succeed(Arn.Place caller, String taskToken, Payload output) {
        return tasks.succeed(caller, taskToken, output);
    }

    @Override
    public CompletionStage<Void> fail(Arn.Place caller, String taskToken, Failure failure) {
        return tasks.fail(caller, taskToken, failure);
    }

    @Override
    public CompletionStage<Void> heartbeat(Arn.Place caller, String taskToken) {
        return tasks.heartbeat(caller, taskToken);
    }
}
