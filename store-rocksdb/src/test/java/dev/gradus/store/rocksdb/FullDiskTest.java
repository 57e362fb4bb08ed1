package dev.gradus.store.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Real disks that are full or read-only: file systems in memory, mounted in a user namespace of the
 * child's own, which needs no privileges where the kernel allows it.
 */
class FullDiskTest {
    @TempDir private Path mount;

    @Test
    void aFullDiskLosesNothingThatWasAcknowledgedAndSaysWhatToDo() throws Exception {
        var lines = onADisk("64m", FullDiskChild.class, "");

        assertThat(lines).contains("ballast true");
        assertThat(first(lines, "low")).startsWith("LOW_SPACE ").contains("free some space");
        assertThat(lines.indexOf("ballast true")).isLessThan(lines.indexOf("ballast false"));
        assertThat(first(lines, "failed"))
                .startsWith("FAILED ")
                .contains("is full: free some space and start again");
        assertThat(first(lines, "refused"))
                .contains("the disk of the data folder " + mount.resolve("data") + " is full")
                .contains("nothing that was acknowledged is lost");
        long acknowledged = lines.stream().filter(line -> line.startsWith("acknowledged")).count();
        assertThat(acknowledged).isGreaterThan(100);
        // After it was refused, only space was made.
        assertThat(lines.getLast()).startsWith("found ");
        assertThat(lines.stream().filter(line -> line.startsWith("found ")))
                .allSatisfy(line ->
                        assertThat(Long.parseLong(line.substring("found ".length())))
                                .isBetween(acknowledged, acknowledged + 1));
    }

    @Test
    void aReadOnlyDiskSaysWhatToDo() throws Exception {
        var lines = onADisk("16m", OpeningChild.class, "mount -o remount,ro \"$1\" &&");

        assertThat(lines)
                .containsExactly(
                        "the data folder "
                                + mount.resolve("data")
                                + " is on a read-only file system: mount it writable, or choose another folder with --data");
    }

    /** Runs a program with a mount point as its argument, and returns what it says. */
    private List<String> onADisk(String size, Class<?> program, String first) throws Exception {
        var script =
                "mount -t tmpfs -o size="
                        + size
                        + " tmpfs \"$1\" || exit 77; "
                        + first
                        + " exec \"$0\" --enable-native-access=ALL-UNNAMED -Xmx256m -cp \"$2\" "
                        + program.getName()
                        + " \"$1\"";
        var child =
                started(
                        List.of(
                                "unshare",
                                "--user",
                                "--map-root-user",
                                "--mount",
                                "sh",
                                "-c",
                                script,
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                mount.toString(),
                                System.getProperty("java.class.path")));
        try (var output = child.inputReader()) {
            var lines = output.readAllLines();
            assertThat(child.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assumeTrue(
                    (child.exitValue() != 77 && child.exitValue() != 1) || !lines.isEmpty(),
                    "SKIPPED: this machine lets no unprivileged process mount a disk of its own");
            assertThat(child.exitValue()).as("%s", lines).isZero();
            return lines;
        }
    }

    private static Process started(List<String> command) {
        try {
            return new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
        } catch (IOException none) {
            assumeTrue(false, "SKIPPED: this machine has no unshare");
            throw new AssertionError(none);
        }
    }

    private static String first(List<String> lines, String word) {
        return lines.stream()
                .filter(line -> line.startsWith(word + " "))
                .findFirst()
                .map(line -> line.substring(word.length() + 1))
                .orElseThrow(() -> new AssertionError("no line " + word + " in " + lines));
    }
}
