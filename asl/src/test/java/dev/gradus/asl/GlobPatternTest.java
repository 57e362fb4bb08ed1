package dev.gradus.asl;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.Pattern;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GlobPatternTest {
    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "log-*.txt, log-2024.txt, true",
                "log-*.txt, log-.txt, true",
                "log-*.txt, log-2024.txt.gz, false",
                "log-*.txt, blog-2024.txt, false",
                "*, anything, true",
                "*, \"\", true",
                "\"\", \"\", true",
                "\"\", a, false",
                "a*b*c, abc, true",
                "a*b*c, axxbyyc, true",
                "a*b*c, acb, false",
                "*aab*, aaaab, true",
                "a*a, a, false",
                "ab*ba, aba, false",
                "a**c, abbbc, true",
                "a?c, abc, false",
                "a[bc], ab, false",
                "\\*, *, true",
                "\\*, x, false",
                "a\\**, a*bc, true",
                "a\\**, abc, false",
                "\\\\*, \\x, true",
                "\\x, \\x, true",
                "\\x, x, false",
                "a\\, a\\, true",
            })
    void matchesAsTheLanguageSays(String pattern, String text, boolean expected) {
        assertThat(new GlobPattern(pattern).matches(text)).isEqualTo(expected);
    }

    @Property(tries = 10_000, seed = "20161201")
    void agreesWithARegularExpression(
            @ForAll @Chars({'a', 'b', '*'}) @StringLength(max = 8) String pattern,
            @ForAll @CharRange(from = 'a', to = 'b') @StringLength(max = 12) String text) {
        var regex = pattern.replace("*", ".*");

        assertThat(new GlobPattern(pattern).matches(text)).isEqualTo(Pattern.matches(regex, text));
    }

    @Test
    void takesNoLongerForAHostilePattern() {
        var pattern = new GlobPattern("*" + "a".repeat(50_000) + "b*" + "a*".repeat(50_000) + "c");
        var text = "a".repeat(500_000) + "c";

        assertThat(pattern.matches(text)).isFalse(); // With backtracking this would take hours.
    }

    @Test
    void isEqualToAPatternOfTheSameText() {
        assertThat(new GlobPattern("a*")).isEqualTo(new GlobPattern("a*")).hasSameHashCodeAs("a*");
        assertThat(new GlobPattern("a*")).isNotEqualTo(new GlobPattern("a")).hasToString("a*");
        assertThat(new GlobPattern("a*").source()).isEqualTo("a*");
    }
}
