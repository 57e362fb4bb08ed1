package dev.gradus.expressions;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The 18 intrinsic functions, by the names after {@code States.}, and how many arguments each
 * takes.
 */
enum IntrinsicFunction {
    FORMAT("Format", 1, Integer.MAX_VALUE),
    STRING_TO_JSON("StringToJson", 1, 1),
    JSON_TO_STRING("JsonToString", 1, 1),
    ARRAY("Array", 0, Integer.MAX_VALUE),
    ARRAY_PARTITION("ArrayPartition", 2, 2),
    ARRAY_CONTAINS("ArrayContains", 2, 2),
    ARRAY_RANGE("ArrayRange", 3, 3),
    ARRAY_GET_ITEM("ArrayGetItem", 2, 2),
    ARRAY_LENGTH("ArrayLength", 1, 1),
    ARRAY_UNIQUE("ArrayUnique", 1, 1),
    BASE64_ENCODE("Base64Encode", 1, 1),
    BASE64_DECODE("Base64Decode", 1, 1),
    HASH("Hash", 2, 2),
    JSON_MERGE("JsonMerge", 3, 3),
    MATH_RANDOM("MathRandom", 2, 3),
    MATH_ADD("MathAdd", 2, 2),
    STRING_SPLIT("StringSplit", 2, 2),
    /** AWS does not look at its arguments (recorded by others in 2026). */
    UUID("UUID", 0, Integer.MAX_VALUE);

    private static final Map<String, IntrinsicFunction> BY_NAME = byName();

    private final String functionName;
    private final int argumentsMin;
    private final int argumentsMax;

    IntrinsicFunction(String functionName, int argumentsMin, int argumentsMax) {
        this.functionName = functionName;
        this.argumentsMin = argumentsMin;
        this.argumentsMax = argumentsMax;
    }

    static Optional<IntrinsicFunction> named(String name) {
        return Optional.ofNullable(BY_NAME.get(name));
    }

    String fullName() {
        return "States." + functionName;
    }

    boolean takes(int arguments) {
        return arguments >= argumentsMin && arguments <= argumentsMax;
    }

    /** Computes the function's value of arguments that were evaluated before. */
    Json apply(Arguments arguments) {
        return switch (this) {
            case FORMAT -> TextFunctions.format(arguments);
            case STRING_TO_JSON -> TextFunctions.stringToJson(arguments);
            case JSON_TO_STRING -> TextFunctions.jsonToString(arguments);
            case ARRAY -> JsonArray.of(arguments.values());
            case ARRAY_PARTITION -> ArrayFunctions.partition(arguments);
            case ARRAY_CONTAINS -> ArrayFunctions.contains(arguments);
            case ARRAY_RANGE -> ArrayFunctions.range(arguments);
            case ARRAY_GET_ITEM -> ArrayFunctions.getItem(arguments);
            case ARRAY_LENGTH -> Json.of(arguments.array(0).size());
            case ARRAY_UNIQUE -> ArrayFunctions.unique(arguments);
            case BASE64_ENCODE -> TextFunctions.base64Encode(arguments);
            case BASE64_DECODE -> TextFunctions.base64Decode(arguments);
            case HASH -> TextFunctions.hash(arguments);
            case JSON_MERGE -> ArrayFunctions.merge(arguments);
            case MATH_RANDOM -> MathFunctions.random(arguments);
            case MATH_ADD -> MathFunctions.add(arguments);
            case STRING_SPLIT -> TextFunctions.split(arguments);
            case UUID -> Json.of(arguments.randomness().uuid());
        };
    }

    private static Map<String, IntrinsicFunction> byName() {
        var byName = new HashMap<String, IntrinsicFunction>();
        for (var function : values()) {
            byName.put(function.functionName, function);
        }
        return byName;
    }
}
