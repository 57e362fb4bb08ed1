package dev.gradus.api;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * One HTTP request, whatever server received it.
 *
 * @param method upper case, as sent
 * @param target path and query as sent, still encoded
 * @param headers what came beside the body
 * @param body the whole body, owned by this request
 * @param connection where the answer goes
 */
@SuppressWarnings("ArrayRecordComponent") // never compared; a copy of each body would cost
public record WireRequest(
        String method, String target, Headers headers, byte[] body, Connection connection) {

    Optional<String> header(String name) {
        return headers.first(name);
    }

    /** The path as sent, without query. */
    public String path() {
        int query = target.indexOf('?');
        return query < 0 ? target : target.substring(0, query);
    }

    /** The query as sent, without its question mark; empty if there is none. */
    String query() {
        int query = target.indexOf('?');
        return query < 0 ? "" : target.substring(query + 1);
    }

    /** Headers by their name in any case. One that can only look one up knows no names. */
    @FunctionalInterface
    public interface Headers {
        /** The first value. */
        Optional<String> first(String name);

        /** Every value, in the order of the request. */
        default List<String> all(String name) {
            return first(name).stream().toList();
        }

        /** The names of all headers, in any case; they may repeat. */
        default Collection<String> names() {
            return List.of();
        }
    }

    /**
     * The connection that a request came by.
     *
     * @param open tells whether the caller is still there: a task is handed out only then
     */
    public record Connection(BooleanSupplier open) {}
}
