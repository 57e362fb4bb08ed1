package dev.gradus.server;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gradus.runtime.spi.DeliveryException;
import dev.gradus.runtime.spi.LogGroup;
import dev.gradus.runtime.spi.LogRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FileLogsTest {
    private static final LogGroup GROUP =
            new LogGroup("aws", "us-east-1", "123456789012", "/aws/vendedlogs/states/x#1");
    private static final Instant NOW = Instant.parse("2026-11-22T23:59:59.999Z");
    private static final String FOLDER = "123456789012-us-east-1/+aws+vendedlogs+states+x%231/m";

    @TempDir private Path root;

    private static LogRecord record(Instant at, String json) {
        return new LogRecord(GROUP, "m", "s", at.toEpochMilli(), json);
    }

    private List<String> names() throws IOException {
        try (var files = Files.list(root.resolve(FOLDER))) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void writesALineForEachRecordIntoTheFileOfItsDay() throws IOException {
        try (var logs = new FileLogs(root)) {
            logs.write(List.of(record(NOW, "{\"n\":1}"), record(NOW.plusMillis(1), "{\"n\":2}")));
            logs.write(List.of(record(NOW, "{\"n\":\"é\"}")));
        }

        assertThat(root.resolve(FOLDER).resolve("2026-11-22.log"))
                .hasContent("{\"n\":1}\n{\"n\":\"é\"}\n");
        assertThat(root.resolve(FOLDER).resolve("2026-11-23.log")).hasContent("{\"n\":2}\n");
    }

    @Test
    void onlyTheOwnerReadsThem() throws IOException {
        try (var logs = new FileLogs(root.resolve("logs"))) {
            logs.write(List.of(record(NOW, "{}")));
        }
        var folder = root.resolve("logs").resolve(FOLDER);

        assertThat(Files.getPosixFilePermissions(folder.resolve("2026-11-22.log")))
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));
        for (var at = folder; !at.equals(root); at = requireNonNull(at.getParent())) {
            assertThat(Files.getPosixFilePermissions(at))
                    .isEqualTo(PosixFilePermissions.fromString("rwx------"));
        }
    }

    @Test
    void aFullFileIsFollowedByTheNextAndOnlyTheNewestAreKept() throws IOException {
        int written = FileLogs.FILES_MAX + 5;
        try (var logs = new FileLogs(root, 10)) {
            for (int i = 0; i < written; i++) {
                logs.write(List.of(record(NOW, "{\"n\":" + i + "}")));
            }
        }

        assertThat(names()).hasSize(FileLogs.FILES_MAX).doesNotContain("2026-11-22.log");
        assertThat(root.resolve(FOLDER).resolve("2026-11-22." + (written - 1) + ".log"))
                .hasContent("{\"n\":" + (written - 1) + "}\n");
        assertThat(names()).contains("2026-11-22.5.log").doesNotContain("2026-11-22.4.log");
    }

    @Test
    void aLineThatAKillCutIsEndedBeforeTheNext() throws IOException {
        var file = root.resolve(FOLDER).resolve("2026-11-22.log");
        Files.createDirectories(file.getParent());
        Files.writeString(file, "{\"n\":1}\n{\"n\":");

        try (var logs = new FileLogs(root)) {
            logs.write(List.of(record(NOW, "{\"n\":2}")));
        }

        assertThat(file).hasContent("{\"n\":1}\n{\"n\":\n{\"n\":2}\n");
    }

    @Test
    void whatCannotBeWrittenIsTriedAgain() throws IOException {
        Files.writeString(root.resolve("logs"), "a file where the folder should be");

        try (var logs = new FileLogs(root.resolve("logs"))) {
            assertThatThrownBy(() -> logs.write(List.of(record(NOW, "{}"))))
                    .isInstanceOf(DeliveryException.class);
        }
    }

    @Test
    void noNameLeadsOutOfTheFolder() {
        assertThat(FileLogs.safe("..")).isEqualTo("%2E.");
        assertThat(FileLogs.safe("../a")).isEqualTo("%2E.+a");
        assertThat(FileLogs.safe("a.b-C_9")).isEqualTo("a.b-C_9");
        assertThat(FileLogs.safe("é")).isEqualTo("%C3%A9");
        assertThat(FileLogs.safe("x".repeat(512))).hasSize(120 + 1 + 16);
        assertThat(FileLogs.safe("x".repeat(511))).isNotEqualTo(FileLogs.safe("x".repeat(512)));
    }
}
