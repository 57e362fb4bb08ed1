package dev.gradus.runtime;

/** The queues of what is still to be told, one of each in every shard. Stored by number. */
enum Feed {
    /** History events of executions whose machine logs. */
    LOGS(0),
    /** Status changes, for an event bus. */
    EVENT_BUS(1),
    /** Status changes, for a webhook. */
    WEBHOOK(2),
    /** Executions that have ended and are traced. */
    TRACES(3);

    private final int number;

    Feed(int number) {
        this.number = number;
    }

    int number() {
        return number;
    }
}
