package dev.gradus.runtime;

import dev.gradus.asl.MachineType;
import dev.gradus.engine.HistoryEvent;
import dev.gradus.engine.Limits;
import dev.gradus.expressions.JsonSyntaxException;
import dev.gradus.expressions.Payload;
import dev.gradus.runtime.spi.Table;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Executions: what the API calls about them. Thread-safe; no method blocks. Stages fail with {@link
 * ApiException} for what the caller did.
 */
public final class Executions {
    private final List<Shard> shards;
    private final Reads reads;
    private final Definitions definitions;
    private final Platform platform;
    private final Quotas quotas;

    Executions(
            Platform platform,
            List<Shard> shards,
            Reads reads,
            Definitions definitions,
            Quotas quotas) {
        this.quotas = quotas;
        this.shards = shards;
        this.reads = reads;
        this.definitions = definitions;
        this.platform = platform;
    }

    /** Starts an execution; answers when its first decision is durable. */
    public CompletionStage<ExecutionRequests.Started> start(ExecutionRequests.Start request) {
        Inputs inputs;
        try {
            inputs = Inputs.of(request.input());
        } catch (ApiException refused) {
            return CompletableFuture.failedFuture(refused);
        }
        var arn =
                new Arn.Execution(
                        request.machine().place(), request.machine().name(), name(request));
        var hash = Keys.hash128(arn.text());
        var reply = new CompletableFuture<ExecutionRequests.Started>();
        var message =
                new ShardMessage.Start(
                        arn,
                        request.machine(),
                        new ShardMessage.NameHash(hash, request.name().isPresent()),
                        inputs.compact(),
                        inputs.asGiven(),
                        request.traceHeader(),
                        reply);
        return shard(hash).ask(message, reply);
    }

    /**
     * Runs an Express execution to its end; nothing of it is stored. Fails with
     * StateMachineTypeNotSupported for a Standard machine.
     */
    public CompletionStage<SyncExecutionView> startSync(ExecutionRequests.Start request) {
        Inputs inputs;
        try {
            inputs = Inputs.of(request.input());
        } catch (ApiException refused) {
            return CompletableFuture.failedFuture(refused);
        }
        var name = name(request);
        var reply = new CompletableFuture<SyncExecutionView>();
        var message =
                new ShardMessage.StartSync(
                        request, name, inputs.compact(), inputs.asGiven(), reply);
        // Any shard will do: nothing of it is kept.
        return shard(Keys.hash128(RandomUuid.text(platform))).ask(message, reply);
    }

    /** Nobody may guess the next one: it is not looked up, since it cannot be taken. */
    private String name(ExecutionRequests.Start request) {
        return request.name().orElseGet(() -> RandomUuid.text(platform));
    }

    /** The input of an execution, checked: as the first state sees it, and as it was given. */
    private record Inputs(Payload compact, Payload asGiven) {
        static Inputs of(String text) {
            var given = text.getBytes(StandardCharsets.UTF_8);
            var compact = checkedInput(text, given.length);
            return new Inputs(
                    compact,
                    given.length == compact.bytes() ? compact : Payload.ofCompactUtf8(given));
        }
    }

    /** Fails with ExecutionDoesNotExist. */
    public CompletionStage<ExecutionView> describe(Arn.Execution arn) {
        var text = arn.text();
        var hash = Keys.hash128(text);
        var recent = shard(hash).recent(text).filter(Redrives::isDecidedByItsStatus);
        return recent.isPresent()
                ? CompletableFuture.completedFuture(
                        recent.get().view(Redrives.refusal(recent.get())))
                : reads.read(() -> view(find(arn, hash).row()));
    }

    private ExecutionView view(ExecutionRow row) {
        if (Redrives.isDecidedByItsStatus(row)) {
            return row.view(Redrives.refusal(row));
        }
        var arn = row.execution().stateMachineArn();
        var machine = CatalogReads.row(reads.view(0), arn);
        return row.view(Redrives.refusal(row, machine, quotas.of(arn), platform.wallMillis()));
    }

    /**
     * Has an execution that ended without success go on where it failed; answers the date of the
     * redrive in milliseconds. Fails with ExecutionDoesNotExist and ExecutionNotRedrivable.
     */
    public CompletionStage<Long> redrive(ExecutionRequests.Redrive request) {
        var hash = Keys.hash128(request.arn().text());
        var reply = new CompletableFuture<Long>();
        return shard(hash).ask(new ShardMessage.Redrive(request, hash, reply), reply);
    }

