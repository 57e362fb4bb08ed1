/**
 * The embedded store: one RocksDB folder whose synced write-ahead log is the commit point of every
 * shard.
 *
 * <pre>
 *   data/FORMAT   version, store id, shard count, clock; a folder without it is not ours
 *   data/LOCK     held while a process has the store open, and names it
 *   data/db/      RocksDB: four families, one write-ahead log
 *
 *   append --> Committer (one thread) --> CommitGroup --> one synced write --> listeners, in order
 *                any shard, no linger       one byte array
 * </pre>
 *
 * <p>Implements the storage extension point of {@code dev.gradus.runtime.spi} and knows nothing
 * about workflows.
 */
@NullMarked
package dev.gradus.store.rocksdb;

import org.jspecify.annotations.NullMarked;
