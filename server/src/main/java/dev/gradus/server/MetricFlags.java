package dev.gradus.server;

import java.util.Map;
import picocli.CommandLine.Option;

/** The flag of `serve` about metrics that are published. */
final class MetricFlags {
    @Option(
            names = "--metrics-endpoint",
            paramLabel = "URL|aws",
            description =
                    "CloudWatch to publish metrics to each minute (METRICS_ENDPOINT,"
                            + " AWS_ENDPOINT_URL_CLOUDWATCH; default none).")
    private String endpoint = "";

    /** Adds it, if it was given. */
    void addTo(Map<String, String> flags) {
        if (!endpoint.isEmpty()) {
            flags.put("metrics-endpoint", endpoint);
        }
    }
}
