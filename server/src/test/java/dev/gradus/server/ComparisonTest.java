package dev.gradus.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gradus.expressions.Json;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;

final class ComparisonTest {
    private final Placeholders placeholders = new Placeholders("222222222222");
    private final Comparison comparison = new Comparison(placeholders, LocalDate.of(2025, 1, 1));

    private String difference(String recorded, String ours) {
        return comparison.of(Json.parse(recorded), Json.parse(ours)).orElse("none");
    }

    @Test
    void tellsIntegersFromFractions() {
        assertThat(difference("{\"a\":1}", "{\"a\":1.0}")).contains("recorded 1, ours 1.0");
        assertThat(difference("{\"a\":1.50}", "{\"a\":1.5}")).isEqualTo("none");
    }

    @Test
    void seesMembersThatAreMissingOrNew() {
        assertThat(difference("{\"a\":1,\"b\":2}", "{\"a\":1}")).contains("no member 'b'");
        assertThat(difference("{\"a\":1}", "{\"a\":1,\"b\":null}")).contains("a member 'b'");
        assertThat(difference("{\"a\":null}", "{}")).contains("no member 'a'");
    }

    @Test
    void readsJsonInsideStringsWithoutItsBlanks() {
        assertThat(difference("{\"input\":{\"a\":[1]}}", "{\"input\":\"{\\\"a\\\":[1]}\"}"))
                .isEqualTo("none");
        assertThat(difference("\"[1, {\\\"a\\\": 2}]\"", "\"[1,{\\\"a\\\":2}]\""))
                .isEqualTo("none");
        assertThat(difference("\"[1, 2]\"", "\"[1,3]\"")).contains("recorded \"[1, 2]\"");
        assertThat(difference("\"[{\\\"a\\\":1,\\\"b\\\":2}]\"", "\"[{\\\"b\\\":2,\\\"a\\\":1}]\""))
                .isNotEqualTo("none");
        assertThat(difference("\"one  text\"", "\"one text\"")).contains("one  text");
    }

    @Test
    void givesAPlaceholderOneValueInTheWholeCase() {
        assertThat(difference("\"id <uuid:1>\"", "\"id 17\"")).isEqualTo("none");

        assertThat(difference("\"<uuid:1>\"", "\"17\"")).isEqualTo("none");
        assertThat(difference("\"<uuid:1>\"", "\"18\"")).isNotEqualTo("none");
        assertThat(difference("\"111111111111\"", "\"222222222222\"")).isEqualTo("none");
    }

    @Test
    void comparesTheOrderOfEventsUnlessTheRecordingTookTheirIds() {
        var first = "{\"id\":4,\"previousEventId\":3,\"type\":\"PassStateEntered\"}";
        var second = "{\"id\":5,\"previousEventId\":3,\"type\":\"TaskStateEntered\"}";
        var started = "{\"id\":3,\"previousEventId\":2,\"type\":\"ParallelStateStarted\"}";
        var ended = "{\"id\":6,\"previousEventId\":5,\"type\":\"ParallelStateSucceeded\"}";
        var folded =
                "{\"id\":[0],\"previousEventId\":0,\"type\":\"TaskStateEntered\"},"
                        + "{\"id\":[0],\"previousEventId\":0,\"type\":\"PassStateEntered\"}";

        assertThat(difference(events(first, second), events(second, first)))
                .contains("/events[0]/id");
        assertThat(
                        difference(
                                events(started, folded, ended),
                                events(started, first, second, ended)))
                .isEqualTo("none");
        assertThat(difference(events(started, folded, ended), events(started, first, first, ended)))
                .isNotEqualTo("none");
    }

    private static String events(String... events) {
        return "{\"events\":[" + String.join(",", events) + "]}";
    }
}
