/**
 * What tests share: virtual time, the deterministic simulator and the contract suite that every
 * store passes.
 *
 * <p>A published test library: it may use JUnit and AssertJ, and nothing that ships may depend on
 * it.
 */
@NullMarked
package dev.gradus.testkit;

import org.jspecify.annotations.NullMarked;
