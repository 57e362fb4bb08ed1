package dev.gradus.expressions;

/** The bounds of expression work, each with its unit and where it comes from. */
public final class ExpressionLimits {
    /**
     * Levels of arrays and objects inside each other that a value may have. Jackson's default, and
     * what keeps every recursion over a value far from the end of the stack.
     */
    public static final int NESTING_LEVELS_MAX = 1_000;

    /** Characters of one number in JSON text. Jackson's default; bounds decimal arithmetic. */
    public static final int NUMBER_CHARS_MAX = 1_000;

    /** Characters of one member name in JSON text. Ours: a definition may have 1 MiB. */
    public static final int NAME_CHARS_MAX = 1_048_576;

    /** Characters of one string in JSON text. Ours: far over any payload of 256 KiB. */
    public static final int STRING_CHARS_MAX = 67_108_864;

    /** Characters of one path or intrinsic call. Ours. */
    public static final int EXPRESSION_CHARS_MAX = 65_536;

    /**
     * Steps, filters and brackets that one path may have. Ours: json-path compiles recursively, and
     * a stack of 1 MiB is now and then too small for a thousand.
     */
    public static final int PATH_MARKS_MAX = 500;

    /** Nodes that one evaluation of a path may look at. Ours: 8 for each byte of a payload. */
    public static final int PATH_VISITS_MAX = 2_000_000;

    /**
     * Intrinsic calls inside each other.
     *
     * @see <a
     *     href="https://docs.aws.amazon.com/step-functions/latest/dg/intrinsic-functions.html">Intrinsic
     *     functions: nested up to 10 levels</a>
     */
    public static final int INTRINSIC_NESTING_MAX = 10;

    /** Items that {@code States.ArrayRange} may make (AWS documentation of the function). */
    public static final int ARRAY_RANGE_ITEMS_MAX = 1_000;

    /** Characters that Base64 and Hash functions take (AWS documentation of the functions). */
    public static final int CODEC_CHARS_MAX = 10_000;

    /** Characters that an intrinsic may make as one string. Ours: 32 payloads of 256 KiB. */
    public static final int INTRINSIC_TEXT_CHARS_MAX = 8_388_608;

    private ExpressionLimits() {}
}
