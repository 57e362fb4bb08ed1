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
 *
 * <pre>
 *   Interpreter   the table of contents: commands, queue, moves, states
 *   Turn          what one step collects; Line: one scope while it has its turn; Move, Work: what comes next
 *   TaskStep      one attempt of a Task; Forks: children of Parallel and Map; WaitStep, SimpleSteps, Conditions
 *   Failures      what becomes of a failure; Retries: what Retry and Catch say
 *   View          what the expressions of a state see, and the data flow stages; ContextObject: {@code $$}
 *   Expressions   JSONata: evaluates, and words what is wrong; Variables: what Assign set in one scope
 *   Invariants    what holds between any two steps
 * </pre>
 */
@NullMarked
package dev.gradus.engine;

import org.jspecify.annotations.NullMarked;
