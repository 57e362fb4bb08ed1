package dev.gradus.runtime;

import dev.gradus.engine.Decision;
import dev.gradus.engine.Effect;
import dev.gradus.engine.EventDetails;
import dev.gradus.engine.EventType;
import dev.gradus.engine.Execution;
import dev.gradus.engine.ExecutionState;
import dev.gradus.engine.HistoryEvent;
import dev.gradus.engine.Scope;
import dev.gradus.runtime.OpenTasks.Task;
import dev.gradus.runtime.spi.MetricDatum.Dimension;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongFunction;

/**
 * Counts what decisions say, when they are taken: before they are durable, so that a decision which
 * its store loses while the process lives on is counted though it never was. Thread-safe; an
 * execution's {@link OpenTasks} are not.
 */
final class ExecutionMetrics {

    /** What an event says of a task. */
    private enum Step {
        SCHEDULED,
        STARTED,
        SUBMITTED,
        SUCCEEDED,
        FAILED,
        TIMED_OUT
    }

    /** The metrics of one kind of task. */
    private record Family(
            Metric scheduled,
            Metric started,
            Metric succeeded,
            Metric failed,
            Metric timedOut,
            Metric time,
            Metric runTime,
            Metric scheduleTime) {}

    /** Makes what a task is counted for of the event that scheduled it; empty for any other. */
    @FunctionalInterface
    interface SubjectOfTask {
        Optional<MetricSubject> of(EventDetails details);
    }

    private static final Map<EventType, Step> STEPS = steps();
    private static final Map<Metric.Of, Family> FAMILIES = families();

    private final MetricBook book;

    ExecutionMetrics(MetricBook book) {
        this.book = book;
    }

    private static Map<EventType, Step> steps() {
        var steps = new EnumMap<EventType, Step>(EventType.class);
        steps.put(EventType.LAMBDA_FUNCTION_SCHEDULED, Step.SCHEDULED);
        steps.put(EventType.LAMBDA_FUNCTION_STARTED, Step.STARTED);
        steps.put(EventType.LAMBDA_FUNCTION_SUCCEEDED, Step.SUCCEEDED);
        steps.put(EventType.LAMBDA_FUNCTION_FAILED, Step.FAILED);
        steps.put(EventType.LAMBDA_FUNCTION_SCHEDULE_FAILED, Step.FAILED);
        steps.put(EventType.LAMBDA_FUNCTION_START_FAILED, Step.FAILED);
        steps.put(EventType.LAMBDA_FUNCTION_TIMED_OUT, Step.TIMED_OUT);
        steps.put(EventType.ACTIVITY_SCHEDULED, Step.SCHEDULED);
        steps.put(EventType.ACTIVITY_STARTED, Step.STARTED);
        steps.put(EventType.ACTIVITY_SUCCEEDED, Step.SUCCEEDED);
        steps.put(EventType.ACTIVITY_FAILED, Step.FAILED);
        steps.put(EventType.ACTIVITY_SCHEDULE_FAILED, Step.FAILED);
        steps.put(EventType.ACTIVITY_TIMED_OUT, Step.TIMED_OUT);
        steps.put(EventType.TASK_SCHEDULED, Step.SCHEDULED);
        steps.put(EventType.TASK_STARTED, Step.STARTED);
        steps.put(EventType.TASK_SUBMITTED, Step.SUBMITTED);
        steps.put(EventType.TASK_SUCCEEDED, Step.SUCCEEDED);
        steps.put(EventType.TASK_FAILED, Step.FAILED);
        steps.put(EventType.TASK_START_FAILED, Step.FAILED);
        steps.put(EventType.TASK_SUBMIT_FAILED, Step.FAILED);
        steps.put(EventType.TASK_TIMED_OUT, Step.TIMED_OUT);
        return steps;
    }

    private static Map<Metric.Of, Family> families() {
        var families = new EnumMap<Metric.Of, Family>(Metric.Of.class);
        families.put(
                Metric.Of.ACTIVITY,
                new Family(
                        Metric.ACTIVITIES_SCHEDULED,
                        Metric.ACTIVITIES_STARTED,
                        Metric.ACTIVITIES_SUCCEEDED,
                        Metric.ACTIVITIES_FAILED,
                        Metric.ACTIVITIES_TIMED_OUT,
                        Metric.ACTIVITY_TIME,
                        Metric.ACTIVITY_RUN_TIME,
                        Metric.ACTIVITY_SCHEDULE_TIME));
        families.put(
                Metric.Of.LAMBDA_FUNCTION,
                new Family(
                        Metric.LAMBDA_FUNCTIONS_SCHEDULED,
                        Metric.LAMBDA_FUNCTIONS_STARTED,
                        Metric.LAMBDA_FUNCTIONS_SUCCEEDED,
                        Metric.LAMBDA_FUNCTIONS_FAILED,
                        Metric.LAMBDA_FUNCTIONS_TIMED_OUT,
                        Metric.LAMBDA_FUNCTION_TIME,
                        Metric.LAMBDA_FUNCTION_RUN_TIME,
                        Metric.LAMBDA_FUNCTION_SCHEDULE_TIME));
        families.put(
                Metric.Of.SERVICE_INTEGRATION,
                new Family(
                        Metric.SERVICE_INTEGRATIONS_SCHEDULED,
                        Metric.SERVICE_INTEGRATIONS_STARTED,
                        Metric.SERVICE_INTEGRATIONS_SUCCEEDED,
                        Metric.SERVICE_INTEGRATIONS_FAILED,
                        Metric.SERVICE_INTEGRATIONS_TIMED_OUT,
                        Metric.SERVICE_INTEGRATION_TIME,
                        Metric.SERVICE_INTEGRATION_RUN_TIME,
                        Metric.SERVICE_INTEGRATION_SCHEDULE_TIME));
        return families;
    }

