/**
 * The Amazon States Language as sealed types: what a definition <em>is</em>.
 *
 * <p>{@link dev.gradus.asl.Parser} turns text into a {@link dev.gradus.asl.StateMachine} whose
 * paths and templates are compiled once, {@link dev.gradus.asl.Validator} into {@link
 * dev.gradus.asl.Diagnostic}s; neither throws for bad user text. Nothing here acts: no clock, no
 * I/O, no threads. May use {@code expressions} only.
 */
@NullMarked
package dev.gradus.asl;

import org.jspecify.annotations.NullMarked;
