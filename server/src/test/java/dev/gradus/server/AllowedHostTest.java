package dev.gradus.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What pages can do to a whole server whose operator has named it. */
final class AllowedHostTest {
    private static final String ACTIVITY = "{\"name\":\"by-a-page\"}";
    private static final String CREATE = "X-Amz-Target: AWSStepFunctions.CreateActivity";
    private static final String LIST = "X-Amz-Target: AWSStepFunctions.ListActivities";

    private static GradusServer server;

    @BeforeAll
    static void start() throws IOException {
        server =
                GradusServer.start(
                        Settings.from(
                                Map.of("in-memory", "true", "port", "0", "drain-timeout", "0"),
                                Map.of("GRADUS_ALLOWED_HOSTS", "gradus.example")));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void aPageReboundToThisServerChangesAndReadsNothing() throws IOException {
        var name = "evil.example:" + server.port();
        var page =
                new String[] {
                    "Host: " + name, "Origin: http://" + name, "Sec-Fetch-Site: same-origin"
                };

        assertThat(call(ACTIVITY, CREATE, page).status()).isEqualTo(403);
        assertThat(call("{}", LIST, page).body())
                .contains("'" + name + "' is neither")
                .doesNotContain("activities");
        assertThat(activities()).isEqualTo("{\"activities\":[]}");
    }

    @Test
    void aFormOfAnotherSiteChangesNothing() throws IOException {
        var form =
                new String[] {
                    "Host: gradus.example:" + server.port(),
                    "Origin: https://evil.example",
                    "Sec-Fetch-Site: cross-site",
                    "Content-Type: text/plain"
                };

        assertThat(call(ACTIVITY, CREATE, form).status()).isEqualTo(403);
        assertThat(activities()).isEqualTo("{\"activities\":[]}");
    }

    @Test
    void aPageOfThisServerIsServedUnderTheNameThatItsOperatorGave() throws IOException {
        var name = "Gradus.example:" + server.port();

        var response =
                call(
                        "{}",
                        LIST,
                        "Host: " + name,
                        "Origin: http://" + name,
                        "Sec-Fetch-Site: same-origin");

        assertThat(response.status()).isEqualTo(200);
        assertThat(response.headers().keySet())
                .noneMatch(header -> header.startsWith("access-control"));
    }

    private static String activities() throws IOException {
        return call("{}", LIST, "Host: anything").body();
    }

    private static RawClient.Response call(String body, String target, String... headers)
            throws IOException {
        var all = new String[headers.length + 1];
        System.arraycopy(headers, 0, all, 0, headers.length);
        all[headers.length] = target;
        try (var client = new RawClient(server.port())) {
            return client.post(body, all).receive();
        }
    }
}
