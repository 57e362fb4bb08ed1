package dev.gradus.asl;

import dev.gradus.expressions.Json;
import dev.gradus.expressions.JsonArray;
import dev.gradus.expressions.JsonBoolean;
import dev.gradus.expressions.JsonNumber;
import dev.gradus.expressions.JsonObject;
import dev.gradus.expressions.JsonString;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;

/**
 * Reads the fields of one JSON object of a definition and notes what is wrong with them, so that no
 * reader above it can forget to. A field that cannot be read is noted and then treated as absent.
 */
final class FieldReader {
    /** Longer plain integers do not fit 64 bits for sure. */
    private static final int LONG_DIGITS = 18;

    /** From here on a bound is written with an exponent. */
    private static final double PLAIN_BOUNDS = 1e7;

    private final JsonObject object;
    private final Location at;
    private final Findings findings;
    private final Set<String> variables; // that the object and all in it read; shared with those

    FieldReader(JsonObject object, Location at, Findings findings) {
        this(object, at, findings, new TreeSet<>());
    }

    private FieldReader(JsonObject object, Location at, Findings findings, Set<String> variables) {
        this.object = object;
        this.at = at;
        this.findings = findings;
        this.variables = variables;
    }

    /** Reads the fields of a value that should be an object; of anything else there are none. */
    static Optional<FieldReader> of(Json value, Location at, Findings findings) {
        return of(value, at, findings, new TreeSet<>());
    }

    private static Optional<FieldReader> of(
            Json value, Location at, Findings findings, Set<String> variables) {
        if (value instanceof JsonObject object) {
            return Optional.of(new FieldReader(object, at, findings, variables));
        }
        findings.spoil(at, expected("Object"));
        return Optional.empty();
    }

    /** Reads the same object as if it had no such fields. */
    FieldReader without(Set<String> fields) {
        var rest = JsonObject.builder();
        for (var member : object.members()) {
            if (!fields.contains(member.name())) {
                rest.put(member.name(), member.value());
            }
        }
        return new FieldReader(rest.build(), at, findings, variables);
    }

    /** Notes variables, by their names without the dollar, that an expression in here reads. */
    void readsVariables(Collection<String> names) {
        variables.addAll(names);
    }

    /** Returns the variables that were noted so far, here and in nested objects, by name. */
    List<String> variables() {
        return List.copyOf(variables);
    }

    /** Where the object stands. */
    Location at() {
        return at;
    }

    /** Where one of its fields stands. */
    Location at(String field) {
        return at.field(field);
    }

    Findings findings() {
        return findings;
    }

    JsonObject json() {
        return object;
    }

    List<JsonObject.Member> members() {
        return object.members();
    }

    boolean has(String field) {
        return object.has(field);
    }

    Optional<Json> value(String field) {
        return object.get(field);
    }

    /** Notes each field that is none of these. */
    void allowOnly(Set<String> fields) {
        for (var name : object.names()) {
            if (!fields.contains(name)) {
                unsupported(name, fields);
            }
        }
    }

    /** Notes a field that the object does not have, but has others. */
    void unsupported(String name, Collection<String> fields) {
        findings.refuse(
                at, "Field '" + name + "' is not supported", Hint.nearest(at(name), name, fields));
    }

    /** Notes the fields that must be there and are not, all in one finding. */
    void require(String... fields) {
        var missing = Arrays.stream(fields).filter(field -> !has(field)).toList();
        if (!missing.isEmpty()) {
            findings.spoil(at, "These fields are required: " + missing);
        }
    }

    /** Notes it when there is none of the fields, or more than one. */
    void requireOneOf(String... fields) {
        if (Arrays.stream(fields).noneMatch(this::has)) {
            findings.spoil(
                    at,
                    "This object should have only one of the following fields: "
                            + Arrays.asList(fields));
        }
        allowOneOf(fields);
    }

    /** Notes it when there is more than one of the fields. */
    void allowOneOf(String... fields) {
        if (Arrays.stream(fields).filter(this::has).count() > 1) {
            findings.refuse(
                    at,
                    "There should only be one of the following fields: " + Arrays.asList(fields));
        }
    }

    /** Checks the Comment, which means nothing but must be a text. */
    void comment() {
        if (value("Comment").filter(value -> !(value instanceof JsonString)).isPresent()) {
            findings.refuse(at("Comment"), expected("String"));
        }
    }

