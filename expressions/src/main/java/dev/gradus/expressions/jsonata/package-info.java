/**
 * The query language JSONata, version 2.0.6, over {@link dev.gradus.expressions.Json}: a text is
 * compiled once and evaluated many times, each time within a counted amount of work.
 *
 * <pre>
 *   text --Tokenizer, Parser--> Syntax --Resolver--> Part --Compiler--> Expression
 *   Expression + JsonataInput --evaluate--> JsonataOutcome
 * </pre>
 *
 * <p>Everything is a pure function of its arguments: the time and the random numbers are part of
 * {@link dev.gradus.expressions.jsonata.JsonataInput}, and the limits count steps and bytes, never
 * seconds, so that the same input gives the same outcome on every machine. No text makes {@link
 * dev.gradus.expressions.jsonata.JsonataExpression#compile} throw anything but {@link
 * dev.gradus.expressions.jsonata.JsonataSyntaxException}, and no data makes an evaluation throw.
 *
 * <p>Differences from the reference implementation are those of Step Functions: there is no {@code
 * $eval}; {@code $partition}, {@code $range}, {@code $hash}, {@code $random(seed)}, {@code $uuid}
 * and {@code $parse} are added; and the members of objects keep the order in which they were set.
 */
@NullMarked
package dev.gradus.expressions.jsonata;

import org.jspecify.annotations.NullMarked;