    /** Returns the definition in force when the execution started. */
    public CompletionStage<ExecutionView.Definition> definitionOf(Arn.Execution arn) {
        return reads.read(() -> {
            var found = find(arn);
            var key = found.row().revision();
            var revision = CatalogReads.revision(reads.view(found.shard()), key);
            return new ExecutionView.Definition(
                    arn.stateMachine(),
                    revision,
                    definitions.of(key, revision::definition).variableReferences());
        });
    }

    /**
     * Aborts a running execution; answers the stop date in milliseconds, also of one that had ended
     * before.
     */
    public CompletionStage<Long> stop(ExecutionRequests.Stop request) {
        var hash = Keys.hash128(request.arn().text());
        var reply = new CompletableFuture<Long>();
        shard(hash).admit(new ShardMessage.Stop(request.arn(), hash, request.reason(), reply));
        return reply;
    }

    /**
     * Tries the commands of an execution again that are held because our own code failed on them;
     * fails with ExecutionDoesNotExist.
     */
    public CompletionStage<ExecutionRequests.Released> release(Arn.Execution arn) {
        var hash = Keys.hash128(arn.text());
        var reply = new CompletableFuture<ExecutionRequests.Released>();
        shard(hash).admit(new ShardMessage.Release(arn, hash, reply));
        return reply;
    }

    /**
     * Lists the executions of a machine, or those started by a version or alias of it, newest
     * first; fails with StateMachineDoesNotExist, and with StateMachineTypeNotSupported for an
     * Express machine.
     */
    public CompletionStage<Page<ExecutionView.Summary>> list(ExecutionRequests.ListOf request) {
        return reads.read(() -> {
            if (CatalogReads.machine(reads.view(0), request.machine()).type()
                    == MachineType.EXPRESS) {
                throw ExpressCommands.typeNotSupported();
            }
            int status = request.status().map(ListStatus::of).orElse(ListStatus.ANY);
            return new ExecutionList(reads, Keys.hash128(request.machine().text()), status)
                    .page(request.page());
        });
    }

    /**
     * Pages through the events of an execution; the position is the id of the first event of the
     * next page.
     */
    public CompletionStage<Page<HistoryEvent>> history(ExecutionRequests.HistoryOf request) {
        return reads.read(() -> {
            var found = find(request.arn());
            return new HistoryReader(reads.view(found.shard()), found.xid())
                    .page(request.page(), request.reverseOrder());
        });
    }

    private record Found(int shard, long xid, ExecutionRow row) {}

    private Found find(Arn.Execution arn) {
        return find(arn, Keys.hash128(arn.text()));
    }

    private Found find(Arn.Execution arn, byte[] hash) {
        int shard = reads.shardOf(hash);
        var view = reads.view(shard);
        var named = view.get(Table.NAME, hash).map(ExecutionTable.Named::decode);
        var row = named.flatMap(name -> view.get(Table.EXECUTION, Keys.xid(name.xid())));
        if (row.isEmpty()) {
            throw ExecutionCommands.noSuchExecution(arn);
        }
        long xid = named.orElseThrow().xid();
        return new Found(
                shard, xid, ExecutionRow.decode(row.get(), PayloadRows.Source.of(xid, view)));
    }

    private Shard shard(byte[] hash) {
        return shards.get(reads.shardOf(hash));
    }

    /** Checks the input of an execution; throws InvalidExecutionInput. */
    static Payload checkedInput(String text, int bytes) {
        if (bytes > Limits.PAYLOAD_BYTES) {
            throw ErrorShape.InvalidExecutionInput.because(
                    "Invalid State Machine Execution Input: 'The input exceeds "
                            + Limits.PAYLOAD_BYTES
                            + " bytes.'");
        }
        if (text.isEmpty()) {
            throw invalidInput("Invalid execution input.");
        }
        try {
            return Payload.ofText(text);
        } catch (JsonSyntaxException e) {
            throw invalidInput(e.message());
        }
    }

    private static ApiException invalidInput(String why) {
        return ErrorShape.InvalidExecutionInput.because(
                "Invalid State Machine Execution Input: '" + why + "'");
    }
}
