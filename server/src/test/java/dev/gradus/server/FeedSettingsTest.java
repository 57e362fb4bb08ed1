package dev.gradus.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class FeedSettingsTest {
    private static Settings settings(Map<String, String> flags) {
        return Settings.from(flags, Map.of());
    }

    @Test
    void logsGoToFilesUnderTheDataFolderUnlessOtherwiseSaid() {
        var files = settings(Map.of("data", "/var/gradus"));
        var inMemory = settings(Map.of("in-memory", "true"));
        var cloud = settings(Map.of("logs-endpoint", "http://localhost:4566"));

        assertThat(files.feeds().logsTo())
                .isEqualTo(new Setting<>("logs-to", LogsTo.FILES, "default"));
        assertThat(files.feeds().logs(files)).isEqualTo("files under /var/gradus/logs (default)");
        assertThat(inMemory.feeds().logsTo().value()).isEqualTo(LogsTo.STDOUT);
        assertThat(cloud.feeds().logsTo().value()).isEqualTo(LogsTo.CLOUDWATCH);
        assertThat(settings(Map.of("logs-to", "stdout")).feeds().logsTo().source())
                .isEqualTo("--logs-to");
    }

    @Test
    void theGeneralEndpointAloneNeitherLogsNorPublishes() {
        var general = Map.of("AWS_ENDPOINT_URL", "http://localhost:4566");

        var feeds = Settings.from(Map.of(), general).feeds();

        assertThat(feeds.logsTo().value()).isEqualTo(LogsTo.FILES);
        assertThat(feeds.eventBus()).isEmpty();
        assertThat(feeds.events()).isEqualTo("not published");
        assertThat(
                        Settings.from(Map.of("logs-to", "cloudwatch"), general)
                                .feeds()
                                .logsEndpoint()
                                .orElseThrow()
                                .source())
                .isEqualTo("AWS_ENDPOINT_URL");
    }

    @Test
    void readsTheEnvironmentAndShowsNoSecret() {
        var environment =
                Map.of(
                        "GRADUS_LOGS_TO", "stdout",
                        "EVENTS_ENDPOINT", "http://localhost:4566",
                        "GRADUS_EVENTS_WEBHOOK", "https://example.org/hook/t0ken",
                        "GRADUS_EVENTS_WEBHOOK_SECRET", "s3cret");

        var settings = Settings.from(Map.of(), environment);

        assertThat(settings.feeds().webhook().value())
                .contains(URI.create("https://example.org/hook/t0ken"));
        assertThat(settings.feeds().webhookSecret()).contains("s3cret");
        assertThat(Banner.text(settings, 8083, environment))
                .contains("http://localhost:4566 (from EVENTS_ENDPOINT), webhook at example.org")
                .doesNotContain("t0ken")
                .doesNotContain("s3cret");
    }

    @Test
    void refusesWhatCannotWorkAndSaysWhatWould() {
        refused(Map.of("logs-to", "syslog"), "say files, stdout or cloudwatch");
        refused(Map.of("logs-to", "cloudwatch"), "--logs-endpoint");
        refused(Map.of("logs-to", "files", "in-memory", "true"), "say stdout");
        refused(Map.of("events-endpoint", "aws"), "--events-webhook");
        refused(Map.of("events-webhook", "example.org"), "say a URL");
        refused(Map.of("events-webhook", "http://192.0.2.1/hook"), "--events-webhook-plain");
    }

    @Test
    void aWebhookWithoutEncryptionIsForLoopbackOrSaid() {
        var plain = new HashMap<>(Map.of("events-webhook", "http://192.0.2.1/hook"));
        plain.put("events-webhook-plain", "true");

        assertThat(settings(plain).feeds().webhook().value()).isPresent();
        assertThat(
                        settings(Map.of("events-webhook", "http://127.0.0.1:9/hook"))
                                .feeds()
                                .webhook()
                                .value())
                .isPresent();
    }

    private static void refused(Map<String, String> flags, String why) {
        assertThatThrownBy(() -> settings(flags))
                .isInstanceOf(Settings.Invalid.class)
                .hasMessageContaining(why);
    }
}
