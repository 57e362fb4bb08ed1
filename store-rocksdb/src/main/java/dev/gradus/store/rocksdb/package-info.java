/**
 * The embedded store: one RocksDB folder whose synced write-ahead log is the commit point of every
 * shard.
 *
 * <p>Implements the storage extension point of {@code dev.gradus.runtime.spi} and knows nothing
 * about workflows.
 */
@NullMarked
package dev.gradus.store.rocksdb;

import org.jspecify.annotations.NullMarked;
