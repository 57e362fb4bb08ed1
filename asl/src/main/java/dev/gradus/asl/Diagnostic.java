package dev.gradus.asl;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * One finding of the validator.
 *
 * @param severity whether it stops a definition from being deployed
 * @param code AWS's stable code, for example {@code SCHEMA_VALIDATION_FAILED}
 * @param message AWS's text
 * @param location where, as AWS writes it ({@code /States/X/Next}); absent for findings about the
 *     whole
 */
public record Diagnostic(
        Severity severity, String code, String message, Optional<String> location) {
    /** How bad a finding is. */
    public enum Severity {
        ERROR,
        WARNING
    }

    /**
     * Findings that one error message lists; AWS lists as many in one answer of
     * ValidateStateMachineDefinition.
     */
    private static final int LISTED_MAX = 100;

    /**
     * Words the errors among the findings as AWS does inside the quotes of {@code Invalid State
     * Machine Definition: '...'}: {@code CODE: message at /location}, joined by a comma; a finding
     * without location is {@code at null}.
     */
    public static String asInvalidDefinition(List<Diagnostic> diagnostics) {
        return diagnostics.stream()
                .filter(diagnostic -> diagnostic.severity == Severity.ERROR)
                .limit(LISTED_MAX)
                .map(it -> it.code + ": " + it.message + " at " + it.location.orElse("null"))
                .collect(Collectors.joining(", "));
    }
}
