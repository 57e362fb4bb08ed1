package dev.gradus.api;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a member of a request may hold: its JSON type and the constraints that AWS's model sets.
 *
 * @param <T> what handlers see
 */
sealed interface MemberType<T> {

    /** Turns the valid decoded form into what handlers see. */
    T value(Object decoded);

    /** What the length of a text counts. */
    enum Unit {
        CHARACTERS,
        /** Payloads: AWS's 256 KiB are bytes of UTF-8. */
        UTF8_BYTES
    }

    /**
     * A string; decoded as itself.
     *
     * @param sensitive AWS marks the member so: a violation does not repeat the value
     */
    record Text(int min, int max, Unit unit, boolean sensitive, Optional<Pattern> pattern)
            implements MemberType<String> {
        @Override
        public String value(Object decoded) {
            return (String) decoded;
        }
    }

    /**
     * A string out of a set; decoded as a string.
     *
     * @param shown the set as AWS prints it, whose order is that of a hash and part of the text
     */
    record Choice<E extends Enum<E>>(Class<E> type, List<String> shown) implements MemberType<E> {
        @Override
        public E value(Object decoded) {
            return Enum.valueOf(type, (String) decoded);
        }
    }

    /** A 32-bit integer; decoded as {@link Integer}. */
    record Whole(int min, int max) implements MemberType<Integer> {
        @Override
        public Integer value(Object decoded) {
            return (Integer) decoded;
        }
    }

    /** A 64-bit integer; decoded as {@link Long}. */
    record Count(long min) implements MemberType<Long> {
        @Override
        public Long value(Object decoded) {
            return (Long) decoded;
        }
    }

    /** A number with a fraction, of AWS's type float; decoded as {@link Float}. */
    record Fraction(int min, int max) implements MemberType<Float> {
        @Override
        public Float value(Object decoded) {
            return (Float) decoded;
        }
    }

    /** A boolean; decoded as {@link Boolean}. */
    record Flag() implements MemberType<Boolean> {
        @Override
        public Boolean value(Object decoded) {
            return (Boolean) decoded;
        }
    }

    /** A structure; decoded as {@link Members}. */
    record Structure<S>(Shape<S> shape) implements MemberType<S> {
        @Override
        public S value(Object decoded) {
            return shape.make((Members) decoded);
        }
    }

    /**
     * A list of {@code min} to {@code max} elements; decoded as {@link List} of their decoded form.
     */
    record ListOf<E>(MemberType<E> element, int min, int max) implements MemberType<List<E>> {
        /** Makes a list type without limits. */
        ListOf(MemberType<E> element) {
            this(element, 0, Integer.MAX_VALUE);
        }

        @Override
        public List<E> value(Object decoded) {
            var elements = (List<?>) decoded;
            var values = new ArrayList<E>(elements.size());
            for (var each : elements) {
                values.add(element.value(each));
            }
            return List.copyOf(values);
        }
    }

    /** Makes a string type of {@code min} to {@code max} characters. */
    static Text text(int min, int max) {
        return new Text(min, max, Unit.CHARACTERS, false, Optional.empty());
    }

    /** Makes a string type that also has to match a pattern as a whole. */
    static Text text(int min, int max, String pattern) {
        return new Text(min, max, Unit.CHARACTERS, false, Optional.of(Pattern.compile(pattern)));
    }

    /** Makes a string type without limits. */
    static Text anyText() {
        return text(0, Integer.MAX_VALUE);
    }

    /** Makes a string type whose value no message repeats. */
    static Text secret(int min, int max) {
        return new Text(min, max, Unit.CHARACTERS, true, Optional.empty());
    }

    /**
     * Makes the type of JSON texts: at most so many bytes of UTF-8, never repeated in a message.
     */
    static Text payload(int maxBytes) {
        return new Text(0, maxBytes, Unit.UTF8_BYTES, true, Optional.empty());
    }

    /** Makes the type of an enum's names, printed in the order of the constants. */
    static <E extends Enum<E>> Choice<E> choice(Class<E> type) {
        return new Choice<>(type, Arrays.stream(type.getEnumConstants()).map(Enum::name).toList());
    }

    /** Returns the name that AWS's serializer has for a JSON type. */
    default String javaName() {
        return switch (this) {
            case Text _, Choice<?> _ -> "String";
            case Whole _ -> "Integer";
            case Count _ -> "Long";
            case Fraction _ -> "Float";
            case Flag _ -> "Boolean";
            case Structure<?> s -> s.shape().name();
            case ListOf<?> _ -> "List".toLowerCase(Locale.ROOT);
        };
    }
}