    Optional<String> string(String field) {
        return value(field)
                .flatMap(value -> {
                    if (value instanceof JsonString(var text)) {
                        return Optional.of(text);
                    }
                    findings.spoil(at(field), expected("String"));
                    return Optional.empty();
                });
    }

    Optional<Boolean> bool(String field) {
        return value(field)
                .flatMap(value -> {
                    if (value instanceof JsonBoolean(var bool)) {
                        return Optional.of(bool);
                    }
                    findings.spoil(at(field), expected("Boolean"));
                    return Optional.empty();
                });
    }

    /** Reads a string that must be one of a few. */
    Optional<String> word(String field, String... words) {
        return string(field)
                .filter(text -> {
                    boolean known = Arrays.asList(words).contains(text);
                    if (!known) {
                        findings.spoil(
                                at(field),
                                "Value should be one of the following: " + Arrays.asList(words),
                                Hint.nearest(text, Arrays.asList(words)));
                    }
                    return known;
                });
    }

    /**
     * Reads a number without fraction or exponent, the bounds included; one outside is noted and
     * counts as the bound.
     */
    OptionalLong integer(String field, long min, long max) {
        var value = value(field);
        if (value.isEmpty()) {
            return OptionalLong.empty();
        }
        if (!(value.get() instanceof JsonNumber number) || !number.isPlainInteger()) {
            findings.spoil(at(field), expected("Integer"));
            return OptionalLong.empty();
        }
        boolean negative = number.text().startsWith("-");
        long huge = negative ? Long.MIN_VALUE : Long.MAX_VALUE;
        long read = number.text().length() <= LONG_DIGITS ? Long.parseLong(number.text()) : huge;
        if (read < min) {
            findings.refuse(at(field), "Minimum value is " + min);
        } else if (read > max) {
            findings.refuse(at(field), "Maximum value is " + max);
        }
        return OptionalLong.of(Math.clamp(read, min, max));
    }

    /** Reads any number that a double can hold, the bounds included. */
    OptionalDouble number(String field, double min, double max) {
        var value = value(field);
        if (value.isEmpty()) {
            return OptionalDouble.empty();
        }
        if (!(value.get() instanceof JsonNumber number)) {
            findings.spoil(at(field), expected("Number"));
            return OptionalDouble.empty();
        }
        double read = number.doubleValue();
        if (read < min) {
            findings.refuse(at(field), "Minimum value is " + bound(min));
        } else if (read > max) {
            findings.refuse(at(field), "Maximum value is " + bound(max));
        }
        return OptionalDouble.of(Math.clamp(read, min, max));
    }

    /** Writes a bound without a fraction if it has none; AWS writes a large one as 1.0E9. */
    private static String bound(double value) {
        boolean whole = Math.rint(value) == value && Math.abs(value) < PLAIN_BOUNDS;
        return whole ? Long.toString((long) value) : Json.of(value).text();
    }

    /** Reads an array; an absent one has no elements. */
    JsonArray array(String field) {
        return value(field)
                .flatMap(value -> {
                    if (value instanceof JsonArray array) {
                        return Optional.of(array);
                    }
                    findings.spoil(at(field), expected("Array"));
                    return Optional.empty();
                })
                .orElse(JsonArray.EMPTY);
    }

    /** Reads an array that must have an element if it is there. */
    JsonArray filledArray(String field) {
        if (value(field).filter(JsonArray.EMPTY::equals).isPresent()) {
            findings.spoil(at(field), "Value cannot be empty");
        }
        return array(field);
    }

    /** Reads an array of strings that must have an element if it is there. */
    List<String> strings(String field) {
        var array = filledArray(field);
        var texts = new ArrayList<String>(array.size());
        for (int i = 0; i < array.size(); i++) {
            if (array.get(i) instanceof JsonString(var text)) {
                texts.add(text);
            } else {
                findings.spoil(at(field).element(i), expected("String"));
            }
        }
        return texts;
    }

    /** Reads the fields of each object of an array. */
    List<FieldReader> objects(String field, JsonArray array) {
        var readers = new ArrayList<FieldReader>(array.size());
        for (int i = 0; i < array.size(); i++) {
            of(array.get(i), at(field).element(i), findings, variables).ifPresent(readers::add);
        }
        return readers;
    }

    /** Reads the fields of an object that is a field of this one. */
    Optional<FieldReader> object(String field) {
        return value(field).flatMap(value -> of(value, at(field), findings, variables));
    }

    static String expected(String type) {
        return "Expected value of type " + type;
    }
}
