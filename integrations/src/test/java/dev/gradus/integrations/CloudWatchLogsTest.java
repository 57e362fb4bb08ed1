package dev.gradus.integrations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gradus.runtime.spi.DeliveryException;
import dev.gradus.runtime.spi.LogGroup;
import dev.gradus.runtime.spi.LogRecord;
import dev.gradus.testkit.FeedStub;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class CloudWatchLogsTest {
    private static final LogGroup GROUP = new LogGroup("aws", "us-east-1", "123456789012", "/g");
    private static final long DAY_MILLIS = 24L * 3_600_000;

    private FeedStub stub;
    private CloudWatchLogs logs;

    @BeforeEach
    void start() throws IOException {
        stub = FeedStub.start();
        logs = new CloudWatchLogs(new Endpoint.Url(stub.endpoint(), "LOGS_ENDPOINT"));
    }

    @AfterEach
    void stop() {
        logs.close();
        stub.close();
    }

    private static LogRecord record(String stream, long atMillis, String json) {
        return new LogRecord(GROUP, "m", stream, atMillis, json);
    }

    @Test
    void findsAGroupByItsWholeName() {
        stub.createGroup("/group");
        assertThat(logs.exists(GROUP)).isFalse();

        stub.createGroup("/g");
        assertThat(logs.exists(GROUP)).isTrue();
    }

    @Test
    void makesTheStreamThatItLogsToAndKeepsTheOrder() {
        stub.createGroup("/g");

        int refused =
                logs.write(
                        List.of(
                                record("a", 2, "{\"n\":1}"),
                                record("a", 1, "{\"n\":0}"),
                                record("b", 1, "{\"n\":\"€\"}"),
                                record("a", 2, "{\"n\":2}")));

        assertThat(refused).isZero();
        assertThat(stub.streams("/g")).containsExactly("a", "b");
        assertThat(stub.messages("/g"))
                .as("by time, which PutLogEvents wants, and else as they came")
                .containsExactly("{\"n\":0}", "{\"n\":1}", "{\"n\":2}", "{\"n\":\"€\"}");
    }

    @Test
    void aGroupThatIsGoneCostsItsRecordsAlone() {
        stub.createGroup("/other");
        var other = new LogGroup("aws", "us-east-1", "123456789012", "/other");

        int refused =
                logs.write(
                        List.of(
                                record("a", 1, "{}"),
                                new LogRecord(other, "m", "a", 1, "{\"n\":1}")));

        assertThat(refused).isEqualTo(1);
        assertThat(stub.messages("/other")).containsExactly("{\"n\":1}");
    }

    @Test
    void aServiceThatIsDownIsAskedAgainLater() throws IOException {
        stub.createGroup("/g");
        for (int status : new int[] {500, 503, 429, 400}) {
            stub.refuseWith(Optional.of(status));
            assertThatThrownBy(() -> logs.write(List.of(record("a", 1, "{}"))))
                    .isInstanceOf(DeliveryException.class)
                    .hasMessageContaining("LOGS_ENDPOINT")
                    .hasMessageContaining(Integer.toString(status));
        }
        stub.close();
        assertThatThrownBy(() -> logs.exists(GROUP)).isInstanceOf(DeliveryException.class);
        stub = FeedStub.start();
    }

    @Test
    void batchesKeepTheLimitsOfPutLogEvents() {
        var large = new ArrayList<LogRecord>();
        for (int i = 0; i < 9; i++) {
            large.add(record("a", i, "é".repeat(125_000))); // 250,000 bytes each.
        }
        var many = new ArrayList<LogRecord>();
        for (int i = 0; i < 10_001; i++) {
            many.add(record("a", i, "{}"));
        }
        var days = List.of(record("a", DAY_MILLIS, "{}"), record("a", 0, "{}"));
        var exact = new ArrayList<LogRecord>();
        int each = CloudWatchLogs.BATCH_BYTES_MAX / 4 - CloudWatchLogs.EVENT_OVERHEAD_BYTES;
        for (int i = 0; i < 5; i++) {
            exact.add(record("a", i, "x".repeat(each)));
        }

        assertThat(CloudWatchLogs.batches(large)).extracting(List::size).containsExactly(4, 4, 1);
        assertThat(CloudWatchLogs.batches(many)).extracting(List::size).containsExactly(10_000, 1);
        assertThat(CloudWatchLogs.batches(days)).extracting(List::size).containsExactly(1, 1);
        assertThat(CloudWatchLogs.batches(exact)).extracting(List::size).containsExactly(4, 1);
    }

    @Test
    void anArnOfAGroupEndsWithAStar() {
        var arn = "arn:aws:logs:us-east-1:123456789012:log-group:/g";

        assertThat(LogGroup.ofArn(arn + ":*")).contains(GROUP);
        assertThat(LogGroup.ofArn(arn)).isEmpty();
        assertThat(LogGroup.ofArn(arn + ":log-stream:s")).isEmpty();
    }
}
