package dev.gradus.runtime;

import dev.gradus.engine.Failure;
import dev.gradus.expressions.Payload;
import dev.gradus.runtime.ShardMessage.TokenAnswer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Answers to task tokens. A token that is none, or that belongs to another account or region than
 * the caller's, fails with InvalidToken, one whose task is closed with TaskTimedOut, one of an
 * execution that is gone with TaskDoesNotExist. Thread-safe; no method blocks.
 */
public final class Tasks {
    private final List<Shard> shards;
    private final TaskTokens tokens;

    Tasks(List<Shard> shards, TaskTokens tokens) {
        this.shards = shards;
        this.tokens = tokens;
    }

    public CompletionStage<Void> succeed(Arn.Place caller, String taskToken, Payload output) {
        return answer(caller, taskToken, new TokenAnswer.Success(output));
    }

    public CompletionStage<Void> fail(Arn.Place caller, String taskToken, Failure failure) {
        return answer(caller, taskToken, new TokenAnswer.Failed(failure));
    }

    public CompletionStage<Void> heartbeat(Arn.Place caller, String taskToken) {
        return answer(caller, taskToken, new TokenAnswer.Beat());
    }

    private CompletionStage<Void> answer(Arn.Place caller, String taskToken, TokenAnswer answer) {
        var token = tokens.read(taskToken).filter(read -> read.shard() < shards.size());
        if (token.isEmpty()) {
            return CompletableFuture.failedFuture(invalidToken());
        }
        var reply = new CompletableFuture<Void>();
        shards.get(token.get().shard())
                .admit(new ShardMessage.TokenAnswered(token.get(), caller, answer, reply));
        return reply;
    }

    static ApiException invalidToken() {
        return ErrorShape.InvalidToken.because("Invalid Token: 'Invalid token'");
    }
}
