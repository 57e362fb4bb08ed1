package dev.gradus.api;

import dev.gradus.engine.Failure;
import dev.gradus.engine.HistoryEvent;
import dev.gradus.expressions.Payload;
import dev.gradus.runtime.Activities;
import dev.gradus.runtime.ActivityView;
import dev.gradus.runtime.AliasRequests;
import dev.gradus.runtime.AliasView;
import dev.gradus.runtime.Arn;
import dev.gradus.runtime.ExecutionRequests;
import dev.gradus.runtime.ExecutionView;
import dev.gradus.runtime.Executions;
import dev.gradus.runtime.Gradus;
import dev.gradus.runtime.MapRunRequests;
import dev.gradus.runtime.MapRunView;
import dev.gradus.runtime.MapRuns;
import dev.gradus.runtime.Page;
import dev.gradus.runtime.StateMachineAliases;
import dev.gradus.runtime.StateMachineRequests;
import dev.gradus.runtime.StateMachineVersions;
import dev.gradus.runtime.StateMachineView;
import dev.gradus.runtime.StateMachines;
import dev.gradus.runtime.StateTestRequest;
import dev.gradus.runtime.StateTestView;
import dev.gradus.runtime.StateTests;
import dev.gradus.runtime.SyncExecutionView;
import dev.gradus.runtime.Tags;
import dev.gradus.runtime.Tasks;
import dev.gradus.runtime.VersionView;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;

/** The runtime behind the wire. */
public record RuntimeService(
        StateMachines stateMachines,
        StateMachineVersions stateMachineVersions,
        StateMachineAliases stateMachineAliases,
        Tags resourceTags,
        Executions executions,
        MapRuns runs,
        Activities activities,
        Tasks tasks,
        StateTests stateTests)
        implements Service {

    /** Returns the service of a node. */
    public static RuntimeService of(Gradus gradus) {
        return new RuntimeService(
                gradus.stateMachines(),
                gradus.versions(),
                gradus.aliases(),
                gradus.tags(),
                gradus.executions(),
                gradus.mapRuns(),
                gradus.activities(),
                gradus.tasks(),
                gradus.stateTests());
    }

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
    public CompletionStage<StateMachineView> describe(Arn.Startable arn) {
        return stateMachines.describe(arn);
    }

    @Override
    public CompletionStage<Page<StateMachineView.Summary>> stateMachines(
            Arn.Place place, Page.Request page) {
        return stateMachines.list(place, page);
    }

    @Override
    public CompletionStage<VersionView> publishVersion(
            StateMachineRequests.PublishVersion request) {
        return stateMachineVersions.publish(request);
    }

    @Override
    public CompletionStage<Void> deleteVersion(Arn.StateMachineVersion arn) {
        return stateMachineVersions.delete(arn);
    }

    @Override
    public CompletionStage<Page<VersionView>> versions(
            Arn.StateMachine machine, Page.Request page) {
        return stateMachineVersions.list(machine, page);
    }

    @Override
    public CompletionStage<AliasView> createAlias(AliasRequests.Create request) {
        return stateMachineAliases.create(request);
    }

    @Override
    public CompletionStage<AliasView> describeAlias(Arn.StateMachineAlias arn) {
        return stateMachineAliases.describe(arn);
    }

    @Override
    public CompletionStage<AliasView> updateAlias(AliasRequests.Update request) {
        return stateMachineAliases.update(request);
    }

    @Override
    public CompletionStage<Void> deleteAlias(Arn.StateMachineAlias arn) {
        return stateMachineAliases.delete(arn);
    }

    @Override
    public CompletionStage<Page<AliasView.Summary>> aliases(AliasRequests.ListOf request) {
        return stateMachineAliases.list(request);
    }

    @Override
    public CompletionStage<Void> tag(Arn.Taggable resource, Map<String, String> tags) {
        return resourceTags.tag(resource, tags);
    }

    @Override
    public CompletionStage<Void> untag(Arn.Taggable resource, List<String> keys) {
        return resourceTags.untag(resource, keys);
    }

    @Override
    public CompletionStage<Map<String, String>> tags(Arn.Taggable resource) {
        return resourceTags.list(resource);
    }

    @Override
    public CompletionStage<ExecutionRequests.Started> start(ExecutionRequests.Start request) {
        return executions.start(request);
    }

    @Override
    public CompletionStage<SyncExecutionView> startSync(ExecutionRequests.Start request) {
        return executions.startSync(request);
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
    public CompletionStage<Long> redrive(ExecutionRequests.Redrive request) {
        return executions.redrive(request);
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
    public CompletionStage<MapRunView> describe(Arn.MapRun arn) {
        return runs.describe(arn);
    }

    @Override
    public CompletionStage<Page<MapRunView>> mapRuns(MapRunRequests.ListOf request) {
        return runs.list(request);
    }

    @Override
    public CompletionStage<Void> update(MapRunRequests.Update request) {
        return runs.update(request);
    }

    @Override
    public CompletionStage<ActivityView> create(Arn.Activity arn, Map<String, String> tags) {
        return activities.create(arn, tags);
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

    @Override
    public CompletionStage<StateTestView> test(StateTestRequest request) {
        return stateTests.test(request);
    }
}
