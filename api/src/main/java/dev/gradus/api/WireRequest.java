package dev.gradus.api;

import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/**
 * One HTTP request, whatever server received it.
 *
 * @param method upper case, as sent
 * @param path without query
 * @param headers the first value of a header, its name in any case
 * @param body the whole body, owned by this request
 * @param connection where the answer goes
 */
@SuppressWarnings("ArrayRecordComponent") // never compared; a copy of each body would cost
public record WireRequest(
        String method,
        String path,
        Function<String, Optional<String>> headers,
        byte[] body,
        Connection connection) {

    Optional<String> header(String name) {
        return headers.apply(name);
    }

    /**
     * The connection that a request came by.
     *
     * @param open tells whether the caller is still there: a task is handed out only then
     */
    public record Connection(BooleanSupplier open) {}
}
