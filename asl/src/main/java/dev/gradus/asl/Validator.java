package dev.gradus.asl;

import dev.gradus.expressions.Json;
import dev.gradus.expressions.JsonSyntaxException;
import java.util.ArrayList;
import java.util.List;

/**
 * Says what is wrong with a definition, in AWS's words where they are known.
 *
 * <p>The order is fixed: findings about fields in the order of reading, then, if there are none,
 * those about transitions, outer blocks first. What AWS accepts and this release does not run is
 * told last and alone. No text makes it throw, and the time is near linear in its length.
 */
public final class Validator {
    private Validator() {}

    /**
     * Validates one definition for machines of that type; an empty list means that it can be
     * deployed.
     */
    public static List<Diagnostic> validate(String definition, MachineType type) {
        return read(definition, type).all();
    }

    /**
     * Does the same and adds, after all errors, the warnings: a list without an error means that
     * the definition can be deployed.
     */
    public static List<Diagnostic> validateAndWarn(String definition, MachineType type) {
        var findings = read(definition, type);
        var all = new ArrayList<>(findings.all());
        all.addAll(findings.warnings());
        return List.copyOf(all);
    }

    private static Findings read(String definition, MachineType type) {
        var reading = new Reading(type);
        if (definition.isBlank()) {
            reading.findings().notAnObject();
            return reading.findings();
        }
        try {
            new MachineReader(reading).read(Json.parseStrict(definition));
            // AWS: a definition without StartAt gets that finding alone, no state is called
            // unreachable (recorded).
            if (!reading.findings().any()) {
                reading.walk();
            }
        } catch (JsonSyntaxException notJson) {
            JsonFault.note(reading.findings(), definition, notJson);
        }
        return reading.findings();
    }
}
