/** The reference implementation's own cases, what it answers to random ones, and the limits. */
@NullMarked
package dev.gradus.expressions.jsonata;

import org.jspecify.annotations.NullMarked;
