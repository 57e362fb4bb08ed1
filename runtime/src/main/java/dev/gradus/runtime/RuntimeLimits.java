package dev.gradus.runtime;

import java.time.Duration;

/** Every limit of the runtime, with its unit. */
public final class RuntimeLimits {

    /**
     * Payloads up to this many bytes stand in the row that uses them; larger ones get a row of
     * their own.
     */
    static final int INLINE_PAYLOAD_BYTES = 256;

    /** A batch is handed over before it passes this many bytes (our architecture). */
    static final int BATCH_BYTES = 8 << 20;

    /** A batch is handed over, when the store has room, after this many commands. */
    static final int BATCH_COMMANDS = 4_096;

    /** Bytes of commands that may wait for one shard before StartExecution is refused. */
    static final int QUEUE_BYTES = 16 << 20;

    /** How long a command may wait for its shard before StartExecution is refused. */
    static final Duration QUEUE_WAIT = Duration.ofMillis(750);

    /** How old the store's word about its space may be when StartExecution relies on it. */
    static final Duration ROOM_LOOK = Duration.ofSeconds(1);

    /**
     * How long it may wait for a shard that is being taken up, as after a start of the server: well
     * within the patience of SDKs, which give a call up after a minute.
     */
    static final Duration RECOVERY_WAIT = Duration.ofSeconds(15);

    /** Open executions that a shard keeps in memory although nothing happens to them. */
    static final int CACHED_EXECUTIONS = 10_000;

    /** Bytes of payload that those may hold, for each shard. */
    static final long CACHED_BYTES = 8L << 20;

    /**
     * Bytes of rows of closed executions that a shard keeps for those who describe them: few, so
     * that a busy server drops them before the collector moves them among what stays.
     */
    static final long RECENT_BYTES = 256L << 10;

    /** Bytes of payloads in one page of a history; a page has one event at least. */
    static final long HISTORY_PAGE_BYTES = 4L << 20;

    /** Timers that a shard keeps in memory. */
    static final int TIMERS_IN_MEMORY = 100_000;

    /** How far ahead timers are kept in memory. */
    static final Duration TIMER_HORIZON = Duration.ofMinutes(10);

    /** Timers that fire in one turn of a shard. */
    static final int TIMERS_A_TURN = 1_000;

    /** Queued activity tasks that a shard keeps in memory for each activity. */
    static final int QUEUED_TASKS_IN_MEMORY = 1_000;

    /** State machines of one account in one region (AWS quota). */
    static final int STATE_MACHINES = 100_000;

    /** Activities of one account in one region (AWS quota). */
    static final int ACTIVITIES = 100_000;

    /** Versions of one machine (AWS quota). */
    static final int VERSIONS_A_MACHINE = 1_000;

    /** Aliases of one machine (AWS quota). */
    static final int ALIASES_A_MACHINE = 100;

    /** Tags of one machine or activity (AWS quota). */
    static final int TAGS_A_RESOURCE = 50;

    /** Polls of one activity at once (AWS quota). */
    static final int POLLERS_AN_ACTIVITY = 1_000;

    /** How long GetActivityTask waits (AWS). */
    static final Duration POLL = Duration.ofSeconds(60);

    /** How long closed executions stay (AWS quota). */
    static final Duration RETENTION = Duration.ofDays(90);

    /** How long after its end an execution can be redriven (AWS quota). */
    static final Duration REDRIVABLE = Duration.ofDays(14);

    /** Client tokens of RedriveExecution that are remembered for each execution (AWS). */
    static final int REDRIVE_TOKENS = 10;

    /** How long they are remembered (AWS). */
    static final Duration REDRIVE_TOKEN_AGE = Duration.ofMinutes(15);

    /** Executions that one turn of the sweeper removes, or looks at because they are so old. */
    static final int SWEEP_EXECUTIONS = 100;

    /** First and last delay between attempts to acquire a shard again. */
    static final Duration ACQUIRE_BACKOFF_MIN = Duration.ofMillis(50);

    static final Duration ACQUIRE_BACKOFF_MAX = Duration.ofSeconds(5);

    /** How long an unacknowledged message to another shard waits before it is sent again. */
    static final Duration RESEND = Duration.ofSeconds(2);

    /** How long a planned stop waits for calls that are under way. */
    public static final Duration DRAIN = Duration.ofSeconds(30);

    /** Characters of definitions that each shard keeps as they were given. */
    static final long REVISION_CHARS = 2L << 20;

    /** Parsed definitions kept in memory, for all shards together. */
    static final int PARSED_DEFINITIONS = 1_000;

    /** Characters of definitions kept parsed. */
    static final long PARSED_DEFINITION_CHARS = 16L << 20;

    /** Calls to integrations that may be under way at once; more wait for their turn, durably. */
    static final int CALLS_UNDER_WAY = 10_000;

    /** Express executions that may run in one process at once. */
    static final int EXPRESS_RUNNING = 10_000;

    /** Bytes of inputs of those, above which no more are started. */
    static final long EXPRESS_INPUT_BYTES = 64L << 20;

    /**
     * Rows that may wait in one shard for a sink that does not take them, before the oldest are
     * dropped.
     */
    static final int FEED_ROWS = 50_000;

    /** Bytes of such rows. */
    static final long FEED_BYTES = 64L << 20;

    /** Rows that are read from a feed's queue at once. */
    static final int FEED_PORTION_ROWS = 500;

    /** Bytes of payload that are read from it, and written out, at once; one record at least. */
    static final long FEED_CHUNK_BYTES = 1L << 20;

    /** First and last pause before what a sink did not take is sent again. */
    static final Duration FEED_PAUSE_MIN = Duration.ofMillis(500);

    static final Duration FEED_PAUSE_MAX = Duration.ofSeconds(30);

    /** Events of Express executions that wait in memory to be logged. */
    static final int EXPRESS_FEED_LINES = 100_000;

    /** Bytes of payload of those. */
    static final long EXPRESS_FEED_BYTES = 32L << 20;

    /** Events of one execution that its trace is made from. */
    static final int TRACE_EVENTS = 100_000;

    /** Events that are read at once for that. */
    static final int TRACE_PAGE_EVENTS = 1_000;

    /** Spans of one trace; what begins later is counted and left out. */
    static final int TRACE_SPANS = 5_000;

    /** Characters of a cause that a span shows. */
    static final int TRACE_CAUSE_CHARS = 1_000;

    /** How long a planned stop waits until those are logged. */
    static final Duration FEED_DRAIN = Duration.ofSeconds(5);

    /**
     * Things of which metrics are kept: machines, also by version and alias, activities, functions,
     * integrations and operations.
     */
    static final int METRIC_SUBJECTS = 10_000;

    /** How often a minute's metrics are sent to a sink that does not take them. */
    static final int METRIC_ATTEMPTS = 3;

    /** How long the second attempt waits; the third waits twice as long. */
    static final Duration METRIC_PAUSE = Duration.ofSeconds(5);

    /** Tests of single states that run at once on a node; one more is throttled. */
    static final int STATE_TESTS_AT_ONCE = 100;

    private RuntimeLimits() {}
}
