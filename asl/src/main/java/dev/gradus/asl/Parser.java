package dev.gradus.asl;

import dev.gradus.expressions.Json;
import dev.gradus.expressions.JsonSyntaxException;

/**
 * Turns a definition that was accepted before into a {@link StateMachine}, with its paths and
 * templates compiled.
 *
 * <p>Rules are the {@link Validator}'s business: what breaks one but can be run is run, so that a
 * stored definition outlives stricter rules. No text makes it throw.
 */
public final class Parser {
    private Parser() {}

    /** Parses one definition. */
    public static ParseResult parse(String definition) {
        var reading = new Reading(MachineType.STANDARD);
        try {
            var machine = new MachineReader(reading).read(Json.parse(definition));
            if (machine.isPresent()) {
                return new ParseResult.Parsed(machine.get());
            }
        } catch (JsonSyntaxException notJson) {
            JsonFault.note(reading.findings(), definition, notJson);
        }
        return new ParseResult.Refused(Findings.diagnostics(reading.findings().all()));
    }
}
