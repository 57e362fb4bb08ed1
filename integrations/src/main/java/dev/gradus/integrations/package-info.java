/**
 * What a Task state can call: one adapter for each kind of resource, behind {@code
 * dev.gradus.runtime.spi}.
 *
 * <p>An adapter answers success, failure or later; error names and causes are worded as AWS words
 * them.
 */
@NullMarked
package dev.gradus.integrations;

import org.jspecify.annotations.NullMarked;
