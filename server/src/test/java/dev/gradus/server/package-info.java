/** Tests of the wiring and the listener, over real sockets. */
@NullMarked
package dev.gradus.server;

import org.jspecify.annotations.NullMarked;
