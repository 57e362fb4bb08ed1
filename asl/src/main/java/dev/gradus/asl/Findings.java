package dev.gradus.asl;

import dev.gradus.asl.Diagnostic.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Collects what is wrong with one definition while it is read.
 *
 * <p>A <em>refused</em> value breaks a rule but could still be used; a <em>spoilt</em> one could
 * not be read at all, so that no machine comes out. The difference keeps a stored definition
 * readable by a release with stricter rules.
 */
final class Findings {
    /** Findings kept of one definition; the rest is not worth a user's time nor our memory. */
    static final int KEPT_MAX = 1_000;

    private static final String SCHEMA = "SCHEMA_VALIDATION_FAILED";

    private final List<Diagnostic> found = new ArrayList<>();
    private final List<Diagnostic> later = new ArrayList<>();
    private final List<Diagnostic> warnings = new ArrayList<>();
    private boolean spoilt;

    /** Notes a broken rule. */
    void refuse(Location at, String message) {
        if (found.size() < KEPT_MAX) { // The text of a deep place is not made for nothing.
            note(SCHEMA, message, Optional.of(at.text()));
        }
    }

    /** Notes a value that cannot be read, so that there will be no machine. */
    void spoil(Location at, String message) {
        refuse(at, message);
        spoilt = true;
    }

    /** Notes a finding of another kind, {@code location} absent when it is about the whole. */
    void note(String code, String message, Optional<String> location) {
        add(found, new Diagnostic(Severity.ERROR, code, message, location));
    }

    /** Notes a finding of another kind, after which there can be no machine. */
    void spoil(String code, String message, Optional<String> location) {
        note(code, message, location);
        spoilt = true;
    }

    /**
     * Notes something that AWS accepts and this release does not run yet; told only when all else
     * is right.
     */
    void postpone(Location at, String message) {
        add(later, new Diagnostic(Severity.ERROR, SCHEMA, message, Optional.of(at.text())));
        spoilt = true;
    }

    /** Notes something that can be deployed but may not do what was meant. */
    void warn(String code, String message, Location at) {
        if (warnings.size() < KEPT_MAX) {
            add(warnings, new Diagnostic(Severity.WARNING, code, message, Optional.of(at.text())));
        }
    }

    /** Notes that the text is no JSON object; AWS gives no place for that. */
    void notAnObject() {
        spoil(SCHEMA, "Definition must be a valid JSON object", Optional.empty());
    }

    /** Tells whether anything is wrong so far in AWS's eyes. */
    boolean any() {
        return !found.isEmpty();
    }

    /** Tells whether what was read cannot be run, because a part is missing or not supported. */
    boolean spoilt() {
        return spoilt;
    }

    /**
     * Returns AWS's findings in the order of the reading; where there are none, those of this
     * release.
     */
    List<Diagnostic> all() {
        return List.copyOf(found.isEmpty() ? later : found);
    }

    /** Returns the warnings in the order of the reading. */
    List<Diagnostic> warnings() {
        return List.copyOf(warnings);
    }

    private static void add(List<Diagnostic> list, Diagnostic diagnostic) {
        if (list.size() < KEPT_MAX) {
            list.add(diagnostic);
        }
    }
}
