/**
 * The language reference under {@code docs/language} as a test: every example on its pages is run
 * by a simulated server, and its tables are compared with what the code knows.
 *
 * <pre>
 *   page --Markdown--> parts --Examples--> Example --SimulatedServer, Outside--> Outcome
 *                      parts --Tables---> documented words  &lt;-&gt;  Words (asks validator and sources)
 * </pre>
 */
@NullMarked
package dev.gradus.language;

import org.jspecify.annotations.NullMarked;
