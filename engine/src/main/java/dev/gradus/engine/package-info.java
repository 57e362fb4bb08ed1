/**
 * What an execution does: a pure step function from an execution state and a command to a decision.
 *
 * <p>A decision is the next state, the history events to append and the effects to start. No clock,
 * no I/O, no thread, no randomness: all of these arrive inside the command.
 */
@NullMarked
package dev.gradus.engine;

import org.jspecify.annotations.NullMarked;
