package dev.gradus.runtime;

import dev.gradus.engine.HistoryEvent;
import dev.gradus.engine.Limits;
import dev.gradus.expressions.JsonSyntaxException;
import dev.gradus.expressions.Payload;
import dev.gradus.runtime.spi.Table;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
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

    Executions(Platform platform, List<Shard> shards, Reads reads, Definitions definitions) {
        this.shards = shards;
        this.reads = reads;
        this.definitions = definitions;
        this.platform = platform;
    }

    /** Starts an execution; answers when its first decision is durable. */
    public CompletionStage<ExecutionRequests.Started> start(ExecutionRequests.Start request) {
        var given = request.input().getBytes(StandardCharsets.UTF_8);
        Payload input;
        try {
            input = checkedInput(request.input(), given.length);
        } catch (ApiException refused) {
            return CompletableFuture.failedFuture(refused);
        }
        var asGiven = given.length == input.bytes() ? input : Payload.ofCompactUtf8(given);
        var arn =
                new Arn.Execution(
                        request.machine().place(),
                        request.machine().name(),
                        request.name().orElseGet(this::freshName));
        var hash = Keys.hash128(arn.text());
        var reply = new CompletableFuture<ExecutionRequests.Started>();
        var message =
                new ShardMessage.Start(
                        arn,
                        new ShardMessage.NameHash(hash, request.name().isPresent()),
                        input,
                        asGiven,
                        request.traceHeader(),
                        reply);
        return shard(hash).ask(message, reply);
    }

    /** Fails with ExecutionDoesNotExist. */
    public CompletionStage<ExecutionView> describe(Arn.Execution arn) {
        var text = arn.text();
        var hash = Keys.hash128(text);
        var recent = shard(hash).recent(text);
        return recent.isPresent()
                ? CompletableFuture.completedFuture(recent.get().view())
                : reads.read(() -> find(arn, hash).row().view());
    }

    /** Returns the definition in force when the execution started. */
    public CompletionStage<ExecutionView.Definition> definitionOf(Arn.Execution arn) {
        return reads.read(() -> {
            var found = find(arn);
            var key = found.row().revision();
            var row =
                    reads.view(found.shard())
                            .get(Table.CATALOG, Catalog.revisionKey(key))
                            .orElseThrow(() ->
                                    new IllegalStateException("no revision row for " + arn.text()));
            var revision = MachineRow.decodeRevision(row);
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

    /** Lists a machine's executions, newest first; fails with StateMachineDoesNotExist. */
    public CompletionStage<Page<ExecutionView.Summary>> list(ExecutionRequests.ListOf request) {
        return reads.read(() -> {
            var machineKey = Catalog.machineKey(request.machine().text());
            if (reads.view(0).get(Table.CATALOG, machineKey).isEmpty()) {
                throw ControlPlane.noSuchMachine(request.machine());
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

    /** Nobody may guess the next one: it is not looked up, since it cannot be taken. */
    private String freshName() {
        return new UUID(
                        (platform.randomLong() & ~0xF000L) | 0x4000L,
                        (platform.randomLong() & 0x3FFFFFFFFFFFFFFFL) | 0x8000000000000000L)
                .toString();
    }

    private Shard shard(byte[] hash) {
        return shards.get(reads.shardOf(hash));
    }

    private static Payload checkedInput(String text, int bytes) {
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
