package dev.gradus.runtime;

/**
 * The ARNs of this service, parsed once at the edge; {@link #text()} gives the one spelling of
 * each.
 *
 * <p>Source of the forms: the AWS API reference; version and alias ARNs are machine ARNs with a
 * qualifier.
 */
public sealed interface Arn {

    /** Where a resource lives: partition ({@code aws}), region and 12-digit account. */
    record Place(String partition, String region, String account) {
        String prefix() {
            return "arn:" + partition + ":states:" + region + ":" + account + ":";
        }

        /**
         * Tells whether both are one account in one region; the partition follows from the region.
         */
        public boolean isSame(Place other) {
            return account.equals(other.account) && region.equals(other.region);
        }
    }

    Place place();

    /** The ARN as AWS writes it. */
    String text();

    /** A machine, or a version or alias of it: what executions are started of and listed by. */
    sealed interface Startable extends Arn
            permits StateMachine, StateMachineVersion, StateMachineAlias {
        /** The name of the machine. */
        String name();

        /** The machine itself, without version or alias. */
        default StateMachine unqualified() {
            return new StateMachine(place(), name());
        }
    }

    /** What can have tags. */
    sealed interface Taggable extends Arn permits StateMachine, Activity {}

    /** {@code ...:stateMachine:NAME}. */
    record StateMachine(Place place, String name) implements Startable, Taggable {
        @Override
        public String text() {
            return place.prefix() + "stateMachine:" + name;
        }

        @Override
        public StateMachine unqualified() {
            return this;
        }
    }

    /** {@code ...:stateMachine:NAME:NUMBER}; numbers count from 1. */
    record StateMachineVersion(Place place, String name, long number) implements Startable {
        @Override
        public String text() {
            return place.prefix() + "stateMachine:" + name + ":" + number;
        }
    }

    /** {@code ...:stateMachine:NAME:ALIAS}; an alias is never all digits. */
    record StateMachineAlias(Place place, String name, String alias) implements Startable {
        @Override
        public String text() {
            return place.prefix() + "stateMachine:" + name + ":" + alias;
        }
    }

    /** {@code ...:stateMachine:NAME/LABEL}: seen on Map Run children only. */
    record LabelledStateMachine(Place place, String name, String label) implements Arn {
        @Override
        public String text() {
            return place.prefix() + "stateMachine:" + name + "/" + label;
        }
    }

    /** {@code ...:execution:MACHINE:NAME}. */
    record Execution(Place place, String machine, String name) implements Arn {
        @Override
        public String text() {
            return place.prefix() + "execution:" + machine + ":" + name;
        }

        public StateMachine stateMachine() {
            return new StateMachine(place, machine);
        }
    }

    /** {@code ...:express:MACHINE:NAME:ID}. */
    record ExpressExecution(Place place, String machine, String name, String id) implements Arn {
        @Override
        public String text() {
            return place.prefix() + "express:" + machine + ":" + name + ":" + id;
        }
    }

    /** {@code ...:mapRun:MACHINE/LABEL:ID}. */
    record MapRun(Place place, String machine, String label, String id) implements Arn {
        @Override
        public String text() {
            return place.prefix() + "mapRun:" + machine + "/" + label + ":" + id;
        }
    }

    /** {@code ...:activity:NAME}. */
    record Activity(Place place, String name) implements Taggable {
        @Override
        public String text() {
            return place.prefix() + "activity:" + name;
        }
    }
}
