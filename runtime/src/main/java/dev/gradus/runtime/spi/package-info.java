/**
 * The extension points of the runtime: what a store must do ({@link
 * dev.gradus.runtime.spi.Substrate}) so that executions survive a crash.
 *
 * <p>One picture holds all of it. A shard takes a lease, fills a batch, appends it, and acts on the
 * world only when the listener says that the batch is durable:
 *
 * <pre>
 *   Substrate --acquire(shard)--> Lease --newBatch()--> Batch --append--> CommitListener
 *                                   |                                       committed(seq) | lost(cause)
 *                                   +--view()--> View --scan--> Cursor
 * </pre>
 *
 * <p>The seven lines of the contract, each a test of the contract suite that every substrate
 * passes:
 *
 * <ol>
 *   <li><b>Atomic</b>: after any crash a batch is there with all its rows or with none.
 *   <li><b>Prefix</b>: the surviving batches of a shard are a prefix of the appended ones.
 *   <li><b>Fenced</b>: once {@code acquire} of epoch e+1 has returned, no batch of an epoch up to e
 *       ever reports committed.
 *   <li><b>Durable</b>: a committed batch is in the view of every later lease.
 *   <li><b>Crash-only</b>: every error and every unknown outcome is {@code lost}; nothing above the
 *       SPI retries an append or rolls one back. The shard is dropped and acquired again.
 *   <li><b>Read</b>: when {@code committed(seq)} runs, {@code view().appliedSeq() >= seq}.
 *   <li><b>Opaque</b>: the substrate looks at no key beyond its table, adds no row of its own to a
 *       view, and orders keys as unsigned bytes.
 * </ol>
 *
 * <p>Types here are promised to implementers outside this repository. They may use the JDK and
 * {@code dev.gradus.engine}, nothing else of the runtime.
 */
@NullMarked
package dev.gradus.runtime.spi;

import org.jspecify.annotations.NullMarked;
