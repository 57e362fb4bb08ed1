package dev.gradus.runtime;

import dev.gradus.asl.MachineType;
import dev.gradus.engine.Command;
import dev.gradus.engine.Command.Answerer;
import dev.gradus.engine.Decision;
import dev.gradus.engine.Effect;
import dev.gradus.engine.Execution;
import dev.gradus.engine.ExecutionState;
import dev.gradus.engine.Failure;
import dev.gradus.engine.Timer;
import dev.gradus.expressions.Payload;
import dev.gradus.runtime.ActivityQueues.Queued;
import dev.gradus.runtime.ShardMessage.TokenAnswer;
import dev.gradus.runtime.StateMachineView.Status;
import dev.gradus.runtime.spi.TaskOutcome;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What one shard does with what happens to its executions: find the execution, let the interpreter
 * decide, write what it decided, and park what may only leave afterwards. Used by the shard's loop
 * alone.
 */
final class ExecutionCommands {
    private static final Logger LOG = LoggerFactory.getLogger(ExecutionCommands.class);

    private final ShardContext context;
    private final ShardParts parts;
    private final HeldCommands held;
    private final CommandClock clock;
    private final ExpressCommands express;
    private final TaskCalls calls;
    private final Transitions transitions;

    ExecutionCommands(
            ShardContext context,
            ShardParts parts,
            HeldCommands held,
            CommandClock clock,
            ExpressCommands express) {
        this.context = context;
        this.parts = parts;
        this.held = held;
        this.clock = clock;
        this.express = express;
        this.calls = new TaskCalls(context, parts);
        this.transitions = new Transitions(context);
    }

    TaskCalls calls() {
        return calls;
    }

    /** Tries what is held of one execution again. */
    void release(long xid) {
        held.release(xid, this::write);
    }

    void release(ShardMessage.Release message) {
        var named = parts.executions().named(message.hash());
        if (named.flatMap(name -> parts.executions().row(name.xid())).isEmpty()) {
            fail(message.reply(), noSuchExecution(message.arn()));
            return;
        }
        long xid = named.orElseThrow().xid();
        int before = held.countOf(xid);
        release(xid);
        var released = new ExecutionRequests.Released(before, held.countOf(xid));
        parts.rows().parkReply(message.reply(), released);
    }

    void start(ShardMessage.Start message) {
        try {
            var started = started(message);
            parts.rows().parkReply(message.reply(), started);
        } catch (ApiException refused) {
            fail(message.reply(), refused);
        }
    }

    private ExecutionRequests.Started started(ShardMessage.Start message) {
        var arn = message.arn();
        var machine =
                parts.catalog()
                        .machine(arn.stateMachine().text())
                        .orElseThrow(() -> ControlPlane.noSuchMachine(message.of()));
        ControlPlane.checkActive(machine);
        if (machine.type() == MachineType.EXPRESS) {
            return express.start(message, machine);
        }
        var taken =
                message.hash().given()
                        ? parts.executions().named(message.hash().bytes())
                        : Optional.<ExecutionTable.Named>empty();
        return taken.isPresent()
                ? sameExecution(message, taken.get())
                : newExecution(message, machine);
    }

    private ExecutionRequests.Started sameExecution(
            ShardMessage.Start message, ExecutionTable.Named taken) {
        var existing = parts.executions().row(taken.xid());
        var inputHash = Keys.sha256(message.inputAsGiven().utf8());
        boolean same =
                existing.isPresent()
                        && existing.get().status() == ExecutionState.Status.RUNNING
                        && Arrays.equals(inputHash, taken.inputHash());
        if (!same) {
            throw ErrorShape.ExecutionAlreadyExists.because(
                    "Execution Already Exists: '" + message.arn().text() + "'");
        }
        return new ExecutionRequests.Started(message.arn(), Xids.millis(taken.xid()));
    }

