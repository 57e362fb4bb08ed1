package dev.gradus.runtime;

import dev.gradus.engine.Command;
import dev.gradus.engine.Decision;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** RedriveExecution: opens executions of one shard again. Used by the shard's loop alone. */
final class RedriveCommands {
    private static final Logger LOG = LoggerFactory.getLogger(RedriveCommands.class);

    private final Quotas quotas;
    private final ShardParts parts;
    private final CommandClock clock;
    private final BiConsumer<OpenExecution, Decision> writer;

    RedriveCommands(
            ShardContext context,
            ShardParts parts,
            CommandClock clock,
            BiConsumer<OpenExecution, Decision> writer) {
        this.quotas = context.options().quotas();
        this.parts = parts;
        this.clock = clock;
        this.writer = writer;
    }

    void redrive(ShardMessage.Redrive message) {
        try {
            parts.rows().parkReply(message.reply(), redriven(message));
        } catch (ApiException refused) {
            parts.rows().parkRefusal(message.reply(), refused);
        }
    }

    private long redriven(ShardMessage.Redrive message) {
        var arn = message.request().arn();
        long xid =
                parts.executions()
                        .named(message.hash())
                        .orElseThrow(() -> ExecutionCommands.noSuchExecution(arn))
                        .xid();
        var row =
                parts.executions()
                        .row(xid)
                        .orElseThrow(() -> ExecutionCommands.noSuchExecution(arn));
        long now = clock.nowMillis();
        var remembered = remembered(row, now);
        var token = message.request().clientToken();
        for (var known : remembered) {
            if (token.filter(known.text()::equals).isPresent()) {
                return known.atMillis();
            }
        }
        var machineArn = row.execution().stateMachineArn();
        var machine = parts.catalog().machine(machineArn);
        Redrives.refusal(row, machine, quotas.of(machineArn), now)
                .ifPresent(RedriveCommands::refuse);
        return goOn(xid, row, row.redriven(now, with(remembered, token, now)), now);
    }

    private long goOn(long xid, ExecutionRow before, ExecutionRow row, long now) {
        var end = before.end().orElseThrow();
        var execution = parts.executions().closed(xid, end, row);
        var command = new Command.RedriveExecution(now, clock.seed());
        Decision decision;
        try {
            decision = execution.interpreter().step(row.execution(), execution.state(), command);
        } catch (RuntimeException | StackOverflowError bug) {
            LOG.error(
                    "our bug at a redrive, nothing was stored execution={} seed={}",
                    row.arn().text(),
                    command.seed(),
                    bug);
            throw ErrorShape.InternalServerError.because("The execution could not be redriven.");
        }
        if (decision.isNothing()) {
            // It was closed by a release that kept nothing to go on with.
            refuse("Execution was started before the launch of RedriveExecution");
        }
        parts.rows().park(() -> parts.recent().remove(row.execution().arn()));
        parts.writer().reopen(execution, end);
        writer.accept(execution, decision);
        return now;
    }

    private static void refuse(String reason) {
        throw ErrorShape.ExecutionNotRedrivable.because(reason);
    }

    private static List<ExecutionRow.ClientToken> remembered(ExecutionRow row, long now) {
        return row.redriveTokens().stream()
                .filter(token ->
                        now - token.atMillis() < RuntimeLimits.REDRIVE_TOKEN_AGE.toMillis())
                .toList();
    }

    /** Adds a token, and forgets the oldest one when there are too many. */
    private static List<ExecutionRow.ClientToken> with(
            List<ExecutionRow.ClientToken> remembered, Optional<String> token, long now) {
        if (token.isEmpty()) {
            return remembered;
        }
        var all = new ArrayList<>(remembered);
        all.add(new ExecutionRow.ClientToken(token.get(), now));
        return all.size() > RuntimeLimits.REDRIVE_TOKENS ? all.subList(1, all.size()) : all;
    }
}
