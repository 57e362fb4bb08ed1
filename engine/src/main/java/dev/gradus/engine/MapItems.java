package dev.gradus.engine;

import dev.gradus.asl.Distribution.ItemReader;
import dev.gradus.expressions.Json;
import dev.gradus.expressions.JsonArray;
import dev.gradus.expressions.JsonObject;
import dev.gradus.expressions.JsonSyntaxException;
import dev.gradus.expressions.Payload;
import java.util.List;
import java.util.Optional;

/**
 * The items of a Map as its reader would have found them, out of data that the caller of a test
 * gives in the form of its source: JSON text, or one JSON value in each line.
 */
final class MapItems {
    private static final String FAILED = "States.ItemReaderFailed";

    /** The data is not what the reader expects. */
    static final class Unreadable extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final transient Failure failure;

        Unreadable(String cause) {
            super(cause, null, false, false);
            this.failure = Failure.of(FAILED, cause);
        }

        Failure failure() {
            return failure;
        }
    }

    private MapItems() {}

    /**
     * Returns the items; empty when none are given, or in a form whose items are not looked at.
     *
     * @throws Unreadable if the data has no items
     */
    static Optional<List<Json>> read(ItemReader reader, Inspection inspection) {
        var data = inspection.past().itemReaderData();
        if (data.isEmpty()) {
            return Optional.empty();
        }
        return switch (reader.inputType().orElse("JSON")) {
            case "JSON" -> Optional.of(elements(pointed(reader, parsed(data.get()), inspection)));
            case "JSONL" ->
                    Optional.of(
                            data.get()
                                    .lines()
                                    .filter(line -> !line.isBlank())
                                    .map(MapItems::parsed)
                                    .toList());
            default -> Optional.empty();
        };
    }

    private static Json parsed(String text) {
        try {
            return Json.parse(text);
        } catch (JsonSyntaxException notJson) {
            throw new Unreadable("The data of the ItemReader is not JSON: " + notJson.message());
        }
    }

    private static List<Json> elements(Json items) {
        return switch (items) {
            case JsonArray array -> array.elements();
            case JsonObject object -> // One item for each member.
                    object.members().stream()
                            .map(member ->
                                    (Json)
                                            JsonObject.of(
                                                    "Key",
                                                    Json.of(member.name()),
                                                    "Value",
                                                    member.value()))
                            .toList();
            default -> throw new Unreadable("Attempting to map over non-iterable node.");
        };
    }

    private static Json pointed(ItemReader reader, Json data, Inspection inspection) {
        if (reader.itemsPointer().isEmpty()) {
            return data;
        }
        var pointer = reader.itemsPointer().get();
        var at = data;
        var steps = pointer.split("/", -1);
        for (int i = 1; i < steps.length; i++) { // Before the first slash there is nothing.
            at = at(at, steps[i], pointer);
        }
        inspection.reached(Stage.ITEMS_POINTER, Payload.of(at));
        return at;
    }

    /** Goes one step of an RFC 6901 pointer. */
    private static Json at(Json json, String step, String pointer) {
        var name = step.replace("~1", "/").replace("~0", "~");
        Optional<Json> found =
                switch (json) {
                    case JsonObject object -> object.get(name);
                    case JsonArray array
                            when name.matches("0|[1-9][0-9]{0,8}")
                                    && Integer.parseInt(name) < array.size() ->
                            Optional.of(array.get(Integer.parseInt(name)));
                    default -> Optional.empty();
                };
        return found.orElseThrow(
                () -> new Unreadable("The ItemsPointer " + pointer + " points to nothing."));
    }
}
