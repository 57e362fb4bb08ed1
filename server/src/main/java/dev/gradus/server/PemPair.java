package dev.gradus.server;

import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;

/** A certificate and its private key, as PEM files, made into what a listener needs for TLS. */
record PemPair(Path cert, Path key) {
    private static final Pattern PKCS8 =
            Pattern.compile("-----BEGIN PRIVATE KEY-----([^-]+)-----END PRIVATE KEY-----");
    private static final List<String> KINDS = List.of("RSA", "EC", "EdDSA");

    /**
     * Reads both; TLS 1.2 and 1.3, HTTP/1.1.
     *
     * @throws IOException if they cannot be used, or do not belong together
     */
    SslContext context() throws IOException {
        var privateKey = privateKey(PrivateFile.read(key, "--tls-key"));
        var chain = chain();
        if (chain.length == 0) {
            throw new IOException("--tls-cert " + cert + " holds no certificate in PEM");
        }
        if (!isPair(privateKey, chain[0])) {
            throw new IOException(
                    "--tls-key %s is not the key of --tls-cert %s".formatted(key, cert));
        }
        return SslContextBuilder.forServer(privateKey, chain)
                .sslProvider(SslProvider.JDK)
                .protocols("TLSv1.3", "TLSv1.2")
                .applicationProtocolConfig(
                        new ApplicationProtocolConfig(
                                ApplicationProtocolConfig.Protocol.ALPN,
                                ApplicationProtocolConfig.SelectorFailureBehavior.NO_ADVERTISE,
                                ApplicationProtocolConfig.SelectedListenerFailureBehavior.ACCEPT,
                                ApplicationProtocolNames.HTTP_1_1))
                .build();
    }

    private X509Certificate[] chain() throws IOException {
        try {
            return CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(Files.readAllBytes(cert)))
                    .stream()
                    .map(X509Certificate.class::cast)
                    .toArray(X509Certificate[]::new);
        } catch (GeneralSecurityException | IOException unusable) {
            throw new IOException(
                    "--tls-cert " + cert + " cannot be read: " + unusable.getMessage(), unusable);
        }
    }

    private PrivateKey privateKey(String pem) throws IOException {
        var found = PKCS8.matcher(pem);
        if (!found.find()) {
            throw new IOException(
                    "--tls-key %s holds no key that begins with BEGIN PRIVATE KEY (PKCS#8, not encrypted): make one with openssl pkcs8 -topk8 -nodes -in %s"
                            .formatted(key, key));
        }
        var encoded =
                Base64.getMimeDecoder().decode(found.group(1).getBytes(StandardCharsets.US_ASCII));
        for (var kind : KINDS) {
            try {
                return KeyFactory.getInstance(kind)
                        .generatePrivate(new PKCS8EncodedKeySpec(encoded));
            } catch (GeneralSecurityException another) {
                // The encoding says of which kind it is; only that factory takes it.
            }
        }
        throw new IOException("--tls-key " + key + " is no RSA, EC or Ed25519 key");
    }

    private static boolean isPair(PrivateKey key, X509Certificate certificate) {
        var algorithm =
                switch (key.getAlgorithm()) {
                    case "RSA" -> "SHA256withRSA";
                    case "EC" -> "SHA256withECDSA";
                    default -> "EdDSA";
                };
        try {
            var signature = Signature.getInstance(algorithm);
            signature.initSign(key);
            signature.update(certificate.getEncoded());
            var signed = signature.sign();
            signature.initVerify(certificate.getPublicKey());
            signature.update(certificate.getEncoded());
            return signature.verify(signed);
        } catch (GeneralSecurityException ofAnotherKind) {
            return false;
        }
    }
}
