/**
 * JSON values as immutable trees, and what computes on them: reference paths, JSONPath queries and
 * intrinsic functions.
 *
 * <p>Pure: text is compiled once into a value that evaluates without a clock, a thread, a file or a
 * logger. Uses no other module.
 */
@NullMarked
package dev.gradus.expressions;

import org.jspecify.annotations.NullMarked;
