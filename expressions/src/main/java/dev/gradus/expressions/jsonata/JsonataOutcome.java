package dev.gradus.expressions.jsonata;

import dev.gradus.expressions.Json;
import java.util.Optional;

/** What one evaluation gave. An evaluation never throws: its failure is a value too. */
public sealed interface JsonataOutcome {
    /** A JSON value. Numbers that nothing computed with keep the text they were written with. */
    record Value(Json value) implements JsonataOutcome {}

    /** Nothing: the expression selected no value. */
    record Undefined() implements JsonataOutcome {}

    /** A function or a regular expression, alone or inside an array or an object. */
    record Unsupported() implements JsonataOutcome {}

    /**
     * JSONata's error, or a limit.
     *
     * @param code JSONata's code such as {@code T0410}; empty for the limits of time, memory and
     *     depth
     * @param message the sentence without the code, as JSONata or AWS words it
     */
    record Failed(Optional<String> code, String message) implements JsonataOutcome {}

    /**
     * An error that JSONata has no code for, because the platform below it refused (an argument of
     * {@code $base64decode} that is not Base64): AWS calls it an internal error and shows a UUID.
     *
     * @param message what was refused, for logs; AWS does not tell
     */
    record Internal(String message) implements JsonataOutcome {}
}
