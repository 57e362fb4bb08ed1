package dev.gradus.integrations;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says why a sink refuses something for good, once for each reason in the life of a process; how
 * much it costs is counted elsewhere. Thread-safe.
 */
final class Refusals {
    private static final Logger LOG = LoggerFactory.getLogger(Refusals.class);
    private static final int REASONS_MAX = 1_000;

    private final Set<String> said = ConcurrentHashMap.newKeySet();

    void say(String where, String why) {
        if (said.size() < REASONS_MAX && said.add(where + " " + why)) {
            LOG.warn("a sink refuses for good, said once where={} why={}", where, why);
        }
    }
}
