package dev.gradus.expressions;

/**
 * What a path came to. The service words a miss differently in each field and lets an index past
 * the end of an array pass as {@code null} in some, so the reader of a path decides.
 */
public sealed interface PathResult {
    /** There is a value; an indefinite path always has one, an array. */
    record Found(Json value) implements PathResult {}

    /** The array is there, but the last step's index is outside it. */
    record PastEnd() implements PathResult {}

    /**
     * There is no such node; the detail is json-path's text, such as {@code No results for path}.
     */
    record Missing(String detail) implements PathResult {}
}
