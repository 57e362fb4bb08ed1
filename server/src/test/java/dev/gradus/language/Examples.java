package dev.gradus.language;

import dev.gradus.expressions.Json;
import dev.gradus.expressions.JsonArray;
import dev.gradus.expressions.JsonObject;
import dev.gradus.language.Example.Expectation;
import dev.gradus.language.Example.Kind;
import dev.gradus.language.Markdown.Block;
import dev.gradus.language.Markdown.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds the examples of a page; its index page describes their form.
 *
 * <p>A {@code definition} is followed by one or more ends, each with the input and the functions
 * that stand between. A row of a table with a column Call, Path, Expression or Operator is an
 * example too.
 */
final class Examples {
    private static final String NONE = "{}";

    /** The state in which what a table has in a row is evaluated. */
    private static final String STATE = "V";

    /** The columns of tables whose rows are examples. */
    private static final Set<String> EXAMPLES = Set.of("Call", "Path", "Expression", "Operator");

    private static final Pattern ROLE =
            Pattern.compile("(json|text) (?<role>[a-z]+)( after (?<seconds>\\d+) s)?");

    private final String page;
    private final List<Example> found = new ArrayList<>();
    private String definition = "";
    private String input = NONE;
    private String functions = NONE;

    private Examples(String page) {
        this.page = page;
    }

    /** Finds all examples of a page with that file name. */
    static List<Example> of(String page, List<Markdown.Part> parts) {
        var examples = new Examples(page);
        for (var part : parts) {
            switch (part) {
                case Block block when block.info().startsWith("json") -> examples.read(block);
                case Block block when block.info().startsWith("text") -> examples.read(block);
                case Table table -> examples.read(table);
                case Block _, Markdown.Heading _ -> {}
            }
        }
        return List.copyOf(examples.found);
    }

    private void read(Block block) {
        var role = ROLE.matcher(block.info());
        if (!role.matches()) {
            throw refused(block.line(), "no role of an example: " + block.info());
        }
        switch (role.group("role")) {
            case "definition" -> {
                boolean isJson = block.info().startsWith("json");
                definition = isJson ? Json.parse(block.text()).text() : block.text();
                input = NONE;
                functions = NONE;
            }
            case "input" -> input = Json.parse(block.text()).text();
            case "functions" -> functions = Json.parse(block.text()).text();
            case "output", "failure" -> end(block, role, Json.parse(block.text()).text());
            case "refused", "warned" -> end(block, role, block.text());
            default -> throw refused(block.line(), "an unknown role: " + block.info());
        }
    }

    private void end(Block block, Matcher role, String text) {
        if (definition.isEmpty()) {
            throw refused(block.line(), "there is no definition before it");
        }
        var kind = Kind.valueOf(role.group("role").toUpperCase(Locale.ROOT));
        var seconds = role.group("seconds");
        add(
                block.line(),
                new Expectation(
                        kind,
                        text,
                        seconds == null
                                ? OptionalLong.empty()
                                : OptionalLong.of(Long.parseLong(seconds))));
    }

    private void read(Table table) {
        var column = table.header().stream().filter(EXAMPLES::contains).findFirst();
        if (column.isEmpty()) {
            return;
        }
        int example = table.column(column.get());
        int value = Math.max(table.column("Value"), table.column("Holds"));
        int inputs = table.column("Input");
        for (int row = 0; row < table.rows().size(); row++) {
            var cells = table.rows().get(row);
            int line = table.line() + 2 + row;
            var plain = cells.subList(example, cells.size()).stream().map(Markdown::plain);
            definition = definition(column.get(), plain.toList());
            input = inputs < 0 ? NONE : Markdown.plain(cells.get(inputs));
            functions = NONE;
            add(line, ofValue(Markdown.plain(cells.get(value))));
        }
        definition = "";
    }

    private static String definition(String column, List<String> cells) {
        return switch (column) {
            case "Operator" -> choice(cells.get(0), Json.parse(cells.get(1)));
            case "Expression" -> jsonata(cells.getFirst());
            default -> jsonPath(cells.getFirst());
        };
    }

    /** Makes a machine that says whether a test of {@code $.v} holds. */
    private static String choice(String operator, Json operand) {
        var rule =
                JsonObject.builder()
                        .put("Variable", "$.v")
                        .put(operator, operand)
                        .put("Next", "yes")
                        .build();
        var states =
                JsonObject.builder()
                        .put(
                                STATE,
                                JsonObject.builder()
                                        .put("Type", "Choice")
                                        .put("Choices", JsonArray.of(List.of(rule)))
                                        .put("Default", "no")
                                        .build())
                        .put("yes", says("yes"))
                        .put("no", says("no"));
        return machine(states.build(), "JSONPath");
    }

    private static JsonObject says(String word) {
        return JsonObject.builder()
                .put("Type", "Pass")
                .put("Result", word)
                .put("End", true)
                .build();
    }

    /** A value is JSON, or the name of an error, a colon and the cause behind AWS's first words. */
    private static Expectation ofValue(String value) {
        if (value.equals("yes") || value.equals("no")) {
            return new Expectation(Kind.OUTPUT, Json.of(value).text(), OptionalLong.empty());
        }
        if (!value.startsWith("States.")) {
            return new Expectation(Kind.OUTPUT, Json.parse(value).text(), OptionalLong.empty());
        }
        int colon = value.indexOf(": ");
        var failure =
                JsonObject.of(
                        "error",
                        Json.of(value.substring(0, colon)),
                        "cause",
                        Json.of(
                                "An error occurred while executing the state '"
                                        + STATE
                                        + "' (entered at the event id #2). "
                                        + value.substring(colon + 2)));
        return new Expectation(Kind.FAILURE, failure.text(), OptionalLong.empty());
    }

    private static String jsonPath(String expression) {
        return machineOf(
                JsonObject.builder()
                        .put("Type", "Pass")
                        .put("Parameters", JsonObject.of("v.$", Json.of(expression)))
                        .put("OutputPath", "$.v")
                        .put("End", true)
                        .build(),
                "JSONPath");
    }

    private static String jsonata(String expression) {
        return machineOf(
                JsonObject.builder()
                        .put("Type", "Pass")
                        .put("Output", "{% " + expression + " %}")
                        .put("End", true)
                        .build(),
                "JSONata");
    }

    private static String machineOf(JsonObject state, String language) {
        return machine(JsonObject.of(STATE, state), language);
    }

    private static String machine(JsonObject states, String language) {
        return JsonObject.builder()
                .put("QueryLanguage", language)
                .put("StartAt", STATE)
                .put("States", states)
                .build()
                .text();
    }

    private void add(int line, Expectation expected) {
        found.add(new Example(page + ":" + line, definition, input, functions, expected));
        input = NONE;
        functions = NONE;
    }

    private IllegalArgumentException refused(int line, String why) {
        return new IllegalArgumentException(page + ":" + line + ": " + why);
    }
}
