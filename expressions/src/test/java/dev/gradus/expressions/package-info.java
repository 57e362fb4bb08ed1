/** Tables of vectors and properties for values and expressions. */
@NullMarked
package dev.gradus.expressions;

import org.jspecify.annotations.NullMarked;
