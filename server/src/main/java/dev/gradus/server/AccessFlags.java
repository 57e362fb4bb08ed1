package dev.gradus.server;

import java.util.Map;
import picocli.CommandLine.Option;

/** The flags of {@link AccessSettings}. */
final class AccessFlags {
    @Option(
            names = "--credentials-file",
            paramLabel = "FILE",
            description =
                    "Keys that requests have to be signed with, for their owner's eyes only"
                            + " (GRADUS_CREDENTIALS_FILE; default: any credentials do).")
    private String credentialsFile = "";

    @Option(
            names = "--tls-cert",
            paramLabel = "FILE",
            description = "Serve TLS with this certificate, in PEM (GRADUS_TLS_CERT).")
    private String tlsCert = "";

    @Option(
            names = "--tls-key",
            paramLabel = "FILE",
            description = "The private key of --tls-cert, in PEM (GRADUS_TLS_KEY).")
    private String tlsKey = "";

    /** Adds those that were given. */
    void addTo(Map<String, String> flags) {
        var given =
                Map.of("credentials-file", credentialsFile, "tls-cert", tlsCert, "tls-key", tlsKey);
        given.forEach((name, value) -> {
            if (!value.isEmpty()) {
                flags.put(name, value);
            }
        });
    }
}
