package dev.gradus.server;

import dev.gradus.api.Answer;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What {@code GET /health}, {@code /ready} and {@code /metrics} answer; each is called on one of
 * the listener's few threads and must not block.
 */
public record Probes(Supplier<Answer> health, Supplier<Answer> ready, Supplier<Answer> metrics) {

    static final String METRICS = "/metrics";

    Optional<Answer> answer(String path) {
        return Optional.ofNullable(
                        Map.of("/health", health, "/ready", ready, METRICS, metrics).get(path))
                .map(Supplier::get);
    }
}
