/** Tests of the wire without a socket; the listener's own tests have one. */
@NullMarked
package dev.gradus.api;

import org.jspecify.annotations.NullMarked;
