/**
 * Measurements: JMH for the step function and expressions, and a load generator for a running
 * server.
 *
 * <p>Nothing depends on this module and it is never shipped.
 */
@NullMarked
package dev.gradus.benchmarks;

import org.jspecify.annotations.NullMarked;
