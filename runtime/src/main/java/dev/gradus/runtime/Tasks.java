package dev.gradus.runtime;

import dev.gradus.engine.Failure;
import dev.gradus.expressions.Payload;
import dev.gradus.runtime.ShardMessage.TokenAnswer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Answers to task tokens. A token that is none fails with InvalidToken, one whose task is closed
 * with TaskTimedOut, one of an execution that is gone with TaskDoesNotExist. Thread-safe; no method
 * blocks.
 */
public final class Tasks {
    private final List<Shard> shards;
    private final TaskTokens tokens;

    Tasks(List<Shard> shards, TaskTokens tokens) {
        this.shards = shards;
        this.tokens = tokens;
    }

    public CompletionStage<Void> succeed(String taskToken, Payload output) {
        return answer(taskToken, new TokenAnswer.Success(output));
    }

    public CompletionStage<Void> fail(String taskToken, Failure failure) {
        return answer(taskToken, new TokenAnswer.Failed(failure));
    }

    public CompletionStage<Void> heartbeat(String taskToken) {
        return answer(taskToken, new TokenAnswer.Beat());
    }

    private CompletionStage<Void> answer(String taskToken, TokenAnswer answer) {
        var token = tokens.read(taskToken).filter(read -> read.shard() < shards.size());
        if (token.isEmpty()) {
            return CompletableFuture.failedFuture(
                    ErrorShape.InvalidToken.because("Invalid Token: 'Invalid token'"));
        }
        var reply = new CompletableFuture<Void>();
        shards.get(token.get().shard())
                .admit(new ShardMessage.TokenAnswered(token.get(), answer, reply));
        return reply;
    }
}
