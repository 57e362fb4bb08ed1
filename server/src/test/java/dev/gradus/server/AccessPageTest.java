package dev.gradus.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gradus.api.AccessKeys;
import dev.gradus.api.Role;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** The page on access says what there is. */
final class AccessPageTest {
    private static final Pattern INI = Pattern.compile("```ini\n(.*?)```", Pattern.DOTALL);
    private static final Pattern FLAG = Pattern.compile("--[a-z]+(?:-[a-z]+)+");

    @Test
    void itsCredentialsFileCanBeUsed() throws Exception {
        var file = INI.matcher(page());
        assertThat(file.find()).isTrue();

        assertThat(AccessKeys.parse(file.group(1)).all())
                .extracting(key -> key.user() + " " + key.role())
                .containsExactlyInAnyOrder("deploy " + Role.ADMIN, "worker " + Role.OPERATOR);
    }

    @Test
    void itsFlagsAreFlagsOfServe() throws Exception {
        var help = new CommandLine(new ServeCommand()).getUsageMessage();

        assertThat(FLAG.matcher(page()).results().map(found -> found.group()).distinct())
                .isNotEmpty()
                .allMatch(help::contains);
    }

    private static String page() throws Exception {
        return Files.readString(Path.of("../docs/access.md"));
    }
}
