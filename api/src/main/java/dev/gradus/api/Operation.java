package dev.gradus.api;

import dev.gradus.runtime.Arn;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * One operation of the API: its name, its request as data, and who answers it.
 *
 * @param name as in {@code X-Amz-Target}, after the prefix
 */
record Operation<T>(String name, Shape<T> shape, Handler<T> handler) {

    /** Answers one kind of request; never blocks. */
    @FunctionalInterface
    interface Handler<T> {
        /** May also throw {@link dev.gradus.runtime.ApiException} at once. */
        CompletionStage<Reply> answer(T request, Call call);
    }

    /** Writes the members of a successful answer. */
    @FunctionalInterface
    interface Reply {
        /** The answer {@code {}}. */
        Reply EMPTY = _ -> {};

        void writeTo(WireWriter out);
    }

    /**
     * What a handler sees of the call beside the request.
     *
     * @param place the caller's account and region: where new resources go and lists are read
     */
    record Call(Arn.Place place, WireRequest http) {
        /** Whether something is the caller's own: of its account, in the region of this call. */
        boolean owns(Arn arn) {
            return arn.place().isSame(place);
        }

        /** Returns an ARN of the caller's own; to others it is one of nothing. */
        <A extends Arn> A own(A arn) {
            if (!owns(arn)) {
                throw Refusals.absent(arn);
            }
            return arn;
        }
    }

    /** The answer to who deletes what is not there. */
    static CompletionStage<Reply> nothingThere() {
        return CompletableFuture.completedFuture(Reply.EMPTY);
    }

    CompletionStage<Reply> answer(byte[] body, Call call) {
        return handler.answer(RequestReader.read(body, shape), call);
    }
}
