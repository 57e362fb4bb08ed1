/**
 * The wire: AWS JSON 1.0 requests into records, records into responses, and callers' mistakes into
 * modelled errors.
 *
 * <p>ARNs, page tokens and signatures are parsed here, once, so that no module below sees them as
 * text.
 */
@NullMarked
package dev.gradus.api;

import org.jspecify.annotations.NullMarked;
