package dev.gradus.runtime;

/** How rows hold ARNs: the parts, so that none is parsed again. */
final class StoredArns {

    static RowWriter machine(RowWriter row, Arn.StateMachine arn) {
        var place = arn.place();
        return row.text(place.partition())
                .text(place.region())
                .text(place.account())
                .text(arn.name());
    }

    static Arn.StateMachine machine(RowReader row) {
        var place = new Arn.Place(row.text(), row.text(), row.text());
        return new Arn.StateMachine(place, row.text());
    }

    static RowWriter version(RowWriter row, Arn.StateMachineVersion arn) {
        return machine(row, arn.unqualified()).number(arn.number());
    }

    static Arn.StateMachineVersion version(RowReader row) {
        var machine = machine(row);
        return new Arn.StateMachineVersion(machine.place(), machine.name(), row.number());
    }

    static RowWriter alias(RowWriter row, Arn.StateMachineAlias arn) {
        return machine(row, arn.unqualified()).text(arn.alias());
    }

    static Arn.StateMachineAlias alias(RowReader row) {
        var machine = machine(row);
        return new Arn.StateMachineAlias(machine.place(), machine.name(), row.text());
    }

    private StoredArns() {}
}
