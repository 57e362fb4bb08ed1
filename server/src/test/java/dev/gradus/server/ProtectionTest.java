package dev.gradus.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an operator is told of files that cannot be used. */
final class ProtectionTest {
    @TempDir private Path folder;

    @Test
    void refusesSecretsThatOthersMayRead() throws IOException {
        var file = folder.resolve("credentials");
        Files.writeString(file, "[a]\n");
        for (var mode : new String[] {"rw-r-----", "rw----r--", "rw--w----"}) {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));

            assertThatThrownBy(() -> Protection.load(keys(file)))
                    .isInstanceOf(IOException.class)
                    .hasMessage(
                            "--credentials-file %s holds secrets and others may read or write it: chmod 600 %s"
                                    .formatted(file, file));
        }
    }

    @Test
    void saysWhatIsWrongWithAKeyFile() throws IOException {
        var file = folder.resolve("credentials");
        assertThatThrownBy(() -> Protection.load(keys(file)))
                .hasMessage("--credentials-file " + file + " is not there");

        PemFiles.writePrivate(file, "[a]\naws_access_key_id = AKID\n");
        assertThatThrownBy(() -> Protection.load(keys(file)))
                .hasMessage(
                        "--credentials-file %s cannot be used: section [a] lacks aws_secret_access_key"
                                .formatted(file));
    }

    @Test
    void takesKeysOfEachKindAndRefusesAPairThatIsNone() throws Exception {
        var rsa = PemFiles.make(folder.resolve("rsa"), "RSA");
        var ec = PemFiles.make(folder.resolve("ec"), "EC");
        var ed = PemFiles.make(folder.resolve("ed"), "Ed25519");
        for (var pair : new PemFiles[] {rsa, ec, ed}) {
            assertThat(new PemPair(pair.cert(), pair.key()).context().isServer()).isTrue();
        }

        assertThatThrownBy(() -> new PemPair(rsa.cert(), ec.key()).context())
                .isInstanceOf(IOException.class)
                .hasMessage(
                        "--tls-key %s is not the key of --tls-cert %s"
                                .formatted(ec.key(), rsa.cert()));
        PemFiles.writePrivate(
                ec.key(), Files.readString(ec.key()).replace("PRIVATE KEY", "EC PRIVATE KEY"));
        assertThatThrownBy(() -> new PemPair(ec.cert(), ec.key()).context())
                .hasMessageContaining("openssl pkcs8 -topk8 -nodes");
        Files.writeString(ec.cert(), "no certificate");
        assertThatThrownBy(() -> new PemPair(ec.cert(), ed.key()).context())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("--tls-cert " + ec.cert());
    }

    @Test
    void aNewCertificateIsForNewConnectionsAndABrokenOneForNone() throws Exception {
        var first = PemFiles.make(folder.resolve("first"), "EC");
        var second = PemFiles.make(folder.resolve("second"), "EC");
        var protection =
                Protection.load(
                        AccessSettings.from(
                                new Settings.Source(
                                        Map.of(
                                                "tls-cert",
                                                first.cert().toString(),
                                                "tls-key",
                                                first.key().toString()),
                                        Map.of())));
        var before = protection.forConnection().orElseThrow();
        protection.look();
        assertThat(protection.forConnection()).containsSame(before);

        Files.copy(second.cert(), first.cert(), StandardCopyOption.REPLACE_EXISTING);
        protection.look(); // the certificate without its key: what was there stays
        assertThat(protection.forConnection()).containsSame(before);
        PemFiles.writePrivate(first.key(), Files.readString(second.key()));
        protection.look();
        assertThat(protection.forConnection().orElseThrow()).isNotSameAs(before);
    }

    @Test
    void certificateAndKeyBelongTogether() {
        assertThatThrownBy(() -> Settings.from(Map.of("tls-cert", "a"), Map.of()))
                .isInstanceOf(Settings.Invalid.class)
                .hasMessageContaining("belong together");
    }

    @Test
    void keysOpenAServerToOtherMachinesAsInsecureDoes() {
        assertThat(
                        Settings.from(Map.of("host", "0.0.0.0", "credentials-file", "c"), Map.of())
                                .host()
                                .value())
                .contains("0.0.0.0");
    }

    private static AccessSettings keys(Path file) {
        return AccessSettings.from(
                new Settings.Source(Map.of("credentials-file", file.toString()), Map.of()));
    }
}
