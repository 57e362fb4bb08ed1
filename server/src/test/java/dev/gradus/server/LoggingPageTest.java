package dev.gradus.server;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gradus.api.LogRecords;
import dev.gradus.engine.EventDetails;
import dev.gradus.engine.EventType;
import dev.gradus.engine.HistoryEvent;
import dev.gradus.expressions.Payload;
import dev.gradus.integrations.AwsService;
import dev.gradus.runtime.spi.LogFormat.LoggedEvent;
import dev.gradus.runtime.spi.StatusEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.Option;

/** What docs/logging.md says is so. */
final class LoggingPageTest {
    private static final String ARN =
            "arn:aws:states:us-east-1:123456789012:execution:orders:first";

    private static String page() throws IOException {
        var at = Path.of("").toAbsolutePath();
        while (!Files.exists(at.resolve("mvnw"))) {
            at = requireNonNull(at.getParent());
        }
        return Files.readString(at.resolve("docs/logging.md"));
    }

    @Test
    void showsARecordAsItIsWritten() throws IOException {
        var entered = new EventDetails.StateEntered("Pack", Payload.ofText("{\"order\":7}"));
        var event =
                new HistoryEvent(2, 0, 1_700_000_000_123L, EventType.PASS_STATE_ENTERED, entered);

        assertThat(page()).contains(new LogRecords().json(new LoggedEvent(ARN, true, 0, event)));
    }

    @Test
    void namesEveryFlagAndVariable() throws IOException {
        var page = page();

        for (var field : FeedFlags.class.getDeclaredFields()) {
            var option = field.getAnnotation(Option.class);
            Arrays.stream(option.names()).forEach(name -> assertThat(page).contains("`" + name));
        }
        for (var service : new AwsService[] {AwsService.CLOUDWATCH_LOGS, AwsService.EVENTBRIDGE}) {
            assertThat(page)
                    .contains(service.flag(), service.localVariable(), service.sdkVariable());
        }
    }

    @Test
    void saysTheLimitsOfFilesAndTheNamesOfEvents() throws IOException {
        assertThat(page())
                .contains("A file of " + (FileLogs.FILE_BYTES_MAX >> 20) + " MiB")
                .contains("newest " + FileLogs.FILES_MAX + " files")
                .contains("`" + StatusEvent.SOURCE + "`", "`" + StatusEvent.DETAIL_TYPE + "`");
    }
}
