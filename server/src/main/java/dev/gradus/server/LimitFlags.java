package dev.gradus.server;

import java.util.Map;
import picocli.CommandLine.Option;

/** The flags of {@link LimitSettings}. */
final class LimitFlags {
    @Option(
            names = "--quotas-file",
            paramLabel = "FILE",
            description = "Other quotas than AWS's (GRADUS_QUOTAS_FILE; default: AWS's).")
    private String quotasFile = "";

    @Option(
            names = "--throttle",
            paramLabel = "off|aws",
            description = "Throttle calls at AWS's rates (GRADUS_THROTTLE; default off).")
    private String throttle = "";

    /** Adds those that were given. */
    void addTo(Map<String, String> flags) {
        if (!quotasFile.isEmpty()) {
            flags.put("quotas-file", quotasFile);
        }
        if (!throttle.isEmpty()) {
            flags.put("throttle", throttle);
        }
    }
}
