/**
 * The house rules as tests over all modules: what the pure modules may not touch, which way modules
 * may point, and how large a file or a method may grow.
 *
 * <p>Rules about classes are in {@link dev.gradus.architecture.ClassRules}, rules about source text
 * in {@link dev.gradus.architecture.SourceRules}. Each rule has a test in which it fails, over the
 * small classes of the {@code fixture} packages or over a line of source in the test.
 */
@NullMarked
package dev.gradus.architecture;

import org.jspecify.annotations.NullMarked;
