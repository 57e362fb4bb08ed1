package dev.gradus.expressions.jsonata;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gradus.expressions.Randomness;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where JavaScript's regular expressions differ from Java's, and what both share. */
class RegexTest {
    private static String match(String pattern, String text) {
        var evaluation =
                new Evaluation(JsonataInput.of(name -> Optional.empty(), 0, new Randomness(0)));
        var program = RegexProgram.compile(pattern.substring(1), 0);
        var matcher = new RegexMatcher(program, text, evaluation);
        if (!matcher.find(0)) {
            return "none";
        }
        var found = new StringBuilder(text.substring(matcher.start(0), matcher.end(0)));
        for (var group = 1; group <= program.groups(); group++) {
            found.append(',');
            found.append(
                    matcher.start(group) < 0
                            ? "-"
                            : text.substring(matcher.start(group), matcher.end(group)));
        }
        return found.toString();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '~',
            value = {
                "/a+b/ # xaab # aab",
                "/(a)|(b)/ # b # b,-,b",
                "/(?:a|(b))+/ # ba # ba,-", // a round forgets what the one before captured
                "/(a*)*/ # aab # aa,aa",
                "/(a*?)*?b/ # aab # aab,a",
                "/(z)((a+)?(b+)?(c))*/ # zaacbbbcac # zaacbbbcac,z,ac,a,-,c",
                "/(?=(a+))a*b\\1/ # baaabac # aba,a",
                "/(.*?)a(?!(a+)b\\2c)\\2(.*)/ # baaabaac # baaabaac,ba,-,abaac",
                "/\\1(a)/ # aa # a,a", // a group that has not matched matches nothing
                "/(?<y>\\d{4})-\\k<y>/ # 2020-2020 # 2020-2020,2020",
                "/\\k<y>/ # k<y> # k<y>",
                "/(?<=\\$)\\d+/ # $42 # 42",
                "/(?<=(\\d+)(\\d+))$/ # 1053 # ,1,053", // looks behind from the right
                "/(?<!a)b/ # abb # b",
                "/[]/ # a # none",
                "/[^]/ # a # a",
                "/[a-z&&[^b]]/ # b] # b]", // no intersections in JavaScript
                "/[[]/ # [ # [",
                "/a{,2}/ # a{,2} # a{,2}", // not a count
                "/a{2}/ # aaa # aa",
                "/a{2,3}?/ # aaaa # aa",
                "/(ab){2,}c/ # ababc # ababc,ab",
                "/x{0}y/ # xy # y",
                "/\\h\\Q\\e/ # hQe # hQe", // a letter without meaning is itself
                "/\\u0041\\x42\\103/ # ABC # ABC",
                "/\\cA/ # x # none",
                "/^b/ # ab # none",
                "/A[b-d]/i # xaC # aC",
                "/[^a]/i # A # none",
                "/\\bfoo\\b/ # a foo! # foo",
                "/\\Boo/ # foo # oo",
                "/(a+)+$/ # aaaa # aaaa,aaaa",
                "/a|ab|abc/ # abc # a",
                "/((a)|(ab))((c)|(bc))/ # abc # abc,a,a,-,bc,-,bc",
                "/a[a-z]{2,4}?/ # abcdefghi # abc",
                "/(aa|aabaac|ba|b|c)*/ # aabaac # aaba,ba",
            })
    void matchesAsJavaScriptDoes(String pattern, String text, String expected) {
        assertThat(match(pattern.strip(), text.strip()))
                .isEqualTo(expected == null ? "" : expected.strip());
    }

    @ParameterizedTest
    @CsvSource({"^b,true", "a$,true", "^a$,true", "^ab,false"})
    void linesCountWithTheFlagM(String pattern, boolean expected) {
        assertThat(!match("/" + pattern + "/m", "a\nb").equals("none")).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r", "\u2028", "\u2029"})
    void aDotTakesNoLineEnd(String end) {
        assertThat(match("/a.b/", "a" + end + "b")).isEqualTo("none");
        assertThat(match("/a\\sb/", "a" + end + "b")).isEqualTo("a" + end + "b");
    }
}
