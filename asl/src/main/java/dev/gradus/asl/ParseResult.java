package dev.gradus.asl;

import java.util.List;

/** What became of a text: a machine, or the reasons why there is none. */
public sealed interface ParseResult {
    /** The definition, compiled. */
    record Parsed(StateMachine machine) implements ParseResult {}

    /** What is wrong, at least one error, in the order of the definition. */
    record Refused(List<Diagnostic> diagnostics) implements ParseResult {
        public Refused {
            diagnostics = List.copyOf(diagnostics);
        }
    }
}
