package dev.gradus.asl;

import java.util.Optional;

/**
 * One finding of the validator.
 *
 * @param severity whether it stops a definition from being deployed
 * @param code AWS's stable code, for example {@code SCHEMA_VALIDATION_FAILED}
 * @param message AWS's text
 * @param location where, as AWS writes it ({@code /States/X/Next}); absent for findings about the whole
 */
public record Diagnostic(Severity severity, String code, String message, Optional<String> location) {
    /** How bad a finding is. */
    public enum Severity {
        ERROR,
        WARNING
    }
}
