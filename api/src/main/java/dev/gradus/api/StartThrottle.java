package dev.gradus.api;

import dev.gradus.runtime.Arn;
import dev.gradus.runtime.ErrorShape;
import dev.gradus.runtime.ExecutionRequests;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Throttles StartExecution, whose bucket depends on the machine's type. The wire does not know it
 * before the first start: that one counts as Standard, and tells. For any thread.
 */
final class StartThrottle {
    private static final int MACHINES = 10_000;

    private final Throttle throttle;
    private final Set<String> express = ConcurrentHashMap.newKeySet();

    StartThrottle(Throttle throttle) {
        this.throttle = throttle;
    }

    /** Throws ThrottlingException if the caller has to wait. */
    void admit(Arn.Startable machine, Arn.Place caller) {
        if (throttle.equals(Throttle.NONE)) {
            return;
        }
        boolean known = express.contains(machine.unqualified().text());
        var kind = known ? CallRates.START_EXPRESS : CallRates.START_STANDARD;
        if (!throttle.take(kind, caller)) {
            throw throttled();
        }
    }

    /** Learns from an answer. */
    ExecutionRequests.Started started(Arn.Startable machine, ExecutionRequests.Started started) {
        if (!throttle.equals(Throttle.NONE) && started.arn() instanceof Arn.ExpressExecution) {
            if (express.size() >= MACHINES) {
                express.clear();
            }
            express.add(machine.unqualified().text());
        }
        return started;
    }

    static RuntimeException throttled() {
        return ErrorShape.ThrottlingException.because("Rate exceeded");
    }
}
