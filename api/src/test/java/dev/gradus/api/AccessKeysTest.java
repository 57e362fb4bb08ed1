package dev.gradus.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class AccessKeysTest {
    private static final String GOOD =
            """
            # who may call
            [alice]
            aws_access_key_id     = AKIDALICE
            aws_secret_access_key = 0123456789abcdef=
            aws_account_id        = 123456789012
            gradus_role           = Operator
            region                = eu-west-1
            """;

    @Test
    void readsTheFormOfAwsSharedCredentials() {
        var key = AccessKeys.parse(GOOD).find("AKIDALICE").orElseThrow();

        assertThat(key)
                .isEqualTo(
                        new AccessKey(
                                "alice",
                                "AKIDALICE",
                                "0123456789abcdef=",
                                Optional.empty(),
                                "123456789012",
                                Role.OPERATOR,
                                Optional.empty()));
        assertThat(AccessKeys.parse(GOOD.replace("\n", "\r\n")).find("AKIDALICE")).contains(key);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "aws_secret_access_key = 0123456789abcdef= | '' | lacks aws_secret_access_key",
                "0123456789abcdef= | short | [alice]: aws_secret_access_key must be 16 characters",
                "123456789012 | 12345 | [alice]: aws_account_id must be 12 digits",
                "Operator | root | [alice]: gradus_role must be viewer, operator or admin",
                "gradus_role | gradus_rol | line 6 sets 'gradus_rol', which means nothing here",
                "[alice] | '' | line 3 stands before the first [section]",
                "AKIDALICE | A/B | [alice]: aws_access_key_id must be 3 to 128 letters",
                "region                = eu-west-1 | gradus_expires = soon | must be an instant such",
                "region                = eu-west-1 | gradus_role = admin | line 7 sets gradus_role again",
                "region                = eu-west-1 | region | line 7 has no '='",
            })
    void saysWhereAFileCannotBeUsed(String part, String instead, String message) {
        assertThatThrownBy(() -> AccessKeys.parse(GOOD.replace(part, instead)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message)
                .hasMessageNotContaining("0123456789abcdef");
    }

    @Test
    void refusesAKeyOfTwoAndAFileOfNone() {
        assertThatThrownBy(() -> AccessKeys.parse(GOOD + GOOD.replace("alice", "bob")))
                .hasMessage("two sections have the aws_access_key_id AKIDALICE");
        assertThatThrownBy(() -> AccessKeys.parse("# nobody yet\n"))
                .hasMessageContaining("nobody could call");
    }

    @Test
    void showsNoSecretInALog() {
        assertThat(AccessKeys.parse(GOOD).all().toString())
                .contains("AKIDALICE of alice")
                .doesNotContain("0123456789abcdef");
    }

    @Test
    void comparesASecretUntilItsKeyExpires() {
        var end = Instant.parse("2027-01-31T00:00:00Z");
        var keys = AccessKeys.parse(GOOD + "gradus_expires = " + end + "\n");

        assertThat(keys.has("AKIDALICE", "0123456789abcdef=", end.minusSeconds(1))).isTrue();
        assertThat(keys.has("AKIDALICE", "0123456789abcdef=", end)).isFalse();
        assertThat(keys.has("AKIDALICE", "0123456789abcdef", end.minusSeconds(1))).isFalse();
        assertThat(keys.has("AKIDBOB", "0123456789abcdef=", end.minusSeconds(1))).isFalse();
    }
}
