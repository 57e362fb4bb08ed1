package dev.gradus.server;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What callers and executions may take up.
 *
 * @param quotasFile other quotas than AWS's
 */
record LimitSettings(Setting<Optional<Path>> quotasFile) {

    static LimitSettings from(Settings.Source read) {
        return new LimitSettings(
                read.value(
                        "quotas-file",
                        List.of("GRADUS_QUOTAS_FILE"),
                        text -> Optional.of(Path.of(text)),
                        Optional.empty()));
    }

    List<Setting<?>> all() {
        return List.of(quotasFile);
    }
}