    private ExecutionRequests.Started newExecution(ShardMessage.Start message, MachineRow machine) {
        long seed = clock.seed();
        var chosen = Chosen.of(message.of(), machine, parts.catalog(), seed);
        long xid = clock.nextXid();
        long startedAt = Xids.millis(xid);
        var arn = message.arn();
        var revision = parts.catalog().revision(chosen.revision());
        var facts =
                new Execution(
                        arn.text(),
                        arn.name(),
                        machine.arn().text(),
                        machine.arn().name(),
                        chosen.version().map(Arn::text),
                        chosen.alias().map(Arn::text),
                        revision.roleArn(),
                        arn.place().region(),
                        startedAt,
                        message.input(),
                        message.inputAsGiven(),
                        Execution.Kind.STANDARD,
                        Execution.Redrives.NONE);
        var row = ExecutionRow.started(arn, facts, chosen.revision(), message.traceHeader());
        var execution = parts.executions().create(xid, row);
        var command = new Command.StartExecution(startedAt, seed);
        Decision decision;
        try {
            decision = execution.interpreter().step(facts, execution.state(), command);
        } catch (RuntimeException | StackOverflowError bug) {
            LOG.error(
                    "our bug at a start, nothing was stored execution={} seed={}",
                    arn.text(),
                    command.seed(),
                    bug);
            throw ErrorShape.InternalServerError.because("The execution could not be started.");
        }
        parts.writer().begin(execution, message.hash().bytes());
        write(execution, decision);
        return new ExecutionRequests.Started(arn, startedAt);
    }

    void stop(ShardMessage.Stop message) {
        var row =
                parts.executions()
                        .named(message.hash())
                        .flatMap(named -> parts.executions().row(named.xid()));
        if (row.isEmpty()) {
            fail(message.reply(), noSuchExecution(message.arn()));
            return;
        }
        long xid = parts.executions().named(message.hash()).orElseThrow().xid();
        parts.executions()
                .find(xid)
                .ifPresent(execution ->
                        step(
                                execution,
                                new Command.StopExecution(
                                        clock.nowMillis(), clock.seed(), message.reason())));
        var end = parts.executions().row(xid).flatMap(ExecutionRow::end);
        if (end.isPresent()) {
            parts.rows().parkReply(message.reply(), end.get().stoppedAtMillis());
        } else {
            fail(
                    message.reply(),
                    ErrorShape.InternalServerError.because("The execution could not be stopped."));
        }
    }

    void callAnswered(ShardMessage.CallAnswered message) {
        parts.dispatched().remove(message.xid(), message.effect().number());
        var execution = parts.executions().find(message.xid());
        if (execution.isEmpty()) {
            return;
        }
        long at = clock.nowMillis();
        var effect = message.effect();
        Command command =
                switch (message.outcome()) {
                    case TaskOutcome.Succeeded outcome ->
                            new Command.TaskSucceeded(
                                    at,
                                    clock.seed(),
                                    effect,
                                    Answerer.INTEGRATION,
                                    outcome.output());
                    case TaskOutcome.Failed outcome ->
                            new Command.TaskFailed(
                                    at,
                                    clock.seed(),
                                    effect,
                                    Answerer.INTEGRATION,
                                    outcome.failure());
                    case TaskOutcome.Submitted outcome ->
                            new Command.TaskSubmitted(at, clock.seed(), effect, outcome.response());
                };
        step(execution.get(), command);
    }

    /**
     * Ends an attempt whose answer a crash took. If somebody has answered with the token that the
     * call carried, and was told so, be it while this waited for its turn, then the call was taken,
     * and only its response is not known.
     */
    void callLost(ShardMessage.CallLost message) {
        var effect = message.effect();
        var taken =
                parts.executions()
                        .find(message.xid())
                        .flatMap(found -> found.attempt(effect.scope(), effect.number()))
                        .filter(TaskCalls::isAnswered)
                        .isPresent();
        callAnswered(
                new ShardMessage.CallAnswered(
                        message.xid(),
                        effect,
                        taken ? new TaskOutcome.Submitted(Payload.NULL) : message.outcome()));
    }

