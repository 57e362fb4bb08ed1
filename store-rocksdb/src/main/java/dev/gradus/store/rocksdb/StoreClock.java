package dev.gradus.store.rocksdb;

/** Which clock the times in a store are of; a store keeps to one for all its life. */
public enum StoreClock {
    /** The machine's clock. */
    REAL("real"),
    /** A clock that a test moves. */
    VIRTUAL("virtual");

    private final String label;

    StoreClock(String label) {
        this.label = label;
    }

    String label() {
        return label;
    }

    static StoreClock ofName(String name) {
        for (var clock : values()) {
            if (clock.label.equals(name)) {
                return clock;
            }
        }
        throw new IllegalArgumentException("there is no clock \"" + name + "\"");
    }
}