    /** Tells whether a task goes on with that event, and did not begin with it. */
    static boolean goesOn(EventType type) {
        var step = STEPS.get(type);
        return step == Step.STARTED || step == Step.SUBMITTED;
    }

    /**
     * Counts what a decision says.
     *
     * @param before the state in which it was taken
     * @param tasks those of the execution that are under way
     * @param stored reads an event of the execution's history, if it has one
     */
    void decided(
            Execution facts,
            ExecutionState before,
            Decision decision,
            OpenTasks tasks,
            LongFunction<Optional<HistoryEvent>> stored) {
        for (var event : decision.history()) {
            var step = STEPS.get(event.type());
            if (step != null) {
                task(facts, before, event, tasks, stored);
            } else if (event.type() == EventType.EXECUTION_STARTED) {
                count(facts, Metric.EXECUTIONS_STARTED);
            } else if (event.type() == EventType.EXECUTION_REDRIVEN) {
                book.count(machine(facts), Metric.EXECUTIONS_REDRIVEN);
            }
        }
        forgetAbandoned(before, decision, tasks);
        if (decision.state() instanceof ExecutionState.Closed closed) {
            closed(facts, closed);
        }
    }

    /** No event of its own ends a task that is left behind when something else has failed. */
    private static void forgetAbandoned(ExecutionState before, Decision decision, OpenTasks tasks) {
        if (!(before instanceof ExecutionState.Running running)) {
            return;
        }
        for (var effect : decision.effects()) {
            if (effect instanceof Effect.CancelTask(var id, _)) {
                running.scopes()
                        .find(id.scope())
                        .ifPresent(scope -> tasks.forget(scope.lastEventId()));
            }
        }
    }

    /** Counts what an Express execution is billed, when it has ended. */
    void expressEnded(Execution facts, ExecutionState.Closed end, long peakBytes) {
        var machine = machine(facts);
        long duration = end.stoppedAtMillis() - facts.startedAtMillis();
        book.add(
                machine,
                Metric.EXPRESS_EXECUTION_BILLED_DURATION,
                SyncExecutionView.billedMillis(duration));
        book.add(
                machine,
                Metric.EXPRESS_EXECUTION_BILLED_MEMORY,
                SyncExecutionView.billedMegabytes(peakBytes));
        book.add(
                machine, Metric.EXPRESS_EXECUTION_MEMORY, SyncExecutionView.memoryBytes(peakBytes));
    }

    private void closed(Execution facts, ExecutionState.Closed end) {
        var ends =
                switch (end.status()) {
                    case SUCCEEDED ->
                            new Ends(
                                    Metric.EXECUTIONS_SUCCEEDED,
                                    Metric.REDRIVEN_EXECUTIONS_SUCCEEDED);
                    case FAILED ->
                            new Ends(Metric.EXECUTIONS_FAILED, Metric.REDRIVEN_EXECUTIONS_FAILED);
                    case ABORTED ->
                            new Ends(Metric.EXECUTIONS_ABORTED, Metric.REDRIVEN_EXECUTIONS_ABORTED);
                    case TIMED_OUT ->
                            new Ends(
                                    Metric.EXECUTIONS_TIMED_OUT,
                                    Metric.REDRIVEN_EXECUTIONS_TIMED_OUT);
                    case RUNNING ->
                            throw new IllegalStateException("closed and running " + facts.arn());
                };
        count(facts, ends.any());
        add(
                facts,
                Metric.EXECUTION_TIME,
                Math.max(0, end.stoppedAtMillis() - facts.startedAtMillis()));
        if (facts.redrives().count() > 0) {
            book.count(machine(facts), ends.redriven());
        }
    }

    private record Ends(Metric any, Metric redriven) {}

    private void count(Execution facts, Metric metric) {
        add(facts, metric, 1);
    }

