package dev.gradus.server;

import dev.gradus.api.Access;
import dev.gradus.api.AccessKeys;
import dev.gradus.runtime.Arn;
import io.netty.handler.ssl.SslContext;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What stands between callers and the API, read from files, and again when they change.
 *
 * @param keys that requests have to be signed with; absent: any credentials do
 * @param tls for each new connection; absent: plain HTTP
 */
record Protection(Optional<Watched<AccessKeys>> keys, Optional<Watched<SslContext>> tls) {
    static final Protection NONE = new Protection(Optional.empty(), Optional.empty());

    /**
     * Reads the files that the settings name.
     *
     * @throws IOException if one cannot be used, with what to do
     */
    static Protection load(AccessSettings settings) throws IOException {
        var file = settings.credentialsFile().value();
        var cert = settings.tlsCert().value();
        var key = settings.tlsKey().value();
        return new Protection(
                file.isPresent() ? Optional.of(keys(file.get())) : Optional.empty(),
                cert.isPresent() && key.isPresent()
                        ? Optional.of(tls(new PemPair(cert.get(), key.get())))
                        : Optional.empty());
    }

    private static Watched<AccessKeys> keys(Path file) throws IOException {
        return new Watched<>(
                List.of(file),
                () -> {
                    try {
                        return AccessKeys.parse(PrivateFile.read(file, "--credentials-file"));
                    } catch (IllegalArgumentException unusable) {
                        throw new IOException(
                                "--credentials-file %s cannot be used: %s"
                                        .formatted(file, unusable.getMessage()),
                                unusable);
                    }
                });
    }

    private static Watched<SslContext> tls(PemPair pair) throws IOException {
        return new Watched<>(List.of(pair.cert(), pair.key()), pair::context);
    }

    /** Who may call. */
    Access access(Arn.Place defaults) {
        return keys.<Access>map(known -> Access.verified(known, InstantSource.system()))
                .orElseGet(() -> Access.open(defaults));
    }

    /** The context of a new connection. */
    Optional<SslContext> forConnection() {
        return tls.map(Supplier::get);
    }

    /** Reads again what has changed; called now and then by one thread. */
    void look() {
        keys.ifPresent(Watched::look);
        tls.ifPresent(Watched::look);
    }
}
