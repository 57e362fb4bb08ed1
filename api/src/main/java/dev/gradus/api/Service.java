package dev.gradus.api;

import dev.gradus.engine.Failure;
import dev.gradus.engine.HistoryEvent;
import dev.gradus.expressions.Payload;
import dev.gradus.runtime.ActivityView;
import dev.gradus.runtime.AliasRequests;
import dev.gradus.runtime.AliasView;
import dev.gradus.runtime.Arn;
import dev.gradus.runtime.ExecutionRequests;
import dev.gradus.runtime.ExecutionView;
import dev.gradus.runtime.MapRunRequests;
import dev.gradus.runtime.MapRunView;
import dev.gradus.runtime.Page;
import dev.gradus.runtime.StateMachineRequests;
import dev.gradus.runtime.StateMachineView;
import dev.gradus.runtime.StateTestRequest;
import dev.gradus.runtime.StateTestView;
import dev.gradus.runtime.SyncExecutionView;
import dev.gradus.runtime.VersionView;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;

/**
 * All that the wire asks of what is behind it; {@link RuntimeService} is the real one.
 *
 * <p>Contract of each method: it never blocks; it completes with an answer or with an {@link
 * dev.gradus.runtime.ApiException}; anything else counts as our bug.
 */
public interface Service {
    CompletionStage<StateMachineRequests.Created> create(StateMachineRequests.Create request);

    CompletionStage<StateMachineRequests.Updated> update(StateMachineRequests.Update request);

    CompletionStage<Void> delete(Arn.StateMachine arn);

    CompletionStage<StateMachineView> describe(Arn.Startable arn);

    CompletionStage<Page<StateMachineView.Summary>> stateMachines(
            Arn.Place place, Page.Request page);

    CompletionStage<VersionView> publishVersion(StateMachineRequests.PublishVersion request);

    CompletionStage<Void> deleteVersion(Arn.StateMachineVersion arn);

    CompletionStage<Page<VersionView>> versions(Arn.StateMachine machine, Page.Request page);

    CompletionStage<AliasView> createAlias(AliasRequests.Create request);

    CompletionStage<AliasView> describeAlias(Arn.StateMachineAlias arn);

    CompletionStage<AliasView> updateAlias(AliasRequests.Update request);

    CompletionStage<Void> deleteAlias(Arn.StateMachineAlias arn);

    CompletionStage<Page<AliasView.Summary>> aliases(AliasRequests.ListOf request);

    CompletionStage<Void> tag(Arn.Taggable resource, Map<String, String> tags);

    CompletionStage<Void> untag(Arn.Taggable resource, List<String> keys);

    CompletionStage<Map<String, String>> tags(Arn.Taggable resource);

    CompletionStage<ExecutionRequests.Started> start(ExecutionRequests.Start request);

    CompletionStage<SyncExecutionView> startSync(ExecutionRequests.Start request);

    CompletionStage<ExecutionView> describe(Arn.Execution arn);

    CompletionStage<ExecutionView.Definition> definitionOf(Arn.Execution arn);

    CompletionStage<Long> stop(ExecutionRequests.Stop request);

    CompletionStage<Long> redrive(ExecutionRequests.Redrive request);

    CompletionStage<ExecutionRequests.Released> release(Arn.Execution arn);

    CompletionStage<Page<ExecutionView.Summary>> executions(ExecutionRequests.ListOf request);

    CompletionStage<Page<HistoryEvent>> history(ExecutionRequests.HistoryOf request);

    CompletionStage<MapRunView> describe(Arn.MapRun arn);

    CompletionStage<Page<MapRunView>> mapRuns(MapRunRequests.ListOf request);

    CompletionStage<Void> update(MapRunRequests.Update request);

    CompletionStage<ActivityView> create(Arn.Activity arn, Map<String, String> tags);

    CompletionStage<ActivityView> describe(Arn.Activity arn);

    CompletionStage<Void> delete(Arn.Activity arn);

    CompletionStage<Page<ActivityView>> activities(Arn.Place place, Page.Request page);

    CompletionStage<Optional<ActivityView.Task>> poll(
            Arn.Activity arn, Optional<String> workerName, BooleanSupplier open);

    CompletionStage<Void> succeed(Arn.Place caller, String taskToken, Payload output);

    CompletionStage<Void> fail(Arn.Place caller, String taskToken, Failure failure);

    CompletionStage<Void> heartbeat(Arn.Place caller, String taskToken);

    CompletionStage<StateTestView> test(StateTestRequest request);
}
