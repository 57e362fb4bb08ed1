package dev.gradus.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** `gradus validate` on files. */
final class ValidateCommandTest {
    @TempDir private Path folder = Path.of("");

    private record Output(int code, String out, String err) {}

    @Test
    void saysNothingOfAGoodDefinition() throws IOException {
        var file =
                write(
                        "good.asl.json",
                        "{\"StartAt\":\"S\",\"States\":{\"S\":{\"Type\":\"Succeed\"}}}");

        assertThat(run(file)).isEqualTo(new Output(0, "", ""));
    }

    @Test
    void namesLineColumnAndWhatWasMeant() throws IOException {
        var file =
                write(
                        "bad.asl.json",
                        """
                        {
                          "StartAt": "Load",
                          "States": {
                            "Load": {"Type": "Pass", "Next": "Stoer"},
                            "Store": {"Type": "Succeed"}
                          }
                        }
                        """);

        assertThat(run(file).out().lines().findFirst())
                .contains(
                        file
                                + ":4:30: ERROR MISSING_TRANSITION_TARGET: Missing 'Next' target: Stoer"
                                + " at /States/Load/Next (did you mean 'Store'?)");
        assertThat(run(file).code()).isEqualTo(1);
    }

    @Test
    void aWarningIsNoFailure() throws IOException {
        var file =
                write(
                        "warned.asl.json",
                        "{\"StartAt\":\"S\",\"States\":{\"S\":{\"Type\":\"Pass\",\"Result\":{\"a\":\"$.b\"},\"End\":true}}}");

        var output = run(file);

        assertThat(output.code()).isZero();
        assertThat(output.out()).startsWith(file + ":1:").contains(": WARNING ");
    }

    @Test
    void goesOnAfterAFileThatIsMissing() throws IOException {
        var missing = folder.resolve("missing.json");
        var bad = write("bad.json", "{");

        var output = run(missing, bad);

        assertThat(output.code()).isEqualTo(2);
        assertThat(output.err()).isEqualTo("gradus: " + missing + ": no such file\n");
        assertThat(output.out()).startsWith(bad + ":1:2: ERROR INVALID_JSON_DESCRIPTION: ");
    }

    @Test
    void saysWhichFileIsNoText() throws IOException {
        var file = folder.resolve("binary.json");
        Files.write(file, "{\"Comment\":\"\u00e4\"}".getBytes(StandardCharsets.ISO_8859_1));

        assertThat(run(file).err()).isEqualTo("gradus: " + file + ": is not text in UTF-8\n");
    }

    private Path write(String name, String definition) throws IOException {
        return Files.writeString(folder.resolve(name), definition);
    }

    private static Output run(Path... files) {
        var out = new StringWriter();
        var err = new StringWriter();
        var arguments = new String[files.length + 1];
        arguments[0] = "validate";
        for (int i = 0; i < files.length; i++) {
            arguments[i + 1] = files[i].toString();
        }
        int code =
                Main.commandLine()
                        .setOut(new PrintWriter(out, true))
                        .setErr(new PrintWriter(err, true))
                        .execute(arguments);
        return new Output(code, out.toString(), err.toString());
    }
}
