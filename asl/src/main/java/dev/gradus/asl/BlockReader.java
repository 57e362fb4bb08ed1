package dev.gradus.asl;

import dev.gradus.asl.StateOutline.Target;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Optional;

/** Reads a set of states with its start: the machine's own, a branch's or an item processor's. */
final class BlockReader {
    private static final String STATES = "States";
    private static final String START_AT = "StartAt";

    private final Reading reading;
    private final StateReader stateReader;

    BlockReader(Reading reading) {
        this.reading = reading;
        this.stateReader = new StateReader(reading, this);
    }

    /**
     * Reads the two fields of a block; the other fields of the object are its owner's to check.
     *
     * @param around the block that it stands in, absent for the machine's own
     */
    Block read(FieldReader fields, Optional<Reading.Scope> around) {
        fields.require(STATES, START_AT);
        var startAt = fields.string(START_AT);
        var members = fields.object(STATES);
        var scope = reading.open(fields.at(), around);
        var states = new LinkedHashMap<String, State>();
        members.ifPresent(it -> {
            if (it.members().isEmpty()) {
                fields.findings().spoil(it.at(), "Value cannot be empty");
            }
            for (var member : it.members()) {
                var at = it.at(member.name());
                var state = stateReader.read(member, at, scope);
                scope.states().add(StateOutline.of(member.name(), member.value(), at));
                states.put(member.name(), state);
                reading.add(state, at);
            }
        });
        // AWS: nothing is said of the transitions of a block that lacks either field (recorded).
        if (members.isPresent()) {
            startAt.ifPresent(
                    name -> reading.walkLater(scope, new Target(name, fields.at(START_AT))));
        }
        return new Block(startAt.orElse(""), Collections.unmodifiableMap(states));
    }
}
