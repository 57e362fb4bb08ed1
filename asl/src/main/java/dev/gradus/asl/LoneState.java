package dev.gradus.asl;

import dev.gradus.expressions.Json;
import dev.gradus.expressions.JsonObject;
import dev.gradus.expressions.JsonSyntaxException;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * Reads what one state is tested in: a machine, or the state alone. Other than for the {@link
 * Parser} every rule counts, and other than for the {@link Validator} a distributed Map is known,
 * because in a test a mock takes the place of its executions.
 *
 * <p>No text makes it throw.
 */
public final class LoneState {
    /** What a state that is given alone is called (recorded). */
    public static final String NAME = "StateName";

    private LoneState() {}

    /** Reads one state, which may go to states that are not there. */
    public static ParseResult alone(String definition) {
        return read(
                definition,
                state ->
                        state instanceof JsonObject
                                ? JsonObject.of(
                                        "StartAt",
                                        Json.of(NAME),
                                        "States",
                                        JsonObject.of(NAME, state))
                                : state,
                Reading::walkInner);
    }

    /** Reads a whole machine. */
    public static ParseResult inMachine(String definition) {
        return read(definition, machine -> machine, Reading::walk);
    }

    private static ParseResult read(
            String definition, UnaryOperator<Json> wrap, Consumer<Reading> walk) {
        var reading = Reading.ofOneState();
        var findings = reading.findings();
        try {
            if (definition.isBlank()) {
                findings.notAnObject();
                return refused(findings);
            }
            var machine = new MachineReader(reading).read(wrap.apply(Json.parseStrict(definition)));
            walk.accept(reading);
            if (machine.isPresent() && findings.all().isEmpty()) {
                return new ParseResult.Parsed(machine.get());
            }
        } catch (JsonSyntaxException notJson) {
            JsonFault.note(findings, definition, notJson);
        }
        return refused(findings);
    }

    private static ParseResult refused(Findings findings) {
        return new ParseResult.Refused(Findings.diagnostics(findings.all()));
    }
}
