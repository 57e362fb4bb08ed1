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
        var startAt = fields.string(START_AT).orElse("");
        var scope = reading.open(fields.at(), new Target(startAt, fields.at(START_AT)), around);
        var states = new LinkedHashMap<String, State>();
        fields.object(STATES)
                .ifPresent(members -> {
                    if (members.members().isEmpty()) {
                        fields.findings().spoil(members.at(), "Value cannot be empty");
                    }
                    for (var member : members.members()) {
                        var read = stateReader.read(member, members.at(member.name()), scope);
                        scope.states().add(read.outline());
                        states.put(member.name(), read.state());
                        reading.add(read.state(), read.outline().at());
                    }
                });
        return new Block(startAt, Collections.unmodifiableMap(states));
    }
}
