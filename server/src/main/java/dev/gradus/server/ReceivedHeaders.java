package dev.gradus.server;

import dev.gradus.api.WireRequest;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** The headers of a request, without a copy of them. */
record ReceivedHeaders(HttpHeaders headers) implements WireRequest.Headers {
    @Override
    public Optional<String> first(String name) {
        return Optional.ofNullable(headers.get(name));
    }

    @Override
    public List<String> all(String name) {
        return headers.getAll(name);
    }

    @Override
    public Collection<String> names() {
        return headers.names();
    }

    /** Path and query of a request's URI, without scheme and host. */
    static String target(String uri) {
        if (uri.startsWith("/")) {
            return uri;
        }
        int host = uri.indexOf("://");
        int query = uri.indexOf('?');
        int slash = host < 0 ? -1 : uri.indexOf('/', host + 3);
        return slash < 0 || (query >= 0 && query < slash) ? "/" : uri.substring(slash);
    }
}
