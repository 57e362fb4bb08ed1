package dev.gradus.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gradus.runtime.ApiException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class PageTokensTest {
    private static final PageTokens.Binding LIST =
            new PageTokens.Binding("ListExecutions", List.of("a", "b"));
    private Instant now = Instant.parse("2026-11-22T12:00:00Z");
    private final PageTokens tokens = new PageTokens(new byte[32], () -> now);

    @Property(tries = 200, seed = "4")
    void opensWhatItIssued(@ForAll String next) {
        var wellFormed = next.replaceAll("[\\ud800-\\udfff]", "?");
        assertThat(tokens.open(LIST, tokens.issue(LIST, wellFormed))).isEqualTo(wellFormed);
    }

    @Test
    void survivesARestartWithTheSameKey() {
        var later = new PageTokens(new byte[32], () -> now);
        assertThat(later.open(LIST, tokens.issue(LIST, "next"))).isEqualTo("next");
    }

    @Test
    void belongsToItsOperationAndArguments() {
        var token = tokens.issue(LIST, "next");

        refused(new PageTokens.Binding("ListActivities", List.of("a", "b")), token);
        refused(new PageTokens.Binding("ListExecutions", List.of("a", "c")), token);
        refused(new PageTokens.Binding("ListExecutions", List.of("ab", "")), token);
        refused(new PageTokens.Binding("ListExecutions", List.of("a")), token);
    }

    @Test
    void endsAfterADay() {
        var token = tokens.issue(LIST, "next");

        now = now.plus(Duration.ofHours(24)).minusSeconds(1);
        assertThat(tokens.open(LIST, token)).isEqualTo("next");

        now = now.plusSeconds(1);
        refused(LIST, token);
    }

    @Test
    void isWorthlessUnderAnotherKey() {
        var other =
                new PageTokens(
                        new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 1, 2, 3, 4, 5, 6, 7, 8}, () -> now);
        refused(LIST, other.issue(LIST, "next"));
    }

    @Test
    void isWorthlessWithAnyBitChanged() {
        var bytes = Base64.getUrlDecoder().decode(tokens.issue(LIST, "next"));
        for (var bit = 0; bit < bytes.length * 8; bit++) {
            bytes[bit / 8] ^= (byte) (1 << bit % 8);
            refused(LIST, Base64.getUrlEncoder().encodeToString(bytes));
            bytes[bit / 8] ^= (byte) (1 << bit % 8);
        }
    }

    @Property(tries = 500, seed = "3")
    void refusesAnyOtherText(@ForAll String text) {
        refused(LIST, text);
    }

    @Test
    void wantsASecretOfSomeLength() {
        assertThatThrownBy(() -> new PageTokens(new byte[8], () -> now))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private void refused(PageTokens.Binding binding, String token) {
        assertThatThrownBy(() -> tokens.open(binding, token))
                .isInstanceOf(ApiException.class)
                .hasMessage("Invalid Token: 'Invalid token'");
    }
}
