/**
 * Values and the JSONPath half of the Amazon States Language: what a payload is, how a path, a
 * payload template or an intrinsic function is compiled once and evaluated many times.
 *
 * <pre>
 *   text --parse--> Json, Payload                       (values)
 *   text --compile--> JsonPath, ReferencePath, Intrinsic, PayloadTemplate
 *   compiled + Bindings --evaluate--> Json or ExpressionFailure
 * </pre>
 *
 * <p>Everything here is a pure function of its arguments: no clock, no thread, no file, no source
 * of randomness other than the {@link dev.gradus.expressions.Randomness} in the bindings. Compiled
 * objects are immutable and may be shared by any number of threads.
 *
 * <p>The other query language, JSONata, is the package {@code jsonata} beside.
 *
 * <p>User text that cannot be compiled is refused with an exception of its kind ({@link
 * dev.gradus.expressions.JsonSyntaxException}, {@link dev.gradus.expressions.PathSyntaxException},
 * {@link dev.gradus.expressions.IntrinsicSyntaxException}, {@link
 * dev.gradus.expressions.TemplateSyntaxException}); a compiled expression that does not fit the
 * data throws {@link dev.gradus.expressions.ExpressionFailure}, the workflow's own failure. No
 * other exception leaves this package for user data of any shape: nesting, lengths and results are
 * bounded by {@link dev.gradus.expressions.ExpressionLimits}.
 */
@NullMarked
package dev.gradus.expressions;

import org.jspecify.annotations.NullMarked;
