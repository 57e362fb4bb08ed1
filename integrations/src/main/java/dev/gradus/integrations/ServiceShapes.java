package dev.gradus.integrations;

import dev.gradus.asl.TaskResource;
import dev.gradus.asl.TaskResource.Pattern;
import dev.gradus.expressions.Json;
import dev.gradus.expressions.JsonArray;
import dev.gradus.expressions.JsonNumber;
import dev.gradus.expressions.JsonObject;
import dev.gradus.expressions.JsonString;
import dev.gradus.runtime.spi.ResultShape;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Supplier;

/**
 * What services answer with, as AWS's models of them say; for the services whose models come with
 * this release. Member names are those that a Task sees: they begin with a capital letter.
 *
 * <p>The models are read when a service is first asked for. Safe for many threads: the map is
 * guarded by this object.
 */
final class ServiceShapes {
    private static final String AWS_SDK = "aws-sdk:";

    /** The name among the SDK integrations of services whose optimized integration has another. */
    private static final Map<String, String> SDK_NAMES =
            Map.of("states", "sfn", "events", "eventbridge");

    private static final Set<String> SERVICES =
            Set.of(
                    "dynamodb",
                    "eventbridge",
                    "kms",
                    "lambda",
                    "s3",
                    "secretsmanager",
                    "sfn",
                    "sns",
                    "sqs",
                    "ssm");

    private final Map<String, Model> models = new HashMap<>();

    /** One service: both members by name, as they were read. */
    private record Model(JsonObject operations, JsonObject shapes) {}

    /**
     * Returns the shape of what a Task gets from a resource. Empty for what answers freely (Lambda
     * functions, activities, callbacks) and for services whose model is not known.
     */
    Optional<ResultShape> of(TaskResource resource) {
        return switch (resource) {
            case TaskResource.LambdaFunction _, TaskResource.Activity _ -> Optional.empty();
            case TaskResource.Service service ->
                    switch (service.pattern()) {
                        case REQUEST_RESPONSE -> requestResponse(service);
                        case SYNC, SYNC_2 -> job(service);
                        case WAIT_FOR_TASK_TOKEN -> Optional.empty();
                    };
        };
    }

    private Optional<ResultShape> requestResponse(TaskResource.Service service) {
        var token = service.service();
        if (token.startsWith(AWS_SDK)) {
            return shape(token.substring(AWS_SDK.length()), service.action());
        }
        var shape = shape(SDK_NAMES.getOrDefault(token, token), service.action());
        // What the function returned is parsed already.
        return token.equals("lambda") ? shape.map(it -> freely(it, Set.of("Payload"))) : shape;
    }

    /** A job's last description is checked, and that of a nested execution is known. */
    private Optional<ResultShape> job(TaskResource.Service service) {
        if (!service.service().equals("states")) {
            return Optional.empty();
        }
        var described = shape("sfn", "describeExecution");
        return service.pattern() == Pattern.SYNC_2 // Both are parsed then.
                ? described.map(it -> freely(it, Set.of("Input", "Output")))
                : described;
    }

    private static ResultShape freely(ResultShape shape, Set<String> members) {
        if (!(shape instanceof ResultShape.Structure structure)) {
            return shape;
        }
        var free = new LinkedHashMap<>(structure.members());
        members.forEach(name -> free.replace(name, ResultShape.Anything::new));
        return new ResultShape.Structure(free, structure.required());
    }

    private Optional<ResultShape> shape(String service, String action) {
        return model(service)
                .flatMap(model ->
                        model.operations()
                                .get(action)
                                .map(name -> shape(model, ((JsonString) name).value())));
    }

    private synchronized Optional<Model> model(String service) {
        return SERVICES.contains(service)
                ? Optional.of(models.computeIfAbsent(service, ServiceShapes::read))
                : Optional.empty();
    }

    private static Model read(String service) {
        var name = "shapes/" + service + ".json";
        try (var resource = ServiceShapes.class.getResourceAsStream(name)) {
            if (resource == null) {
                throw new IllegalStateException("the resource " + name + " is missing");
            }
            var json = (JsonObject) Json.parse(resource.readAllBytes());
            return new Model(object(json, "operations"), object(json, "shapes"));
        } catch (IOException broken) {
            throw new UncheckedIOException("cannot read the resource " + name, broken);
        }
    }

    // One shape

    private static ResultShape shape(Model model, String name) {
        return switch (name) {
            case ":any" -> new ResultShape.Anything();
            case ":string" -> new ResultShape.Text(Set.of());
            case ":boolean" -> new ResultShape.Flag();
            case ":number" ->
                    new ResultShape.Numeric(OptionalDouble.empty(), OptionalDouble.empty());
            default -> named(model, object(model.shapes(), name));
        };
    }

    private static ResultShape named(Model model, JsonObject shape) {
        var kind = shape.names().getFirst();
        var value = shape.value(0);
        return switch (kind) {
            case "enum" -> new ResultShape.Text(new HashSet<>(texts((JsonArray) value)));
            case "number" ->
                    new ResultShape.Numeric(
                            bound((JsonArray) value, 0), bound((JsonArray) value, 1));
            case "blob" ->
                    new ResultShape.Blob(bound((JsonArray) value, 0), bound((JsonArray) value, 1));
            case "list" -> new ResultShape.ListOf(target(model, value));
            case "map" -> new ResultShape.MapOf(target(model, value));
            case "structure" -> structure(model, shape);
            default -> throw new IllegalStateException("a kind of shape that is new: " + kind);
        };
    }

    private static ResultShape structure(Model model, JsonObject shape) {
        var members = new LinkedHashMap<String, Supplier<ResultShape>>();
        for (var member : object(shape, "structure")) {
            members.put(member.name(), target(model, member.value()));
        }
        return new ResultShape.Structure(
                members, texts((JsonArray) shape.get("required").orElse(JsonArray.EMPTY)));
    }

    /** Shapes may hold themselves: each is made when it is asked for. */
    private static Supplier<ResultShape> target(Model model, Json name) {
        var text = ((JsonString) name).value();
        return () -> shape(model, text);
    }

    private static OptionalDouble bound(JsonArray bounds, int index) {
        return bounds.get(index) instanceof JsonNumber number
                ? OptionalDouble.of(number.doubleValue())
                : OptionalDouble.empty();
    }

    private static List<String> texts(JsonArray array) {
        return array.elements().stream().map(each -> ((JsonString) each).value()).toList();
    }

    private static JsonObject object(JsonObject parent, String member) {
        return (JsonObject)
                parent.get(member)
                        .orElseThrow(
                                () -> new IllegalStateException("no '" + member + "' in a model"));
    }
}
