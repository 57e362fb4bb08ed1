/**
 * An activity worker written with the AWS SDK for Java, as a user of Gradus would write it.
 *
 * <p>Its tests run every folder under {@code examples/} against a started server.
 */
@NullMarked
package dev.gradus.examples;

import org.jspecify.annotations.NullMarked;
