package dev.gradus.integrations;

import dev.gradus.expressions.Json;
import dev.gradus.expressions.JsonArray;
import dev.gradus.expressions.JsonObject;
import dev.gradus.runtime.spi.DeliveryException;
import dev.gradus.runtime.spi.EventSink;
import dev.gradus.runtime.spi.StatusEvent;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Posts each status change as a JSON document in the form in which EventBridge delivers it.
 *
 * <p>2xx is delivered; 408, 429, 5xx and no answer are tried again; anything else, a redirect too,
 * is refused. With a secret, {@code X-Gradus-Signature: sha256=HEX} is the HMAC-SHA256 of the body.
 */
public final class Webhook implements EventSink {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(10);
    private static final String HMAC = "HmacSHA256";

    private final URI url;
    private final Optional<SecretKeySpec> secret;
    private final HttpClient http;
    private final Refusals refusals = new Refusals();

    /**
     * Posts to a URL; nothing is sent yet.
     *
     * @param secret what the bodies are signed with; absent: they are not
     */
    public Webhook(URI url, Optional<String> secret) {
        this.url = url;
        this.secret =
                secret.map(text -> new SecretKeySpec(text.getBytes(StandardCharsets.UTF_8), HMAC));
        this.http =
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .connectTimeout(CONNECT_TIMEOUT)
                        .followRedirects(HttpClient.Redirect.NEVER)
                        .build();
    }

    @Override
    public int send(List<StatusEvent> events) {
        int refused = 0;
        int sent = 0;
        for (var event : events) {
            try {
                refused += post(event) ? 0 : 1;
            } catch (DeliveryException notNow) {
                throw notNow.after(sent);
            }
            sent++;
        }
        return refused;
    }

    private boolean post(StatusEvent event) {
        var body = envelope(event).text().getBytes(StandardCharsets.UTF_8);
        var request =
                HttpRequest.newBuilder(url)
                        .timeout(ANSWER_TIMEOUT)
                        .header("Content-Type", "application/json")
                        .header("X-Gradus-Event-Id", event.id())
                        .POST(BodyPublishers.ofByteArray(body));
        secret.ifPresent(key -> request.header("X-Gradus-Signature", signature(key, body)));
        int status;
        try {
            status = http.send(request.build(), BodyHandlers.discarding()).statusCode();
        } catch (IOException failed) {
            throw new DeliveryException(
                    "the webhook at " + url.getHost() + " did not answer", failed);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new DeliveryException("the server is being stopped", stopped);
        }
        if (status >= 500 || status == 429 || status == 408) {
            throw new DeliveryException(
                    "the webhook at " + url.getHost() + " answered with " + status);
        }
        if (status / 100 != 2) {
            refusals.say("webhook at " + url.getHost(), "status " + status);
            return false;
        }
        return true;
    }

    /** Returns the event as EventBridge would deliver it. */
    static JsonObject envelope(StatusEvent event) {
        var time = Instant.ofEpochMilli(event.atMillis()).truncatedTo(ChronoUnit.SECONDS);
        return JsonObject.builder()
                .put("version", "0")
                .put("id", event.id())
                .put("detail-type", StatusEvent.DETAIL_TYPE)
                .put("source", StatusEvent.SOURCE)
                .put("account", event.account())
                .put("time", time.toString())
                .put("region", event.region())
                .put("resources", JsonArray.of(List.of(Json.of(event.executionArn()))))
                .put("detail", Json.parse(event.detail()))
                .build();
    }

    private static String signature(SecretKeySpec key, byte[] body) {
        try {
            var mac = Mac.getInstance(HMAC);
            mac.init(key);
            return "sha256=" + HexFormat.of().formatHex(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java runtime has " + HMAC, e);
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
