package dev.gradus.asl;

import dev.gradus.asl.Condition.Comparator;
import dev.gradus.asl.Condition.Kind;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The 39 data tests of Choice by the names of their fields. */
sealed interface ChoiceOperator {
    /** Compares with a literal, or with what is found at a path. */
    record Compare(Comparator comparator, boolean atPath) implements ChoiceOperator {}

    record Test(Kind kind) implements ChoiceOperator {}

    record Match() implements ChoiceOperator {}

    /** Returns the operator of that field name. */
    static Optional<ChoiceOperator> of(String field) {
        return Optional.ofNullable(Names.ALL.get(field));
    }

    /** Returns all field names in the order of AWS's messages (recorded by others in 2026). */
    static String[] names() {
        return Names.IN_MESSAGES.split(" ", -1);
    }

    /** What a comparator compares. */
    enum Family {
        STRING("String"),
        NUMERIC("Number"),
        BOOLEAN("Boolean"),
        TIMESTAMP("String");

        private final String operandType;

        Family(String operandType) {
            this.operandType = operandType;
        }

        static Family of(Comparator comparator) {
            return switch (comparator) {
                case STRING_EQUALS,
                        STRING_LESS_THAN,
                        STRING_GREATER_THAN,
                        STRING_LESS_THAN_EQUALS,
                        STRING_GREATER_THAN_EQUALS ->
                        STRING;
                case NUMERIC_EQUALS,
                        NUMERIC_LESS_THAN,
                        NUMERIC_GREATER_THAN,
                        NUMERIC_LESS_THAN_EQUALS,
                        NUMERIC_GREATER_THAN_EQUALS ->
                        NUMERIC;
                case BOOLEAN_EQUALS -> BOOLEAN;
                case TIMESTAMP_EQUALS,
                        TIMESTAMP_LESS_THAN,
                        TIMESTAMP_GREATER_THAN,
                        TIMESTAMP_LESS_THAN_EQUALS,
                        TIMESTAMP_GREATER_THAN_EQUALS ->
                        TIMESTAMP;
            };
        }

        /** The JSON type of a literal operand, as findings name it. */
        String operandType() {
            return operandType;
        }
    }

    /** Holds the table, which an interface could only hold in public. */
    final class Names {
        private static final String IN_MESSAGES =
                "StringEquals IsBoolean StringLessThan IsNumeric BooleanEquals"
                        + " StringLessThanEqualsPath NumericLessThan NumericGreaterThan"
                        + " NumericLessThanPath StringMatches TimestampLessThanEqualsPath"
                        + " NumericEquals TimestampGreaterThan StringGreaterThanEqualsPath"
                        + " TimestampGreaterThanEqualsPath TimestampLessThanEquals"
                        + " NumericLessThanEqualsPath TimestampEquals BooleanEqualsPath"
                        + " IsTimestamp StringLessThanEquals NumericLessThanEquals"
                        + " StringLessThanPath TimestampGreaterThanPath StringGreaterThan"
                        + " StringGreaterThanPath IsString StringEqualsPath TimestampEqualsPath"
                        + " TimestampLessThan StringGreaterThanEquals NumericGreaterThanPath"
                        + " NumericGreaterThanEquals NumericEqualsPath TimestampLessThanPath"
                        + " IsNull IsPresent TimestampGreaterThanEquals"
                        + " NumericGreaterThanEqualsPath";

        private static final Map<String, ChoiceOperator> ALL = new HashMap<>();

        static {
            for (var comparator : Comparator.values()) {
                ALL.put(fieldName(comparator), new Compare(comparator, false));
                ALL.put(fieldName(comparator) + "Path", new Compare(comparator, true));
            }
            ALL.put("StringMatches", new Match());
            for (var kind : Kind.values()) {
                ALL.put(fieldName(kind), new Test(kind));
            }
        }

        private Names() {}

        /** {@code STRING_LESS_THAN} is the field {@code StringLessThan}. */
        private static String fieldName(Enum<?> constant) {
            return Arrays.stream(constant.name().split("_", -1))
                    .map(word -> word.charAt(0) + word.substring(1).toLowerCase(Locale.ROOT))
                    .collect(Collectors.joining());
        }
    }
}
