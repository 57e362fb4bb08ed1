package dev.gradus.server;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gradus.integrations.AwsService;
import dev.gradus.runtime.Metric;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** What docs/metrics.md says is so. */
final class MetricsPageTest {
    private static String page() throws IOException {
        var at = Path.of("").toAbsolutePath();
        while (!Files.exists(at.resolve("mvnw"))) {
            at = requireNonNull(at.getParent());
        }
        return Files.readString(at.resolve("docs/metrics.md"));
    }

    private static String row(Metric metric) {
        var suffix = metric.unit() == Metric.Unit.COUNT ? "_total" : "";
        return "| `%s` | %s | `%s` | `%s` |"
                .formatted(
                        metric.text(),
                        metric.unit().text(),
                        metric.of().dimension(),
                        StatesMetrics.name(metric) + suffix);
    }

    @Test
    void listsEveryMetricAndNoOther() throws IOException {
        assertThat(page().lines().filter(line -> line.startsWith("| `")))
                .containsExactlyElementsOf(
                        Arrays.stream(Metric.values()).map(MetricsPageTest::row).toList());
    }

    @Test
    void namesTheFlagAndItsVariables() throws IOException {
        var service = AwsService.CLOUDWATCH;
        assertThat(page())
                .contains(
                        "`" + service.flag(),
                        "`" + service.localVariable() + "`",
                        "`" + service.sdkVariable() + "`");
    }
}
