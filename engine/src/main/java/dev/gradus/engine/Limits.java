package dev.gradus.engine;

/** Every quota of the engine, with its unit and source. */
public final class Limits {

    /**
     * Bytes of UTF-8 JSON of any state input, state output, task result or execution input (AWS
     * quota).
     */
    public static final int PAYLOAD_BYTES = 262_144;

    /**
     * Bytes of UTF-8 JSON of one variable, and of all variables that one Assign sets (AWS quotas).
     *
     * @see <a
     *     href="https://docs.aws.amazon.com/step-functions/latest/dg/workflow-variables.html">Passing
     *     data between states with variables</a>
     */
    public static final int ASSIGN_BYTES = 262_144;

    /** Bytes of all variables of an execution, those of its branches and iterations included. */
    public static final long VARIABLE_BYTES = 10L << 20;

    /** Events of one Standard execution; the last is always ExecutionFailed (AWS quota). */
    public static final int HISTORY_EVENTS = 25_000;

    /**
     * Longest run of a Standard execution in seconds: a year (AWS quota).
     *
     * @see <a href="https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html">Step
     *     Functions service quotas</a>
     */
    public static final long STANDARD_SECONDS = 31_536_000;

    /** Longest run of an Express execution in seconds (AWS quota). */
    public static final long EXPRESS_SECONDS = 300;

    /** Inline Map iterations at once when the definition sets no limit (AWS quota). */
    public static final int INLINE_MAP_CONCURRENCY = 40;

    /**
     * Longest Wait in seconds: AWS keeps the delay in a signed 32-bit number; 24,855 whole days
     * (recorded).
     */
    public static final long WAIT_SECONDS = Integer.MAX_VALUE;

    /**
     * Longest delay of a retry in seconds: 366 days, the bound of MaxDelaySeconds (AWS language
     * reference).
     */
    public static final long RETRY_DELAY_SECONDS = 31_622_400;

    /** How long the test of one state may take, in seconds (AWS API reference, TestState). */
    public static final long STATE_TEST_SECONDS = 300;

    /** Events after which a decision yields to other executions (our architecture). */
    public static final int DECISION_EVENTS = 1_000;

    /** Bytes of new data after which a decision yields (our architecture). */
    public static final int DECISION_BYTES = 1 << 20;

    private Limits() {}
}
