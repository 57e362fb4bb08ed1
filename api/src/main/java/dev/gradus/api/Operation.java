package dev.gradus.api;

import dev.gradus.runtime.Arn;
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
    record Call(Arn.Place place, WireRequest http) {}

    CompletionStage<Reply> answer(byte[] body, Call call) {
        return handler.answer(RequestReader.read(body, shape), call);
    }
}
