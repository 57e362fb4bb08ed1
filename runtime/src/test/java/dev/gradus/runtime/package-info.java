/** Tests of what is not visible outside of the package; whole nodes are tested in the testkit. */
@NullMarked
package dev.gradus.runtime;

import org.jspecify.annotations.NullMarked;
