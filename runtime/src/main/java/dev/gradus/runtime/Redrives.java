package dev.gradus.runtime;

import dev.gradus.engine.ExecutionQuotas;
import dev.gradus.engine.ExecutionState.Status;
import java.util.Optional;

/** Which executions can be redriven, and in AWS's words why the others cannot. */
final class Redrives {
    private Redrives() {}

    /** Tells whether neither time nor the machine can change the answer. */
    static boolean isDecidedByItsStatus(ExecutionRow row) {
        return row.status() == Status.RUNNING || row.status() == Status.SUCCEEDED;
    }

    /** Why one cannot be redriven whose status decides that. */
    static Optional<String> refusal(ExecutionRow row) {
        return Optional.of("Execution is " + row.status() + " and cannot be redriven");
    }

    /**
     * Why an execution cannot be redriven, if it cannot.
     *
     * @param machine its machine, absent when it was deleted
     * @param quotas those of its machine
     */
    static Optional<String> refusal(
            ExecutionRow row,
            Optional<MachineRow> machine,
            ExecutionQuotas quotas,
            long nowMillis) {
        if (isDecidedByItsStatus(row)) {
            return refusal(row);
        }
        var end = row.end().orElseThrow();
        if (machine.filter(found -> found.status() == StateMachineView.Status.ACTIVE).isEmpty()) {
            return Optional.of("State machine is in DELETING status");
        }
        if (end.nextEventId() >= quotas.historyEvents()) { // AWS: 24,999 events or more
            return Optional.of("Execution history event limit exceeded");
        }
        long ageSeconds = (nowMillis - row.execution().startedAtMillis()) / 1_000;
        if (ageSeconds >= quotas.runSeconds()) {
            return Optional.of("Execution has exceeded the max execution time");
        }
        return nowMillis - end.stoppedAtMillis() >= RuntimeLimits.REDRIVABLE.toMillis()
                ? Optional.of("Execution redrivable period exceeded")
                : Optional.empty();
    }
}
