/**
 * The interpreter: what an execution <em>does</em>, as a pure function.
 *
 * <pre>
 *   Interpreter.step(execution, state, command) -> Decision(new state, history events, effects)
 * </pre>
 *
 * <p>A {@link dev.gradus.engine.Command} says what happened; the {@link dev.gradus.engine.Decision}
 * holds everything that the runtime commits in one batch before it carries out the {@link
 * dev.gradus.engine.Effect}s. No clock, no randomness, no I/O, no threads, no logging in here: time
 * and seed arrive in the command. May use {@code asl}.
 */
@NullMarked
package dev.gradus.engine;

import org.jspecify.annotations.NullMarked;
