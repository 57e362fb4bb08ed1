/**
 * What a state machine definition is: the Amazon States Language as sealed types, the parser from
 * text, and the validator that reports every finding.
 *
 * <p>User text never causes an exception here; it becomes diagnostics. Pure, and depends on {@code
 * dev.gradus.expressions} alone.
 */
@NullMarked
package dev.gradus.asl;

import org.jspecify.annotations.NullMarked;
