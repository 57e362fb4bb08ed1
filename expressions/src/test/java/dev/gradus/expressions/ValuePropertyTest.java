package dev.gradus.expressions;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;

class ValuePropertyTest {
    @Provide
    Arbitrary<Json> values() {
        return Arbitraries.lazyOf(
                () -> Arbitraries.just(Json.NULL),
                () -> Arbitraries.of(true, false).map(Json::of),
                () -> Arbitraries.longs().map(Json::of),
                () -> Arbitraries.bigDecimals().map(d -> new JsonNumber(d.toString())),
                () -> Arbitraries.strings().ofMaxLength(12).map(Json::of),
                () -> values().list().ofMaxSize(4).map(JsonArray::of),
                () ->
                        Arbitraries.maps(Arbitraries.strings().ofMaxLength(6), values())
                                .ofMaxSize(4)
                                .map(JsonObject::of));
    }

    @Property(tries = 10_000, seed = "20161201")
    void whatIsWrittenIsReadBack(@ForAll("values") Json value) {
        assertThat(Json.parse(value.text())).isEqualTo(value);
        assertThat(Json.parse(value.text().getBytes(StandardCharsets.UTF_8))).isEqualTo(value);
        assertThat(value.sameValue(Json.parse(value.text()))).isTrue();
    }

    @Property(tries = 10_000, seed = "20161201")
    void sizesAreBoundedFromBelow(@ForAll("values") Json value) {
        assertThat(value.textCharsMin()).isLessThanOrEqualTo(value.text().length());
    }

    @Property(tries = 10_000, seed = "20161201")
    void compactingGivesTheTextOfTheTree(@ForAll("values") Json value) {
        var spaced = spaced(value);

        assertThat(Payload.ofText(spaced)).isEqualTo(Payload.of(value));
        assertThat(Payload.ofText(value.text()).text()).isEqualTo(value.text());
        assertThat(Payload.ofText(spaced).json()).isEqualTo(value);
    }

    @Property(tries = 10_000, seed = "20161201")
    void aTemplateWithoutExpressionsIsItsOwnValue(@ForAll("values") Json value) {
        var bindings = new Bindings(Json.NULL, Json.NULL, new HashMap<>());
        if (value.text().contains(".$\":")) {
            return;
        }

        var template = PayloadTemplate.compile(value);

        assertThat(template.constant()).isTrue();
        assertThat(template.evaluate(bindings)).isSameAs(value);
    }

    @Property(tries = 10_000, seed = "20161201")
    void aResultPathPutsWhatTheSamePathFinds(
            @ForAll("values") Json value,
            @ForAll @Size(min = 1, max = 4) List<@StringLength(min = 1, max = 5) String> names) {
        var path = new StringBuilder("$");
        for (var name : names) {
            var letters = name.replaceAll("[^a-zA-Z0-9]", "x");
            path.append(letters.length() % 2 == 0 ? "." + letters : "['" + letters + "']");
        }
        var reference = ReferencePath.compile(path.toString());

        var document = reference.insertInto(JsonObject.EMPTY, value);

        var bindings = new Bindings(document, Json.NULL, new HashMap<>());
        assertThat(reference.find(bindings)).contains(value);
        assertThat(JsonPath.compile(path.toString()).read(bindings)).isEqualTo(value);
    }

    @Property(tries = 10_000, seed = "20161201")
    void evaluatedMembersStandInTheOrderOfAHashMap(
            @ForAll @Size(max = 60) Set<@StringLength(max = 6) String> names) {
        var expected = new HashMap<String, Integer>();
        names.forEach(name -> expected.put(name, 1));

        assertThat(HashOrder.of(new ArrayList<>(names), name -> name))
                .containsExactlyElementsOf(expected.keySet());
    }

    @Property(tries = 10_000, seed = "20161201")
    void canonicalTextsAreEqualForTheSameValue(@ForAll BigDecimal number) {
        var other = number.setScale(number.scale() + 3);
        var members = new LinkedHashMap<String, Json>();
        members.put("b", new JsonNumber(number.toString()));
        members.put("a", Json.NULL);
        var left = JsonObject.of(members);
        var right = JsonObject.of("a", Json.NULL, "b", new JsonNumber(other.toString()));

        assertThat(left.sameValue(right)).isTrue();
        assertThat(CanonicalText.of(left)).isEqualTo(CanonicalText.of(right));
    }

    private static String spaced(Json value) {
        return switch (value) {
            case JsonNull _, JsonBoolean _, JsonNumber _ -> " " + value.text() + "\t";
            case JsonString string -> escaped(string.value());
            case JsonArray array -> {
                var out = new StringBuilder("[ ");
                for (var i = 0; i < array.size(); i++) {
                    out.append(i == 0 ? "" : "\n, ").append(spaced(array.get(i)));
                }
                yield out.append("\r\n]").toString();
            }
            case JsonObject object -> {
                var out = new StringBuilder(" {");
                for (var i = 0; i < object.size(); i++) {
                    out.append(i == 0 ? " " : " ,")
                            .append(escaped(object.name(i)))
                            .append(" : ")
                            .append(spaced(object.value(i)));
                }
                yield out.append("} ").toString();
            }
        };
    }

    private static String escaped(String value) {
        var out = new StringBuilder("\"");
        for (var i = 0; i < value.length(); i++) {
            var c = value.charAt(i);
            out.append(
                    c % 3 == 0 || c < ' ' || c == '"' || c == '\\' || Character.isSurrogate(c)
                            ? String.format("\\u%04x", (int) c)
                            : String.valueOf(c));
        }
        return out.append('"').toString();
    }
}
