package dev.gradus.server;

import java.net.http.HttpClient;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A server in memory that runs while the tests of a class do; each test is another account. */
final class StartedServer implements BeforeAllCallback, AfterAllCallback {
    private @Nullable HttpClient http;
    private @Nullable GradusServer server;

    @Override
    public void beforeAll(ExtensionContext context) throws Exception {
        http = HttpClient.newHttpClient();
        server =
                GradusServer.start(
                        Settings.from(
                                Map.of("in-memory", "true", "port", "0", "drain-timeout", "0"),
                                Map.of()));
    }

    /** Returns the calls of an account that nobody else has. */
    Api newcomer() {
        if (http == null || server == null) {
            throw new IllegalStateException("the server is not started");
        }
        return new Api(http, server.port());
    }

    @Override
    public void afterAll(ExtensionContext context) {
        if (http != null) {
            http.close();
        }
        if (server != null) {
            server.close();
        }
    }
}
