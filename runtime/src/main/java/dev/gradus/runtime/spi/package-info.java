/**
 * What others implement for the runtime: the substrate that makes batches durable and the
 * integrations that carry out task calls.
 *
 * <p>Types here are promised to implementers outside this repository. They may use the JDK and
 * {@code dev.gradus.engine}, nothing else of the runtime.
 */
@NullMarked
package dev.gradus.runtime.spi;

import org.jspecify.annotations.NullMarked;
