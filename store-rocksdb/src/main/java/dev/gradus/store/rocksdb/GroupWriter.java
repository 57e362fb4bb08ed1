package dev.gradus.store.rocksdb;

/** Makes a joined group of batches durable, or throws with the outcome unknown. */
@FunctionalInterface
interface GroupWriter {
    void write(byte[] joined);
}
