package dev.gradus.expressions.jsonata;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The cases of JSONata's own test suite, and random ones: value, code and message must agree. */
class ReferenceSuiteTest {
    private static final double SHARE_MIN = 0.99;

    @Test
    void answersTheSuiteAsTheReferenceDoes() {
        check("cases.txt", "results.json", "exceptions.txt");
    }

    @Test
    void answersRandomExpressionsAsTheReferenceDoes() {
        check("random.txt", "random-results.json", "random-exceptions.txt");
    }

    @Test
    void answersInTheCornersAsTheReferenceDoes() {
        check("corners.txt", "corners-results.json", "corners-exceptions.txt");
    }

    private static void check(String file, String results, String exceptions) {
        var cases = ReferenceCases.read(file, results);
        var mismatches =
                cases.stream()
                        .map(ReferenceCases.Case::mismatch)
                        .flatMap(Optional::stream)
                        .toList();
        var known = ReferenceCases.exceptions(exceptions);

        assertThat(cases).hasSizeGreaterThan(500);
        assertThat(mismatches)
                .filteredOn(mismatch -> known.stream().noneMatch(mismatch::contains))
                .isEmpty();
        assertThat(known)
                .as("exceptions that are none any more")
                .allMatch(text -> mismatches.stream().anyMatch(each -> each.contains(text)));
        assertThat(cases.size() - mismatches.size())
                .isGreaterThanOrEqualTo((int) Math.ceil(SHARE_MIN * cases.size()));
    }
}
