package dev.gradus.expressions.jsonata;

import dev.gradus.expressions.Json;
import dev.gradus.expressions.JsonArray;
import dev.gradus.expressions.JsonObject;
import dev.gradus.expressions.JsonString;
import dev.gradus.expressions.Randomness;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Cases in the test resources with what JSONata 2.0.6 answers; each file says how it was made. */
final class ReferenceCases {
    private static final String FOLDER = "/jsonata/";
    private static final String BINDINGS = " @@ ";
    private static final int DEPTH = 600; // the reference has no limit of its own
    private static final long MILLIS = 1_700_000_000_000L;

    /** One case. */
    record Case(
            String group,
            String text,
            Optional<Json> data,
            JsonObject bindings,
            int depth,
            JsonObject expected) {
        /** Tells what is wrong; empty if the answer is the reference's. */
        Optional<String> mismatch() {
            var outcome = outcome();
            var fits =
                    switch (outcome) {
                        case JsonataOutcome.Value(var value) ->
                                expected.get("value").filter(value::sameValue).isPresent();
                        case JsonataOutcome.Undefined _ -> expected.has("undefined");
                        case JsonataOutcome.Unsupported _ -> expected.has("unsupported");
                        case JsonataOutcome.Internal _ -> expected.has("internal");
                        case JsonataOutcome.Failed(var code, var message) ->
                                code.equals(Optional.of("S0303")) // JavaScript's own refusal
                                        ? expected.has("internal")
                                        : isSameCode(code.orElse("U1001"))
                                                && isSameMessage(code, message);
                    };
            return fits
                    ? Optional.empty()
                    : Optional.of(group + ": " + text + "\n  " + expected + "\n  " + outcome);
        }

        private boolean isSameCode(String code) {
            return expected.get("code").filter(Json.of(code)::equals).isPresent();
        }

        /** The reference forgets the name of a function that is called without one; we do not. */
        private boolean isSameMessage(Optional<String> code, String message) {
            var wanted = expected.get("message").map(ReferenceCases::text).orElse("");
            return code.isEmpty()
                    || wanted.equals(message)
                    || wanted.equals(
                            message.replaceFirst("function \"\\w+\"", "function undefined"));
        }

        private JsonataOutcome outcome() {
            JsonataExpression expression;
            try {
                expression = JsonataExpression.compile(text);
            } catch (JsonataSyntaxException refused) {
                return new JsonataOutcome.Failed(Optional.of(refused.code()), refused.message());
            }
            var limits = new JsonataLimits(JsonataLimits.STEPS_MAX, JsonataLimits.BYTES_MAX, depth);
            var input =
                    JsonataInput.of(bindings::get, MILLIS, new Randomness(1)).withLimits(limits);
            return expression.evaluate(data.map(input::withDocument).orElse(input));
        }
    }

    private ReferenceCases() {}

    /** Reads a file with one expression a line, under headings with a group and its data. */
    static List<Case> read(String cases, String results) {
        var datasets = (JsonObject) Json.parse(resource("datasets.json"));
        var expected = ((JsonArray) Json.parse(resource(results))).iterator();
        var read = new ArrayList<Case>();
        var group = "";
        var data = Optional.<Json>empty();
        for (var line : resource(cases).lines().toList()) {
            if (line.startsWith("# ")) {
                var space = line.indexOf(' ', 2);
                group = line.substring(2, space);
                var name = line.substring(space + 1);
                data =
                        name.startsWith("=")
                                ? Optional.of(Json.parse(name.substring(1)))
                                : datasets.get(name);
            } else if (!line.isEmpty()) {
                var mark = line.indexOf(BINDINGS);
                var bindings = mark < 0 ? "{}" : line.substring(mark + BINDINGS.length());
                read.add(
                        new Case(
                                group,
                                mark < 0 ? line : line.substring(0, mark),
                                data,
                                (JsonObject) Json.parse(bindings),
                                depth(group),
                                (JsonObject) expected.next()));
            }
        }
        if (expected.hasNext()) {
            throw new IllegalStateException("More results than cases: make " + results + " again");
        }
        return read;
    }

    private static int depth(String group) {
        return group.startsWith("tail-recursion-")
                ? Integer.parseInt(group.substring("tail-recursion-".length()))
                : DEPTH;
    }

    /** Reads the texts of the cases that are known to differ, each after its reason. */
    static List<String> exceptions(String name) {
        return resource(name)
                .lines()
                .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                .toList();
    }

    private static String text(Json value) {
        return value instanceof JsonString(var text) ? text : value.text();
    }

    private static String resource(String name) {
        try (var in = ReferenceCases.class.getResourceAsStream(FOLDER + name)) {
            return new String(known(in, name).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static java.io.InputStream known(java.io.@Nullable InputStream in, String name)
            throws IOException {
        if (in == null) {
            throw new IOException("No resource " + name);
        }
        return in;
    }
}
