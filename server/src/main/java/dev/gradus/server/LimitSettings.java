package dev.gradus.server;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What callers and executions may take up.
 *
 * @param quotasFile other quotas than AWS's
 * @param throttle whether calls are throttled at AWS's rates
 */
record LimitSettings(Setting<Optional<Path>> quotasFile, Setting<Rates> throttle) {

    /** At which rates calls are throttled. */
    enum Rates {
        OFF,
        AWS
    }

    static LimitSettings from(Settings.Source read) {
        return new LimitSettings(
                read.value(
                        "quotas-file",
                        List.of("GRADUS_QUOTAS_FILE"),
                        text -> Optional.of(Path.of(text)),
                        Optional.empty()),
                read.value(
                        "throttle", List.of("GRADUS_THROTTLE"), LimitSettings::rates, Rates.OFF));
    }

    private static Rates rates(String text) {
        return switch (text) {
            case "off" -> Rates.OFF;
            case "aws" -> Rates.AWS;
            default -> throw new Settings.Invalid("say off or aws");
        };
    }

    List<Setting<?>> all() {
        return List.of(quotasFile, throttle);
    }
}
