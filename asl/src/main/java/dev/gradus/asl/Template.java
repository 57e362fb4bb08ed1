package dev.gradus.asl;

import dev.gradus.expressions.PayloadTemplate;

/** A value with something to evaluate in it, in the query language of its state. */
public sealed interface Template {
    /** Members whose names end in {@code .$}. */
    record OfPaths(PayloadTemplate template) implements Template {}

    /** Strings between <code>{%</code> and <code>%}</code>. */
    record OfExpressions(JsonataTemplate template) implements Template {}
}