    void tokenAnswered(ShardMessage.TokenAnswered message) {
        var token = message.token();
        var row = parts.executions().row(token.xid());
        if (row.isEmpty()) {
            fail(message.reply(), ErrorShape.TaskDoesNotExist.because("Task does not exist"));
            return;
        }
        if (!row.get().arn().place().isSame(message.caller())) {
            fail(message.reply(), Tasks.invalidToken());
            return;
        }
        var execution = parts.executions().find(token.xid());
        if (execution.flatMap(found -> found.waitingFor(token)).isEmpty()) {
            fail(message.reply(), taskTimedOut());
            return;
        }
        long at = clock.nowMillis();
        Command command =
                switch (message.answer()) {
                    case TokenAnswer.Success answer ->
                            new Command.TaskSucceeded(
                                    at,
                                    clock.seed(),
                                    token.effect(),
                                    Answerer.TOKEN,
                                    answer.output());
                    case TokenAnswer.Failed answer ->
                            new Command.TaskFailed(
                                    at,
                                    clock.seed(),
                                    token.effect(),
                                    Answerer.TOKEN,
                                    answer.failure());
                    case TokenAnswer.Beat _ ->
                            new Command.Heartbeat(at, clock.seed(), token.effect());
                };
        boolean counted =
                step(execution.get(), command) || message.answer() instanceof TokenAnswer.Beat;
        if (counted) {
            succeed(message.reply());
        } else {
            fail(message.reply(), taskTimedOut());
        }
    }

    void goOn(long xid) {
        var found = parts.executions().find(xid);
        if (found.filter(transitions::mustWait).isPresent()) {
            transitions.goOn(found.get()); // Its row says so until then.
            return;
        }
        parts.dispatched().removeContinue(xid);
        found.ifPresent(execution ->
                step(execution, new Command.Continue(clock.nowMillis(), clock.seed())));
    }

    /** Fires what is due, as much as fits into a batch; the rest stays due. */
    void timersDue() {
        long now = clock.nowMillis();
        var due = new LinkedHashMap<Long, List<Timer>>();
        for (var entry : parts.timers().takeDue(now)) {
            due.computeIfAbsent(entry.xid(), _ -> new ArrayList<>()).add(entry.timer());
        }
        due.forEach((xid, timers) -> {
            if (parts.rows().building().bytes() < RuntimeLimits.BATCH_BYTES / 2) {
                fire(xid, timers, now);
            } else {
                timers.forEach(timer -> parts.timers().putBack(new TimerQueue.Entry(xid, timer)));
            }
        });
    }

    private void fire(long xid, List<Timer> timers, long now) {
        parts.executions()
                .find(xid)
                .ifPresent(execution ->
                        step(execution, new Command.TimersFired(now, clock.seed(), timers)));
        timers.forEach(timer -> parts.timers().fired(xid, timer));
    }

    /** That execution, if it still runs, has run for as long as one may. */
    void overdue(long xid) {
        parts.executions()
                .find(xid)
                .ifPresent(execution ->
                        step(
                                execution,
                                new Command.TimersFired(
                                        clock.nowMillis(), clock.seed(), List.of())));
    }

    void pollOffered(Poll poll) {
        var arn = poll.activity().text();
        if (poll.isOver()) {
            return;
        }
        var task = nextTask(arn);
        if (task.isEmpty()) {
            parts.activities().await(poll);
            return;
        }
        var offer = offer(task.get());
        if (poll.claim()) {
            handOut(arn, task.get(), offer, poll);
        }
    }

    /** Returns the oldest queued task whose attempt still waits, dropping those before it. */
    private Optional<Queued> nextTask(String activityArn) {
        var activities = parts.activities();
        for (var task = activities.first(activityArn);
                task.isPresent();
                task = activities.first(activityArn)) {
            var queued = task.get();
            var execution = parts.executions().find(queued.xid());
            var waits =
                    execution.flatMap(found ->
                            found.attempt(queued.effect().scope(), queued.effect().number()));
            if (waits.isPresent() && !endedWithItsMachine(execution.get())) {
                return task;
            }
            activities.take(activityArn);
            waits.ifPresent(_ ->
                    step(execution.get(), new Command.Continue(clock.nowMillis(), clock.seed())));
        }
        return Optional.empty();
    }

    /** What a worker would get; made before a poll is claimed, which must then be answered. */
    private ActivityView.Task offer(Queued task) {
        var token = new TaskToken(context.shard(), task.xid(), task.effect(), task.nonce());
        var input = task.input(parts.executions().payloads(task.xid()));
        return new ActivityView.Task(context.tokens().issue(token), input.text());
    }

