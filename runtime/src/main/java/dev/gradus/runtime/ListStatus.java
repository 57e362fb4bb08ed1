package dev.gradus.runtime;

import dev.gradus.engine.ExecutionState;

/**
 * The byte that tells the lists of one owner apart: any status, or one. Part of the stored format.
 */
final class ListStatus {
    static final int ANY = 0;

    static int of(ExecutionState.Status status) {
        return 1 + status.ordinal();
    }

    private ListStatus() {}
}
