package dev.gradus.api;

import dev.gradus.engine.Failure;
import dev.gradus.engine.HistoryEvent;
import dev.gradus.expressions.Payload;
import dev.gradus.runtime.ActivityView;
import dev.gradus.runtime.Arn;
import dev.gradus.runtime.ExecutionRequests;
import dev.gradus.runtime.ExecutionView;
import dev.gradus.runtime.Page;
import dev.gradus.runtime.StateMachineRequests;
import dev.gradus.runtime.StateMachineView;
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

    CompletionStage<StateMachineView> describe(Arn.StateMachine arn);

    CompletionStage<Page<StateMachineView.Summary>> stateMachines(
            Arn.Place place, Page.Request page);

    CompletionStage<ExecutionRequests.Started> start(ExecutionRequests.Start request);

    CompletionStage<ExecutionView> describe(Arn.Execution arn);

    CompletionStage<ExecutionView.Definition> definitionOf(Arn.Execution arn);

    CompletionStage<Long> stop(ExecutionRequests.Stop request);

    CompletionStage<ExecutionRequests.Released> release(Arn.Execution arn);

    CompletionStage<Page<ExecutionView.Summary>> executions(ExecutionRequests.ListOf request);

    CompletionStage<Page<HistoryEvent>> history(ExecutionRequests.HistoryOf request);

    CompletionStage<ActivityView> create(Arn.Activity arn);

    CompletionStage<ActivityView> describe(Arn.Activity arn);

    CompletionStage<Void> delete(Arn.Activity arn);

    CompletionStage<Page<ActivityView>> activities(Arn.Place place, Page.Request page);

    CompletionStage<Optional<ActivityView.Task>> poll(
            Arn.Activity arn, Optional<String> workerName, BooleanSupplier open);

    CompletionStage<Void> succeed(Arn.Place caller, String taskToken, Payload output);

    CompletionStage<Void> fail(Arn.Place caller, String taskToken, Failure failure);

    CompletionStage<Void> heartbeat(Arn.Place caller, String taskToken);
}
