/**
 * Encryption at rest: a {@link dev.gradus.runtime.spi.Substrate} around any other that seals every
 * value before it reaches the store, and opens it on the way back.
 *
 * <pre>
 *   runtime --plain values--> EncryptedSubstrate --sealed values--> RocksDB, memory, ...
 * </pre>
 *
 * <p>Keys of rows stay as they are, since the store must order them; a value is bound to its shard,
 * table and key, so that it counts nowhere else. May use the JDK and {@code runtime.spi}.
 */
@NullMarked
package dev.gradus.runtime.encryption;

import org.jspecify.annotations.NullMarked;
