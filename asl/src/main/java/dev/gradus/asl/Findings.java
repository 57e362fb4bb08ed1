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

    private final List<Found> found = new ArrayList<>();
    private final List<Found> later = new ArrayList<>();
    private final List<Found> warnings = new ArrayList<>();
    private boolean spoilt;

    /**
     * One finding as it was noted.
     *
     * @param place where, as a place in the definition; absent for findings about the whole
     */
    record Found(Diagnostic diagnostic, Optional<Location> place, Hint hint) {}

    /** Notes a broken rule. */
    void refuse(Location at, String message) {
        refuse(at, message, Hint.NONE);
    }

    /** Notes a broken rule, with what our own tools can add. */
    void refuse(Location at, String message, Hint hint) {
        note(SCHEMA, message, at, hint);
    }

    /** Notes a value that cannot be read, so that there will be no machine. */
    void spoil(Location at, String message) {
        spoil(at, message, Hint.NONE);
    }

    /** Does the same with what our own tools can add. */
    void spoil(Location at, String message, Hint hint) {
        refuse(at, message, hint);
        spoilt = true;
    }

    /** Notes a finding of another kind about the whole, to which AWS gives no place. */
    void note(String code, String message) {
        add(found, new Found(error(code, message, Optional.empty()), Optional.empty(), Hint.NONE));
    }

    /** Notes a finding of another kind. */
    void note(String code, String message, Location at) {
        note(code, message, at, Hint.NONE);
    }

    /** Notes a finding of another kind, with what our own tools can add. */
    void note(String code, String message, Location at, Hint hint) {
        if (found.size() < KEPT_MAX) { // The text of a deep place is not made for nothing.
            var diagnostic = error(code, message, Optional.of(at.text()));
            found.add(new Found(diagnostic, Optional.of(at), hint));
        }
    }

    /** Notes a finding of another kind, after which there can be no machine. */
    void spoil(String code, String message, Location at) {
        note(code, message, at);
        spoilt = true;
    }

    /** Notes that the text is no JSON, with a place in the form of the JSON parser. */
    void notJson(String message, String place) {
        var diagnostic = error("INVALID_JSON_DESCRIPTION", message, Optional.of(place));
        add(found, new Found(diagnostic, Optional.empty(), Hint.NONE));
        spoilt = true;
    }

    /**
     * Notes something that AWS accepts and this release does not run yet; told only when all else
     * is right.
     */
    void postpone(Location at, String message) {
        var diagnostic = error(SCHEMA, message, Optional.of(at.text()));
        add(later, new Found(diagnostic, Optional.of(at), Hint.NONE));
        spoilt = true;
    }

    /** Notes something that can be deployed but may not do what was meant. */
    void warn(String code, String message, Location at) {
        if (warnings.size() < KEPT_MAX) {
            var diagnostic =
                    new Diagnostic(Severity.WARNING, code, message, Optional.of(at.text()));
            warnings.add(new Found(diagnostic, Optional.of(at), Hint.NONE));
        }
    }

    /** Notes that the text is no JSON object; AWS gives no place for that. */
    void notAnObject() {
        note(SCHEMA, "Definition must be a valid JSON object");
        spoilt = true;
    }

    /** Tells whether what was read cannot be run, because a part is missing or not supported. */
    boolean spoilt() {
        return spoilt;
    }

    /**
     * Returns AWS's findings in the order of the reading; where there are none, those of this
     * release.
     */
    List<Found> all() {
        return List.copyOf(found.isEmpty() ? later : found);
    }

    /** Returns the warnings in the order of the reading. */
    List<Found> warnings() {
        return List.copyOf(warnings);
    }

    /** Returns the diagnostics of findings. */
    static List<Diagnostic> diagnostics(List<Found> found) {
        return found.stream().map(Found::diagnostic).toList();
    }

    private static Diagnostic error(String code, String message, Optional<String> location) {
        return new Diagnostic(Severity.ERROR, code, message, location);
    }

    private static void add(List<Found> list, Found one) {
        if (list.size() < KEPT_MAX) {
            list.add(one);
        }
    }
}
