package dev.gradus.server;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.Base64;
import java.util.List;

/**
 * A certificate of localhost that signs itself, made by the JDK's keytool, as an operator has it.
 */
record PemFiles(Path cert, Path key, Certificate certificate) {
    private static final char[] PASSWORD = "a-password".toCharArray();

    /** Makes one; its key is of that kind, such as RSA or EC. */
    static PemFiles make(Path folder, String kind) throws IOException, InterruptedException {
        Files.createDirectories(folder);
        var store = folder.resolve("store.p12");
        var made =
                new ProcessBuilder(
                                List.of(
                                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                                .toString(),
                                        "-genkeypair",
                                        "-alias",
                                        "gradus",
                                        "-keyalg",
                                        kind,
                                        "-dname",
                                        "CN=localhost",
                                        "-ext",
                                        "SAN=dns:localhost,dns:sync-localhost,ip:127.0.0.1",
                                        "-storetype",
                                        "PKCS12",
                                        "-keystore",
                                        store.toString(),
                                        "-storepass",
                                        new String(PASSWORD)))
                        .redirectErrorStream(true)
                        .start();
        var said = new String(made.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (made.waitFor() != 0) {
            throw new IOException("keytool: " + said);
        }
        return written(folder, store);
    }

    private static PemFiles written(Path folder, Path store) throws IOException {
        Certificate certificate;
        Key key;
        try (InputStream in = Files.newInputStream(store)) {
            var keys = KeyStore.getInstance("PKCS12");
            keys.load(in, PASSWORD);
            certificate = keys.getCertificate("gradus");
            key = keys.getKey("gradus", PASSWORD);
            var cert = folder.resolve("tls.crt");
            Files.writeString(cert, pem("CERTIFICATE", certificate.getEncoded()));
            var secret = folder.resolve("tls.key");
            writePrivate(secret, pem("PRIVATE KEY", key.getEncoded()));
            return new PemFiles(cert, secret, certificate);
        } catch (GeneralSecurityException broken) {
            throw new IOException(broken);
        }
    }

    /** Writes a file that only its owner may read. */
    static void writePrivate(Path file, String text) throws IOException {
        var whole = file.resolveSibling(file.getFileName() + ".new");
        Files.writeString(whole, text);
        Files.setPosixFilePermissions(whole, PosixFilePermissions.fromString("rw-------"));
        Files.move(
                whole, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static String pem(String kind, byte[] encoded) {
        return "-----BEGIN "
                + kind
                + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(encoded)
                + "\n-----END "
                + kind
                + "-----\n";
    }
}
