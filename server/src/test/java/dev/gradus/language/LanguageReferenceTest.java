package dev.gradus.language;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gradus.architecture.Repository;
import dev.gradus.language.Example.Kind;
import dev.gradus.language.Markdown.Heading;
import dev.gradus.language.Markdown.Part;
import dev.gradus.language.Markdown.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Runs every example of the language reference and compares its tables with the code, so that
 * neither can change alone.
 */
final class LanguageReferenceTest {
    private static final Path FOLDER = Repository.root().resolve("docs/language");
    private static final String INDEX = "README.md";
    private static final int EXAMPLES_AT_LEAST = 400;

    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#]*)(#[^)]*)?\\)");

    private static Map<String, String> pages() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            var pages = new TreeMap<String, String>();
            for (var file : files.toList()) {
                pages.put(file.getFileName().toString(), Files.readString(file));
            }
            return pages;
        }
    }

    private static List<Part> parts() throws IOException {
        return pages().values().stream().flatMap(page -> Markdown.parts(page).stream()).toList();
    }

    private static List<Example> examples() throws IOException {
        var examples = new ArrayList<Example>();
        pages().forEach((name, page) -> examples.addAll(Examples.of(name, Markdown.parts(page))));
        return examples;
    }

    // Examples

    @TestFactory
    Stream<DynamicTest> runsAsThePageSays() throws IOException {
        return examples().stream()
                .map(example -> DynamicTest.dynamicTest(example.place(), () -> check(example)));
    }

    private static void check(Example example) {
        assertThat(example.expected().difference(SimulatedServer.run(example)))
                .as(example.definition())
                .isEmpty();
    }

    private static boolean holds(Example example) {
        try {
            return example.expected().difference(SimulatedServer.run(example)).isEmpty();
        } catch (AssertionError differs) {
            return false;
        }
    }

    @Test
    void thereAreManyExamples() throws IOException {
        assertThat(examples()).hasSizeGreaterThanOrEqualTo(EXAMPLES_AT_LEAST);
    }

    @Test
    void anExampleThatEndsOtherwiseIsCaught() {
        var examples =
                Examples.of(
                        "page.md",
                        Markdown.parts(
                                """
                                ```json definition
                                {"StartAt": "A", "States": {"A": {"Type": "Wait", "Seconds": 3, "End": true}}}
                                ```
                                ```json input
                                {"id": "6f3c0d52-5c0e-4b5e-8a52-0b1a3c9d7e4f", "n": 1}
                                ```
                                ```json output after 3 s
                                {"id": "<uuid>", "n": "<number>"}
                                ```
                                ```json output after 2 s
                                {}
                                ```
                                ```json output
                                {"a": 1}
                                ```
                                ```json failure
                                {}
                                ```
                                | Call | Input | Value |
                                |---|---|---|
                                | `States.MathAdd(1, $.n)` | `{"n": 2}` | `3` |
                                | `States.MathAdd(1, $.n)` | `{"n": 2}` | `4` |
                                """));

        assertThat(examples)
                .extracting(Example::place)
                .containsExactly(
                        "page.md:7",
                        "page.md:10",
                        "page.md:13",
                        "page.md:16",
                        "page.md:21",
                        "page.md:22");
        assertThat(examples.stream().map(LanguageReferenceTest::holds))
                .containsExactly(true, false, false, false, true, false);
        assertThatThrownBy(() -> Examples.of("page.md", Markdown.parts("```json\n{}\n```\n")))
                .hasMessageContaining("no role");
    }

    // Words

    @Test
    void everyFieldIsInTheTableOfItsObjectAndNoOther() throws IOException {
        var words = Words.ofThisRepository();
        var tables = fieldTables();
        var states = words.stateTypes();
        for (var language : List.of("JSONPath", "JSONata")) {
            for (var type : states) {
                assertThat(fields(tables, type, language))
                        .as("fields of %s in %s", type, language)
                        .isEqualTo(words.fieldsOfState(type, language));
            }
        }
        for (var object : Words.objects()) {
            assertThat(fields(tables, object, "JSONPath"))
                    .as("fields of %s in JSONPath", object)
                    .isEqualTo(words.fieldsOf(object, "JSONPath"));
            assertThat(fields(tables, object, "JSONata"))
                    .as("fields of %s in JSONata", object)
                    .isEqualTo(words.fieldsOf(object, "JSONata"));
        }
        assertThat(tables).hasSize(states.size() + Words.objects().size());
    }

    @Test
    void everyFieldIsShownInAnExample() throws IOException {
        var shown = new Shown();
        examples().forEach(example -> shown.add(example.definition()));
        fieldTables()
                .forEach((object, rows) ->
                        assertThat(shown.fieldsOf(object))
                                .as("fields of %s in examples", object)
                                .containsAll(rows.keySet()));
    }

    @Test
    void everyIntrinsicFunctionIsDocumentedAndShownAndNoOther() throws IOException {
        var functions = Words.ofThisRepository().functions();
        var page = pages().getOrDefault("intrinsic-functions.md", "");
        var headings =
                Markdown.parts(page).stream()
                        .filter(Heading.class::isInstance)
                        .map(heading -> ((Heading) heading).text())
                        .filter(text -> text.startsWith("States."));

        assertThat(functions).hasSize(18);
        assertThat(headings).containsExactlyInAnyOrderElementsOf(functions);
        assertThat(cells("Call", "Call").stream().map(LanguageReferenceTest::function))
                .containsAll(functions);
    }

    private static String function(String call) {
        return call.substring(0, call.indexOf('('));
    }

    @Test
    void everyJsonataFunctionIsDocumentedAndShownAndNoOther() throws IOException {
        var functions = Words.ofThisRepository().jsonataFunctions();

        assertThat(functions).hasSize(69);
        assertThat(cells("Function", "Function").stream().map(LanguageReferenceTest::function))
                .containsExactlyElementsOf(functions);
        for (var table : tables("Function")) {
            for (var row : table.rows()) {
                var name = function(Markdown.plain(row.getFirst()));
                assertThat(row.get(table.column("Expression"))).contains(name + "(");
            }
        }
    }

    @Test
    void everyJsonataOperatorIsDocumentedAndShownAndNoOther() throws IOException {
        assertThat(cells("Sign", "Sign")).isEqualTo(Words.ofThisRepository().jsonataOperators());
        for (var table : tables("Sign")) {
            for (var row : table.rows()) {
                var sign = Markdown.plain(row.getFirst());
                assertThat(Markdown.plain(row.get(table.column("Expression")))).contains(sign);
            }
        }
    }

    @Test
    void everyTestAndFunctionOfAPathIsDocumentedAndShownAndNoOther() throws IOException {
        assertThat(cells("Test", "Test")).isEqualTo(Words.pathTests());
        assertThat(cells("At the end", "At the end").stream().map(LanguageReferenceTest::function))
                .containsExactlyElementsOf(Words.pathFunctions());
    }

    @Test
    void everyChoiceOperatorIsDocumentedAndShownAndNoOther() throws IOException {
        var operators = Words.choiceOperators();
        var shown = new Shown();
        examples().forEach(example -> shown.add(example.definition()));

        assertThat(operators).hasSize(39);
        assertThat(cells("Operator", "Operator")).isEqualTo(operators);
        assertThat(shown.fieldsOf("choice rule")).containsAll(operators);
    }

    @Test
    void everyErrorNameIsDocumentedAndShownAndNoOther() throws IOException {
        var known = Words.ofThisRepository().errorNames();
        var documented = new TreeMap<String, Boolean>();
        for (var table : tables("Error")) {
            for (var row : table.rows()) {
                documented.put(Markdown.plain(row.getFirst()), row.get(1).equals("yes"));
            }
        }
        var examples = examples();
        for (var name : documented.keySet()) {
            assertThat(examples).as("examples of %s", name).anyMatch(it -> shows(it, name));
        }

        assertThat(documented.keySet()).containsAll(known);
        documented.forEach((name, raised) ->
                assertThat(known.contains(name)).as("%s is raised", name).isEqualTo(raised));
    }

    @Test
    void everyCodeOfTheValidatorIsDocumentedAndShownAndNoOther() throws IOException {
        var codes = Words.ofThisRepository().codes();
        var examples = examples();

        assertThat(cells("Code", "Code")).isEqualTo(codes);
        for (var code : codes) {
            assertThat(examples)
                    .as("examples of %s", code)
                    .anyMatch(example -> example.expected().text().contains(code + ": "));
        }
    }

    private static boolean shows(Example example, String name) {
        return example.definition().contains("\"" + name + "\"")
                || (example.expected().kind() == Kind.FAILURE
                        && example.expected().text().contains("\"" + name + "\""));
    }

    @Test
    void everyLimitIsDocumentedWithItsValueAndNoOther() throws IOException {
        var documented = new TreeMap<String, String>();
        for (var table : tables("Limit")) {
            int name = table.column("Name");
            table.rows().stream()
                    .filter(_ -> name >= 0)
                    .forEach(row ->
                            documented.put(
                                    Markdown.plain(row.get(name)), row.get(1).replace(",", "")));
        }

        assertThat(documented).isEqualTo(Words.limits());
    }

    // Pages

    @Test
    void everyPageIsInTheIndexAndEveryLinkLeadsSomewhere() throws IOException {
        var pages = pages();
        pages.forEach((name, page) ->
                LINK.matcher(page)
                        .results()
                        .filter(link -> !link.group(1).contains("://"))
                        .forEach(link -> checkLink(name, pages, link.group(1), link.group(2))));
        var indexed =
                LINK.matcher(pages.getOrDefault(INDEX, ""))
                        .results()
                        .map(link -> link.group(1))
                        .toList();
        assertThat(indexed)
                .containsAll(pages.keySet().stream().filter(name -> !name.equals(INDEX)).toList());
    }

    private static void checkLink(
            String from,
            Map<String, String> pages,
            String file,
            @org.jspecify.annotations.Nullable String anchor) {
        var target = file.isEmpty() ? from : file;
        assertThat(FOLDER.resolve(target)).as("%s links to %s", from, target).exists();
        if (anchor != null && pages.containsKey(target)) {
            var anchors =
                    Markdown.parts(pages.get(target)).stream()
                            .filter(Heading.class::isInstance)
                            .map(heading -> anchor(((Heading) heading).text()))
                            .toList();
            assertThat(anchors).as("%s links to %s%s", from, target, anchor).contains(anchor);
        }
    }

    private static String anchor(String heading) {
        return "#"
                + heading.toLowerCase(java.util.Locale.ROOT)
                        .replaceAll("[^a-z0-9 _-]", "")
                        .replace(' ', '-');
    }

    /** Returns the language of each field, by the name of the object in the heading above. */
    private static Map<String, Map<String, String>> fieldTables() throws IOException {
        var tables = new TreeMap<String, Map<String, String>>();
        var heading = "";
        for (var part : parts()) {
            if (part instanceof Heading(var text, _)) {
                heading = text.replace("`", "");
            } else if (part instanceof Table table && table.header().getFirst().equals("Field")) {
                assertThat(heading).startsWith("Fields of ");
                var object = heading.replaceFirst("^Fields of (a |an )?", "");
                var fields = tables.computeIfAbsent(object, _ -> new TreeMap<>());
                for (var row : table.rows()) {
                    var twice = fields.put(Markdown.plain(row.getFirst()), row.get(1));
                    assertThat(twice).as("%s of %s", row.getFirst(), object).isNull();
                }
            }
        }
        return tables;
    }

    private static Set<String> fields(
            Map<String, Map<String, String>> tables, String object, String language) {
        var fields = new TreeSet<String>();
        if (object.equals("choice rule") && language.equals("JSONPath")) {
            fields.addAll(Words.choiceOperators());
        }
        tables.getOrDefault(object, Map.of())
                .forEach((field, in) -> {
                    assertThat(in).isIn("both", "JSONPath", "JSONata");
                    if (in.equals("both") || in.equals(language)) {
                        fields.add(field);
                    }
                });
        return fields;
    }

    private static List<Table> tables(String firstColumn) throws IOException {
        return parts().stream()
                .filter(Table.class::isInstance)
                .map(Table.class::cast)
                .filter(table -> table.header().getFirst().equals(firstColumn))
                .toList();
    }

    /** Returns what the tables that begin with a column have in one of their columns. */
    private static Set<String> cells(String firstColumn, String column) throws IOException {
        var cells = new TreeSet<String>();
        for (var table : tables(firstColumn)) {
            int at = table.column(column);
            table.rows().forEach(row -> cells.add(Markdown.plain(row.get(at))));
        }
        return cells;
    }
}
