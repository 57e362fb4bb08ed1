/**
 * The one place where everything is wired together: the command line, the HTTP listener, metrics
 * and shutdown.
 *
 * <p>Constructors are called here by hand; no other module knows this one.
 */
@NullMarked
package dev.gradus.server;

import org.jspecify.annotations.NullMarked;
