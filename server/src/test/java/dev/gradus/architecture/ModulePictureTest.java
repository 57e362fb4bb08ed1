package dev.gradus.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Keeps the picture of modules in docs/ARCHITECTURE.md true. */
final class ModulePictureTest {
    private static final Pattern MODULE = Pattern.compile("<module>([^<]+)</module>");
    private static final Pattern DEPENDENCY =
            Pattern.compile(
                    "<dependency>\\s*<groupId>dev\\.gradus</groupId>\\s*<artifactId>([^<]+)</artifactId>"
                            + "((?:(?!</dependency>).)*)</dependency>",
                    Pattern.DOTALL);

    @Test
    void documentationShowsTheModulesOfTheBuild() throws IOException {
        var document = Files.readString(Repository.root().resolve("docs/ARCHITECTURE.md"));

        var picture = between(document, "<!-- modules -->\n```\n", "```\n<!-- /modules -->");

        assertThat(picture.lines().map(String::stripTrailing))
                .containsExactlyElementsOf(modulesOfTheBuild());
    }

    private static List<String> modulesOfTheBuild() throws IOException {
        var lines = new ArrayList<String>();
        var modules = MODULE.matcher(Files.readString(Repository.root().resolve("pom.xml")));
        while (modules.find()) {
            var module = modules.group(1);
            var uses = String.join(", ", uses(Repository.root().resolve(module)));
            lines.add("%-13s -> %s".formatted(module, uses).stripTrailing());
        }
        return lines;
    }

    private static List<String> uses(Path module) throws IOException {
        var uses = new ArrayList<String>();
        var dependencies = DEPENDENCY.matcher(Files.readString(module.resolve("pom.xml")));
        while (dependencies.find()) {
            if (!dependencies.group(2).contains("<scope>test</scope>")) {
                uses.add(dependencies.group(1));
            }
        }
        return uses;
    }

    private static String between(String text, String begin, String end) {
        int from = text.indexOf(begin);
        int to = text.indexOf(end);
        assertThat(from).as("begin of the picture").isNotNegative();
        assertThat(to).as("end of the picture").isGreaterThan(from);
        return text.substring(from + begin.length(), to);
    }
}
