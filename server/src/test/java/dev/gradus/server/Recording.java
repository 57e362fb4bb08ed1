package dev.gradus.server;

import dev.gradus.expressions.Json;
import dev.gradus.expressions.JsonArray;
import dev.gradus.expressions.JsonObject;
import dev.gradus.expressions.JsonString;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;

/**
 * One recorded case: what was asked of the real service, and what it answered.
 *
 * @param name file name without its ending
 * @param day when it was recorded
 * @param functions how each Lambda function answered, in call order
 * @param operations every API call of the case, in order
 * @param aws the service's answers, by the name that the case gives each
 */
record Recording(
        String name,
        LocalDate day,
        boolean functionsUnknown,
        List<JsonObject> functions,
        List<Operation> operations,
        JsonObject aws) {

    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("dd-MM-yyyy");

    /** One recorded API call. */
    record Operation(String service, String name, JsonObject request) {
        boolean ofStepFunctions() {
            return service.equals("stepfunctions");
        }

        /** Tells whether it changes nothing, so that a recording may leave repetitions out. */
        boolean reads() {
            return (name.startsWith("Get") && !name.equals("GetActivityTask"))
                    || name.startsWith("Describe")
                    || name.startsWith("List");
        }
    }

    static Recording read(Path file) {
        try {
            var json = (JsonObject) Json.parse(Files.readString(file));
            var name = file.getFileName().toString().replaceFirst("\\.json$", "");
            return new Recording(
                    name,
                    LocalDate.parse(string(json, "recorded").substring(0, 10), DAY),
                    json.has("note"),
                    objects(json, "functions"),
                    objects(json, "operations").stream().map(Recording::operation).toList(),
                    (JsonObject) json.get("aws").orElse(JsonObject.EMPTY));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the recording " + file, e);
        }
    }

    List<Operation> calls() {
        return operations.stream().filter(Operation::ofStepFunctions).toList();
    }

    /** Returns the input that the first recorded execution was started with. */
    Optional<Json> firstInput() {
        return aws.values().stream()
                .filter(JsonObject.class::isInstance)
                .flatMap(answer -> History.events((JsonObject) answer).stream())
                .flatMap(event -> object(event, "executionStartedEventDetails").stream())
                .flatMap(details -> details.get("input").stream())
                .findFirst();
    }

    static String string(JsonObject object, String member) {
        return object.get(member).orElse(Json.NULL) instanceof JsonString(var text) ? text : "";
    }

    static Optional<JsonObject> object(JsonObject object, String member) {
        return object.get(member).filter(JsonObject.class::isInstance).map(JsonObject.class::cast);
    }

    static List<JsonObject> objects(JsonObject object, String member) {
        return object.get(member).orElse(JsonArray.EMPTY) instanceof JsonArray array
                ? array.elements().stream()
                        .filter(JsonObject.class::isInstance)
                        .map(JsonObject.class::cast)
                        .toList()
                : List.of();
    }

    private static Operation operation(JsonObject json) {
        return new Operation(
                string(json, "service"),
                string(json, "operation"),
                object(json, "request").orElse(JsonObject.EMPTY));
    }
}