    private void handOut(String activityArn, Queued task, ActivityView.Task offer, Poll poll) {
        parts.activities().take(activityArn);
        var execution = parts.executions().find(task.xid()).orElseThrow();
        step(
                execution,
                new Command.ActivityStarted(
                        clock.nowMillis(), clock.seed(), task.effect(), poll.workerName()));
        parts.rows().parkReply(poll.reply(), Optional.of(offer));
    }

    /** Lets the interpreter decide; tells whether that changed anything. */
    private boolean step(OpenExecution execution, Command command) {
        var actual = endedWithItsMachine(execution) ? stopFor(command) : command;
        if (execution.isHeld() && !(actual instanceof Command.StopExecution)) {
            held.append(execution, actual);
            return true;
        }
        Decision decision;
        try {
            decision =
                    execution
                            .interpreter()
                            .step(execution.row().execution(), execution.state(), actual);
        } catch (RuntimeException | StackOverflowError bug) {
            held.hold(execution, actual, bug);
            return true;
        }
        if (decision.isNothing()) {
            return false;
        }
        write(execution, decision);
        return true;
    }

    // AWS: a deleted machine's executions are ended at their next transition.
    private boolean endedWithItsMachine(OpenExecution execution) {
        return parts.catalog()
                .machine(execution.row().execution().stateMachineArn())
                .filter(machine -> machine.status() == Status.DELETING)
                .isPresent();
    }

    private static Command stopFor(Command command) {
        return new Command.StopExecution(command.atMillis(), command.seed(), Failure.NONE);
    }

    /** Writes a decision, and parks or starts what it asks for. */
    void write(OpenExecution execution, Decision decision) {
        long weightBefore = execution.weight();
        var history = new HistoryReader(parts.rows().committed(), execution.xid());
        context.metrics()
                .decided(
                        execution.row().execution(),
                        execution.state(),
                        decision,
                        execution.tasks(),
                        history::event);
        parts.writer().write(execution, decision, clock.batchNumber());
        parts.executions().changed(execution, weightBefore);
        transitions.decided(execution, decision);
        for (var effect : decision.effects()) {
            carryOut(execution, effect);
        }
        if (decision.state() instanceof ExecutionState.Closed) {
            if (execution.isHeld()) {
                held.forget(execution.xid());
            }
            parts.machines().closed(execution.row().execution().stateMachineArn());
            var row = execution.row();
            parts.rows().park(() -> parts.recent().closed(row));
        }
    }

    private void carryOut(OpenExecution execution, Effect effect) {
        switch (effect) {
            case Effect.InvokeTask call -> calls.send(execution, call);
            case Effect.ScheduleActivity task -> offerToWaitingPolls(task.activityArn());
            case Effect.CancelTask cancel -> calls.cancel(execution, cancel.id());
            case Effect.Continue _ -> transitions.goOn(execution);
            case Effect.StartTimer _, Effect.CancelTimer _ -> {
                // Their rows say it all; the loop looks at the queue at the end of its turn.
            }
        }
    }

    private void offerToWaitingPolls(String activityArn) {
        var task = nextTask(activityArn);
        if (task.isPresent() && parts.activities().isAwaited(activityArn)) {
            var offer = offer(task.get());
            parts.activities()
                    .claimPoll(activityArn)
                    .ifPresent(poll -> handOut(activityArn, task.get(), offer, poll));
        }
    }

    private void fail(CompletableFuture<?> reply, ApiException refused) {
        parts.rows().parkRefusal(reply, refused);
    }

    @SuppressWarnings("NullAway") // A CompletableFuture<Void> has no other value.
    private void succeed(CompletableFuture<Void> reply) {
        parts.rows().parkReply(reply, null);
    }

    static ApiException noSuchExecution(Arn.Execution arn) {
        return ErrorShape.ExecutionDoesNotExist.because(
                "Execution Does Not Exist: '" + arn.text() + "'");
    }

    private static ApiException taskTimedOut() {
        return ErrorShape.TaskTimedOut.because(
                "Task Timed Out: 'Provided task does not exist anymore'");
    }
}
