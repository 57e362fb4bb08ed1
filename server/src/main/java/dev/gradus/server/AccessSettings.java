package dev.gradus.server;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Who may call, and whether what they say is secret on its way.
 *
 * @param credentialsFile keys that requests have to be signed with; absent: any credentials do
 * @param tlsCert PEM file of the certificate and those that lead to its root
 * @param tlsKey PEM file of its private key
 */
record AccessSettings(
        Setting<Optional<Path>> credentialsFile,
        Setting<Optional<Path>> tlsCert,
        Setting<Optional<Path>> tlsKey) {

    static AccessSettings from(Settings.Source read) {
        var settings =
                new AccessSettings(
                        file(read, "credentials-file", "GRADUS_CREDENTIALS_FILE"),
                        file(read, "tls-cert", "GRADUS_TLS_CERT"),
                        file(read, "tls-key", "GRADUS_TLS_KEY"));
        if (settings.tlsCert.value().isPresent() != settings.tlsKey.value().isPresent()) {
            throw new Settings.Invalid(
                    "--tls-cert and --tls-key belong together: name both files, or neither");
        }
        return settings;
    }

    private static Setting<Optional<Path>> file(
            Settings.Source read, String name, String variable) {
        return read.value(
                name, List.of(variable), text -> Optional.of(Path.of(text)), Optional.empty());
    }

    List<Setting<?>> all() {
        return List.of(credentialsFile, tlsCert, tlsKey);
    }
}
