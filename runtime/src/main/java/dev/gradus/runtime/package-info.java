/**
 * How executions survive: single-writer shards that commit each batch of decisions before anything
 * leaves the process.
 *
 * <p>Timers, task dispatch, activities and task tokens live here, and so does all concurrency.
 * Depends on {@code dev.gradus.engine}; storage and integrations come in through {@code
 * dev.gradus.runtime.spi}.
 */
@NullMarked
package dev.gradus.runtime;

import org.jspecify.annotations.NullMarked;
