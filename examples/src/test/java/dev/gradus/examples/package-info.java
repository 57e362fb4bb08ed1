/** Runs every folder under {@code examples/} as its README says. */
@NullMarked
package dev.gradus.examples;

import org.jspecify.annotations.NullMarked;
