package dev.gradus.api;

import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * What is said of a member's values, in the words of AWS's model, so that ours and AWS's compare.
 *
 * @param type string, integer, long, float, boolean, list or structure
 * @param min absent: none, and for a length nothing above nought
 * @param max absent: none
 * @param values of an enum; none for another
 */
record Declared(
        String type,
        Optional<Long> min,
        Optional<Long> max,
        Optional<String> pattern,
        Set<String> values,
        boolean sensitive) {

    /** Returns what our type says. */
    static Declared of(MemberType<?> type) {
        return switch (type) {
            case MemberType.Text text ->
                    new Declared(
                            "string",
                            atLeast(text.min()),
                            atMost(text.max()),
                            text.pattern().map(Pattern::pattern),
                            Set.of(),
                            text.sensitive());
            case MemberType.Choice<?> choice ->
                    new Declared(
                            "string",
                            Optional.empty(),
                            Optional.empty(),
                            Optional.empty(),
                            new TreeSet<>(choice.shown()),
                            false);
            case MemberType.Flag _ -> plain("boolean");
            case MemberType.Structure<?> _ -> plain("structure");
            case MemberType.ListOf<?> list ->
                    new Declared(
                            "list",
                            atLeast(list.min()),
                            atMost(list.max()),
                            Optional.empty(),
                            Set.of(),
                            false);
            // Every other kind is a number.
            default ->
                    new Declared(
                            type.javaName().toLowerCase(Locale.ROOT),
                            limit(type, "min"),
                            limit(type, "max").filter(max -> max < Integer.MAX_VALUE),
                            Optional.empty(),
                            Set.of(),
                            false);
        };
    }

    /** The same, where an absent length and one of nought are one. */
    Declared normal() {
        return new Declared(
                type,
                type.equals("string") || type.equals("list")
                        ? min.filter(length -> length > 0)
                        : min,
                max,
                pattern,
                values,
                sensitive);
    }

    /** Says it as the pages of the API do: {@code string 1..80}. */
    @Override
    public String toString() {
        var text = new StringBuilder(type);
        if (min.isPresent() || max.isPresent()) {
            text.append(' ')
                    .append(min.map(String::valueOf).orElse(""))
                    .append("..")
                    .append(max.map(String::valueOf).orElse(""));
        }
        pattern.ifPresent(it -> text.append(" /").append(it).append('/'));
        if (!values.isEmpty()) {
            text.append(" of ").append(String.join(", ", values));
        }
        return text.append(sensitive ? ", sensitive" : "").toString();
    }

    private static Declared plain(String type) {
        return new Declared(
                type, Optional.empty(), Optional.empty(), Optional.empty(), Set.of(), false);
    }

    private static Optional<Long> atLeast(int min) {
        return min > 0 ? Optional.of((long) min) : Optional.empty();
    }

    private static Optional<Long> atMost(int max) {
        return max < Integer.MAX_VALUE ? Optional.of((long) max) : Optional.empty();
    }

    private static Optional<Long> limit(MemberType<?> number, String name) {
        return Arrays.stream(number.getClass().getRecordComponents())
                .filter(component -> component.getName().equals(name))
                .findFirst()
                .map(component -> read(component, number));
    }

    private static long read(RecordComponent component, MemberType<?> of) {
        try {
            return ((Number) component.getAccessor().invoke(of)).longValue();
        } catch (ReflectiveOperationException hidden) {
            throw new LinkageError(component + " cannot be read", hidden);
        }
    }
}