    /**
     * Adds a value for the machine, and for the alias or else the version that it was started by.
     */
    private void add(Execution facts, Metric metric, long value) {
        book.add(machine(facts), metric, value);
        var qualifier =
                facts.aliasArn()
                        .map(arn -> new Dimension("Alias", lastPart(arn)))
                        .or(() ->
                                facts.versionArn()
                                        .map(arn -> new Dimension("Version", lastPart(arn))));
        if (qualifier.isPresent()) {
            var qualified =
                    new MetricSubject(
                            facts.region(),
                            Metric.Of.STATE_MACHINE,
                            facts.stateMachineArn(),
                            qualifier);
            book.add(qualified, metric, value);
        }
    }

    private static MetricSubject machine(Execution facts) {
        return new MetricSubject(
                facts.region(), Metric.Of.STATE_MACHINE, facts.stateMachineArn(), Optional.empty());
    }

    private static String lastPart(String arn) {
        return arn.substring(arn.lastIndexOf(':') + 1);
    }

    private void task(
            Execution facts,
            ExecutionState before,
            HistoryEvent event,
            OpenTasks tasks,
            LongFunction<Optional<HistoryEvent>> stored) {
        var step = Optional.ofNullable(STEPS.get(event.type())).orElseThrow();
        if (step == Step.SCHEDULED) {
            subject(facts, event.details())
                    .ifPresent(subject -> {
                        book.count(subject, family(subject).scheduled());
                        tasks.put(
                                event.id(),
                                new Task(subject, event.atMillis(), OptionalLong.empty()));
                    });
            return;
        }
        var known = tasks.take(event.previousEventId());
        var task =
                known.or(() ->
                        OpenTasks.recall(
                                event.previousEventId(),
                                details -> subject(facts, details),
                                stored));
        task.ifPresent(of -> {
            if (goesOn(event.type())) {
                tasks.put(event.id(), wentOn(of, step, event.atMillis()));
            } else {
                ended(of, event, endOf(of, step, event, before));
            }
        });
    }

    private Task wentOn(Task task, Step step, long atMillis) {
        if (step == Step.SUBMITTED) {
            return task;
        }
        var family = family(task.subject());
        book.count(task.subject(), family.started());
        book.add(task.subject(), family.scheduleTime(), atMillis - task.scheduledAtMillis());
        return task.started(atMillis);
    }

    private static Metric endOf(Task task, Step step, HistoryEvent event, ExecutionState before) {
        var family = family(task.subject());
        if (step == Step.SUCCEEDED) {
            return family.succeeded();
        }
        if (step == Step.FAILED) {
            return family.failed();
        }
        boolean activity = task.subject().of() == Metric.Of.ACTIVITY;
        return activity && missedHeartbeat(event, before)
                ? Metric.ACTIVITIES_HEARTBEAT_TIMED_OUT
                : family.timedOut();
    }

    private void ended(Task task, HistoryEvent event, Metric how) {
        var family = family(task.subject());
        book.count(task.subject(), how);
        book.add(task.subject(), family.time(), event.atMillis() - task.scheduledAtMillis());
        task.startedAtMillis()
                .ifPresent(started ->
                        book.add(task.subject(), family.runTime(), event.atMillis() - started));
    }

    /** The event looks the same for both; the attempt that it ended tells which limit it was. */
    private static boolean missedHeartbeat(HistoryEvent event, ExecutionState before) {
        if (!(before instanceof ExecutionState.Running running)) {
            return false;
        }
        boolean[] missed = {false};
        running.scopes()
                .forEach(scope -> {
                    if (scope.lastEventId() == event.previousEventId()
                            && scope.phase() instanceof Scope.Working(_, var attempt)) {
                        long timeout = attempt.timeoutAtMillis().orElse(Long.MAX_VALUE);
                        missed[0] =
                                attempt.heartbeatAtMillis().isPresent()
                                        && event.atMillis() < timeout;
                    }
                });
        return missed[0];
    }

    private static Optional<MetricSubject> subject(Execution facts, EventDetails details) {
        if (details instanceof EventDetails.LambdaFunctionScheduled lambda) {
            return subject(facts, Metric.Of.LAMBDA_FUNCTION, lambda.resource());
        }
        if (details instanceof EventDetails.ActivityScheduled activity) {
            return subject(facts, Metric.Of.ACTIVITY, activity.resource());
        }
        if (details instanceof EventDetails.TaskScheduled task) {
            var prefix = "arn:" + partition(facts.arn()) + ":states:::";
            return subject(
                    facts,
                    Metric.Of.SERVICE_INTEGRATION,
                    prefix + task.resourceType() + ":" + task.resource());
        }
        return Optional.empty();
    }

    private static Optional<MetricSubject> subject(Execution facts, Metric.Of of, String resource) {
        return Optional.of(new MetricSubject(facts.region(), of, resource, Optional.empty()));
    }

    private static String partition(String arn) {
        int from = "arn:".length();
        return arn.substring(from, arn.indexOf(':', from));
    }

    private static Family family(MetricSubject subject) {
        return Optional.ofNullable(FAMILIES.get(subject.of())).orElseThrow();
    }
}
