package dev.gradus.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A web page must not be able to drive a developer's server. */
class BrowserRuleTest {
    private static ListenerFixture server;

    @BeforeAll
    static void start() throws IOException {
        server = new ListenerFixture();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void refusesAFormOfAnotherSite() throws IOException {
        var response =
                server.call(
                        "{}",
                        "Host: localhost:8083",
                        "Origin: https://evil.example",
                        "Sec-Fetch-Site: cross-site",
                        "Content-Type: text/plain");

        assertThat(response.status()).isEqualTo(403);
        assertThat(response.body()).contains("AccessDeniedException").contains("other sites");
        assertThat(response.headers().keySet())
                .noneMatch(name -> name.startsWith("access-control"));
    }

    @Test
    void refusesAFormOfAnotherSiteFromABrowserWithoutFetchMetadata() throws IOException {
        assertThat(status("Host: localhost:8083", "Origin: https://evil.example")).isEqualTo(403);
    }

    @Test
    void refusesAPageWhoseNameWasReboundToLoopback() throws IOException {
        var response =
                server.call(
                        "{}",
                        "Host: evil.example:8083",
                        "Origin: http://evil.example:8083",
                        "Sec-Fetch-Site: same-origin");

        assertThat(response.status()).isEqualTo(403);
        assertThat(response.body()).contains("evil.example:8083");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "http://localhost:8084",
                "https://localhost:8083",
                "http://127.0.0.1:8083",
                "http://localhost",
                "http://localhost:8083@evil.example",
                "localhost:8083",
                "://",
                ""
            })
    void refusesAnOriginThatIsNotExactlyItsOwn(String origin) throws IOException {
        assertThat(status("Host: localhost:8083", "Origin: " + origin))
                .isEqualTo(origin.startsWith("https://localhost") ? 200 : 403);
    }

    @ParameterizedTest
    @ValueSource(strings = {"same-site", "cross-site", "other"})
    void refusesOtherSitesBySecFetchSite(String site) throws IOException {
        assertThat(status("Host: localhost:8083", "Sec-Fetch-Site: " + site)).isEqualTo(403);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost:8083",
                "127.0.0.1:8083",
                "[::1]:8083",
                "gradus.localhost:8083",
                "GRADUS.test:8083",
                "localhost"
            })
    void servesItsOwnPages(String host) throws IOException {
        assertThat(status("Host: " + host, "Origin: http://" + host, "Sec-Fetch-Site: same-origin"))
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evil.localhost.example",
                "127.0.0.1.evil.example",
                "notlocalhost",
                "1.2.3.4"
            })
    void takesNoLookalikeForLoopback(String host) throws IOException {
        assertThat(status("Host: " + host, "Origin: http://" + host)).isEqualTo(403);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"states.us-east-1.amazonaws.com", "step_functions:8083", "sync-localhost"})
    void servesToolsUnderAnyName(String host) throws IOException {
        assertThat(status("Host: " + host)).isEqualTo(200);
    }

    @Test
    void guardsTheProbesToo() throws IOException {
        try (var client = server.client()) {
            client.send("GET /metrics HTTP/1.1\r\nHost: a\r\nSec-Fetch-Site: cross-site\r\n\r\n");

            assertThat(client.receive().status()).isEqualTo(403);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "localhost:8083, 200",
        "127.0.0.1:8083, 200",
        "192.0.2.7:8083, 200",
        "[2001:db8::7]:8083, 200",
        "gradus.test:8083, 200",
        "evil.example:8083, 403",
        "1.2.3.4.evil.example, 403",
        "gradus, 403"
    })
    void metricsAreForWhoCallsThisServerByAddressOrByItsName(String host, int status)
            throws IOException {
        // A page whose name was made to point here sends neither Origin nor Sec-Fetch-Site.
        try (var client = server.client()) {
            client.send("GET /metrics HTTP/1.1\r\nHost: " + host + "\r\n\r\n");

            assertThat(client.receive().status()).isEqualTo(status);
        }
        try (var client = server.client()) {
            client.send("GET /health HTTP/1.1\r\nHost: " + host + "\r\n\r\n");

            assertThat(client.receive().status()).isEqualTo(200);
        }
    }

    private static int status(String... headers) throws IOException {
        return server.call("{}", headers).status();
    }
}
