package dev.gradus.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gradus.runtime.spi.SubstrateException;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a data folder shows of what is stored in it, with and without encryption at rest. */
final class EncryptedFolderTest {
    private static final String FIRST = "first " + "1f".repeat(32);
    private static final String SECOND = "second " + "2e".repeat(32);
    private static final List<String> SECRETS =
            List.of("the-comment", "the-input", "the-output", "the-variable", "the-tag");
    private static final String DEFINITION =
            """
            {"Comment": "the-comment", "StartAt": "Keep", "States": {
              "Keep": {"Type": "Pass", "Assign": {"kept": "the-variable"}, "Next": "Wait"},
              "Wait": {"Type": "Wait", "Seconds": 3000, "Next": "Done"},
              "Done": {"Type": "Pass", "Result": "the-output", "End": true}}}
            """
                    .strip()
                    .replace("\n", " ");

    @TempDir private Path folder;

    @Test
    void showsNothingOfWhatItHolds() throws Exception {
        var key = keyFile(FIRST, "rw-------");
        try (var http = HttpClient.newHttpClient()) {
            try (var server = start("sealed", Map.of("encryption-key-file", key.toString()));
                    var open = start("open", Map.of())) {
                for (var each : List.of(server, open)) {
                    work(new Api(http, each.port()));
                }
                // As a kill would leave it: what was acknowledged is in the files.
                assertThat(shown("sealed")).isEmpty();
                assertThat(shown("open")).containsAll(SECRETS);
            }
            assertThat(shown("sealed")).isEmpty();
        }
    }

    @Test
    void goesOnAfterARestartAlsoWithAnotherKeyBeforeTheFirst() throws Exception {
        var first = Map.of("encryption-key-file", keyFile(FIRST, "rw-------").toString());
        try (var http = HttpClient.newHttpClient()) {
            Api api;
            try (var server = start("sealed", first)) {
                api = new Api(http, server.port());
                work(api);
            }
            var both = keyFile(SECOND + "\n" + FIRST, "r--------").toString();
            try (var server = start("sealed", Map.of("encryption-key-file", both))) {
                api = api.at(server.port());
                var running = "{'executionArn': '$Pexecution:m:waits'}";
                assertThat(api.call("DescribeExecution", running).text())
                        .contains("RUNNING", "the-input");
                assertThat(api.call("GetExecutionHistory", running).text())
                        .contains("the-variable");
                api.call("StopExecution", running);
                assertThat(api.call("DescribeExecution", running).text()).contains("ABORTED");
                assertThat(shown("sealed")).isEmpty();
            }
            assertThatThrownBy(() -> start("sealed", first))
                    .isInstanceOf(SubstrateException.class)
                    .hasMessageContaining("lacks keys")
                    .hasMessageContaining("second");
            assertThatThrownBy(() -> start("sealed", Map.of()))
                    .isInstanceOf(SubstrateException.class)
                    .hasMessageContaining("start with --encryption-key-file")
                    .hasMessageContaining("first, second");
        }
    }

    @Test
    void refusesAFolderThatWasMadeWithoutEncryption() throws Exception {
        start("open", Map.of()).close();
        var key = keyFile(FIRST, "rw-------").toString();

        assertThatThrownBy(() -> start("open", Map.of("encryption-key-file", key)))
                .isInstanceOf(SubstrateException.class)
                .hasMessageContaining("made without encryption");
        start("open", Map.of()).close();
    }

    @Test
    void refusesAKeyFileThatOthersMayReadOrThatIsNone() throws Exception {
        for (var mode : List.of("rw-r-----", "rw----r--", "rw--w----")) {
            var key = keyFile(FIRST, mode);
            assertThatThrownBy(() -> EncryptionKeyFile.at(key.toString()).read())
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining(mode)
                    .hasMessageContaining("chmod 600");
        }
        assertThatThrownBy(() -> EncryptionKeyFile.at(folder + "/none").read())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("does not exist");
        var wrong = keyFile(FIRST + "\nsecond 123", "rw-------");
        assertThatThrownBy(() -> EncryptionKeyFile.at(wrong.toString()).read())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("line 2")
                .hasMessageNotContainingAny("1f1f", "123");
    }

    private static void work(Api api) throws Exception {
        var escaped = DEFINITION.replace("\"", "\\\"");
        api.call(
                "CreateStateMachine",
                "{'name': 'm', 'roleArn': 'arn:aws:iam::123456789012:role/r', 'definition': '"
                        + escaped
                        + "', 'tags': [{'key': 'k', 'value': 'the-tag'}]}");
        api.call(
                "StartExecution",
                "{'stateMachineArn': '$M', 'name': 'waits', 'input': '{\\'a\\':\\'the-input "
                        + "x".repeat(600)
                        + "\\'}'}");
    }

    private GradusServer start(String data, Map<String, String> more) throws IOException {
        var flags = new HashMap<>(more);
        flags.put("data", folder.resolve(data).toString());
        flags.put("port", "0");
        flags.put("drain-timeout", "0");
        flags.put("shards", "3");
        return GradusServer.start(Settings.from(flags, Map.of()));
    }

    private Path keyFile(String text, String mode) throws IOException {
        var file = Files.createTempFile(folder, "keys", "");
        Files.writeString(file, text);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
    }

    /** Which of the secrets stand in some file of a data folder. */
    private Set<String> shown(String data) throws IOException {
        var found = new TreeSet<String>();
        try (var files = Files.walk(folder.resolve(data))) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                var text = new String(Files.readAllBytes(file), ISO_8859_1);
                SECRETS.stream().filter(text::contains).forEach(found::add);
            }
        }
        return found;
    }
}
