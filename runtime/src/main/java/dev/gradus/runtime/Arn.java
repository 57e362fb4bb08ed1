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

    /** {@code ...:stateMachine:NAME}. */
    record StateMachine(Place place, String name) implements Arn {
        @Override
        public String text() {
            return place.prefix() + "stateMachine:" + name;
        }
    }

    /**
     * {@code ...:stateMachine:NAME:QUALIFIER}: a version when the qualifier is a number, else an
     * alias.
     */
    record QualifiedStateMachine(Place place, String name, String qualifier) implements Arn {
        @Override
        public String text() {
            return place.prefix() + "stateMachine:" + name + ":" + qualifier;
        }

        public StateMachine unqualified() {
            return new StateMachine(place, name);
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
    record Activity(Place place, String name) implements Arn {
        @Override
        public String text() {
            return place.prefix() + "activity:" + name;
        }
    }
}
