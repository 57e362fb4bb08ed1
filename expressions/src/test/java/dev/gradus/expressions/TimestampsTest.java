package dev.gradus.expressions;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimestampsTest {
    @ParameterizedTest
    @CsvSource({
        "2016-03-14T01:59:00Z, 2016-03-14T01:59:00Z",
        "2016-03-14T01:59:00.00Z, 2016-03-14T01:59:00Z",
        "2016-03-14T01:59:00.000000Z, 2016-03-14T01:59:00Z",
        "2016-03-14T01:59:00.1234567891Z, 2016-03-14T01:59:00.123456789Z",
        "2016-03-14T01:59:00.5Z, 2016-03-14T01:59:00.5Z",
        "2016-03-14T01:59:00+01:30, 2016-03-14T00:29:00Z",
        "2016-03-14T01:59:00.25-08:00, 2016-03-14T09:59:00.25Z",
        "2016-02-29T23:59:59Z, 2016-02-29T23:59:59Z"
    })
    void readsRfc3339(String text, String instant) {
        assertThat(Timestamps.parse(text)).contains(Instant.parse(instant));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "2016-03-14",
                "2016-03-14T01:59:00",
                "2016-03-14 01:59:00Z",
                "2016-03-14t01:59:00Z",
                "2016-03-14T01:59:00z",
                "2016-03-14T01:59Z",
                "2016-13-14T01:59:00Z",
                "2015-02-29T01:59:00Z",
                "2016-03-14T24:00:00Z",
                "2016-03-14T25:59:00Z",
                "2016-03-14T01:60:00Z",
                "2016-03-14T01:59:60Z",
                "14-03-2016T01:59:00Z",
                "2016-03-14T01:59:00.Z",
                "2016-03-14T01:59:00+0100",
                "2016-03-14T01:59:00+01",
                "2016-03-14T01:59:00+24:00",
                "2016-03-14T01:59:00ZZ",
                "2016-03-14T01:59:00.5",
                "2016-03-14T-1:59:00Z",
                "+016-03-14T01:59:00Z",
                "1"
            })
    void everythingElseIsNoTimestamp(String text) {
        assertThat(Timestamps.parse(text)).isEmpty();
    }

    @Test
    void writesMillisecondsAndNoMore() {
        assertThat(Timestamps.format(Instant.parse("2025-01-01T00:00:00.123456789Z")))
                .isEqualTo("2025-01-01T00:00:00.123Z");
        assertThat(Timestamps.format(Instant.parse("2025-01-01T00:00:00.000999Z")))
                .isEqualTo("2025-01-01T00:00:00Z");
    }
}
