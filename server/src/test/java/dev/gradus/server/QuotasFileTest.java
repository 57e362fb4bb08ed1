package dev.gradus.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gradus.engine.ExecutionQuotas;
import dev.gradus.runtime.Quotas;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class QuotasFileTest {
    private static final String NIGHTLY =
            "arn:aws:states:us-east-1:123456789012:stateMachine:nightly-a";

    @Test
    void anEmptyFileSetsNothing() {
        assertThat(QuotasFile.parse("# nothing\n")).isEqualTo(Quotas.AWS);
        assertThat(Quotas.Counts.AWS)
                .isEqualTo(new Quotas.Counts(100_000, 100_000, 1_000, 100, 50, 1_000));
        assertThat(ExecutionQuotas.AWS).isEqualTo(new ExecutionQuotas(25_000, 31_536_000, false));
        assertThat(Quotas.AWS.retention()).isEqualTo(Duration.ofDays(90));
    }

    @Test
    void setsWhatItNamesAndLeavesTheRest() {
        var quotas =
                QuotasFile.parse(
                        """
                        [account]
                        state_machines = 150000
                        activities     = unlimited
                        [executions]
                        retention_days = 30
                        run_days       = 730
                        """);

        assertThat(quotas.counts())
                .isEqualTo(new Quotas.Counts(150_000, Quotas.UNLIMITED, 1_000, 100, 50, 1_000));
        assertThat(quotas.retention()).isEqualTo(Duration.ofDays(30));
        assertThat(quotas.executions()).isEqualTo(new ExecutionQuotas(25_000, 63_072_000, false));
    }

    @Test
    void thePageShowsAFileThatCanBeUsed() throws Exception {
        var ini =
                Pattern.compile("```ini\n(.*?)```", Pattern.DOTALL)
                        .matcher(Files.readString(Path.of("../docs/quotas.md")));
        assertThat(ini.find()).isTrue();

        var quotas = QuotasFile.parse(ini.group(1));

        assertThat(quotas.exceptions()).hasSize(1);
        assertThat(quotas.exceptions().getFirst().machines().test(NIGHTLY)).isTrue();
        assertThat(quotas.exceptions().getFirst().machines().test(NIGHTLY.replace("nightly", "n")))
                .isFalse();
        assertThat(quotas.exceptions().getFirst().executions())
                .isEqualTo(new ExecutionQuotas(1_000_000, ExecutionQuotas.UNLIMITED, true));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "tags = 1 | line 1 sets 'tags': it stands before the first [section]",
                "[account];tag = 1 | line 2 sets 'tag': its section knows activities, aliases",
                "[executions];history_events = 9 | [executions] history_events must be a whole",
                "[executions];run_days = a year | [executions] run_days must be a whole number",
                "[executions];retention_days = 99999 | must be at most 36500 days, or unlimited",
                "[machines] | line 1: a section is [account], [executions] or a pattern",
                "[arn:*];retention_days = 1 | its section knows history_events, run_days",
            })
    void saysWhereAFileCannotBeUsed(String file, String message) {
        assertThatThrownBy(() -> QuotasFile.parse(file.replace(";", "\n")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }
}
