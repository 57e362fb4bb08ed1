package dev.gradus.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gradus.asl.Diagnostic;
import dev.gradus.asl.MachineType;
import dev.gradus.engine.EventType;
import dev.gradus.engine.ExecutionState;
import dev.gradus.runtime.ErrorShape;
import dev.gradus.runtime.StateMachineView;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Holds all that the wire says against three models of AWS: what its SDK for Java has (members and
 * types, in {@link CompletenessTest}), what the model files of the SDK before it say (lengths,
 * patterns, enums, errors), and what its client for JavaScript says (what is required). A new
 * member or operation of one of them fails the build when its version is raised.
 */
class ExactnessTest {
    /** Members of requests that are younger than the model files; their SDK ended in 2025. */
    private static final Set<String> NEWER =
            new TreeSet<>(
                    Set.of(
                            "TestStateInput.context",
                            "TestStateInput.mock",
                            "TestStateInput.stateConfiguration",
                            "TestStateInput.stateName",
                            "TestStateInput.variables",
                            "ValidateStateMachineDefinitionInput.maxResults",
                            "ValidateStateMachineDefinitionInput.severity"));

    /** Shapes of errors that are of every service of AWS, or of the protocol. */
    private static final Set<String> COMMON =
            Set.of(
                    "AccessDeniedException",
                    "ExpiredTokenException",
                    "IncompleteSignatureException",
                    "InternalServerError",
                    "InvalidSignatureException",
                    "MissingAuthenticationTokenException",
                    "SerializationException",
                    "ServiceUnavailable",
                    "ThrottlingException",
                    "UnknownOperationException",
                    "UnrecognizedClientException");

    private final Wire wire = new Wire();

    static Set<String> operations() {
        return new TreeSet<>(CompletenessTest.table().keySet());
    }

    static List<Shape<?>> requestShapes() {
        var shapes = new ArrayList<Shape<?>>();
        operations().forEach(name -> collect(shapeOf(name), shapes));
        return shapes;
    }

    private static Shape<?> shapeOf(String operation) {
        var known = CompletenessTest.table().get(operation);
        if (known == null) {
            throw new AssertionError("there is no operation " + operation);
        }
        return known.shape();
    }

    private static void collect(Shape<?> shape, List<Shape<?>> found) {
        if (found.stream().noneMatch(each -> each.name().equals(shape.name()))) {
            found.add(shape);
            shape.members().forEach(member -> collect(member.type(), found));
        }
    }

    private static void collect(MemberType<?> type, List<Shape<?>> found) {
        if (type instanceof MemberType.Structure<?> structure) {
            collect(structure.shape(), found);
        } else if (type instanceof MemberType.ListOf<?> list) {
            collect(list.element(), found);
        }
    }

    @Test
    void everyOperationIsHereAndNoOther() {
        assertThat(operations())
                .hasSize(37)
                .containsExactlyInAnyOrderElementsOf(AwsModel.operations());
    }

    @Test
    void theModelsKnowTheSameOperations() {
        for (var operation : AwsModel.operations()) {
            assertThat(ClientModel.shapes()).contains(operation + "Input", operation + "Output");
        }
        assertThat(ClientModel.shapes().stream().filter(name -> name.endsWith("Input")))
                .hasSize(AwsModel.operations().size() + 1) // MockInput is no request
                .contains("MockInput");
    }

    @Test
    void theSyncHostPrefixIsOfTwoOperations() {
        assertThat(
                        AwsModel.operations().stream()
                                .filter(it -> !AwsModel.hostPrefixOf(it).isEmpty()))
                .containsExactly("StartSyncExecution", "TestState")
                .allMatch(it -> AwsModel.hostPrefixOf(it).equals("sync-"));
    }

    @ParameterizedTest
    @MethodSource("requestShapes")
    void everyShapeOfARequestHasTheMembersAndRequiresTheSame(Shape<?> shape) {
        assertThat(shape.members().stream().map(Member::name))
                .containsExactlyInAnyOrderElementsOf(ClientModel.members(shape.name()));
        assertThat(shape.members().stream().filter(Member::required).map(Member::name))
                .containsExactlyInAnyOrderElementsOf(ClientModel.required(shape.name()));
    }

    @Test
    void everyMemberOfARequestHasTheTypeAndTheLimits() {
        var newer = new TreeSet<String>();
        for (var shape : requestShapes()) {
            if (!AwsModel.knows(shape.name())) {
                continue; // only a newer member leads to it
            }
            assertThat(shape.members().stream().map(Member::name))
                    .as(shape.name())
                    .containsAll(AwsModel.members(shape.name()));
            for (var member : shape.members()) {
                var place = shape.name() + "." + member.name();
                if (AwsModel.members(shape.name()).contains(member.name())) {
                    compare(place, member.type(), AwsModel.shapeOf(shape.name(), member.name()));
                } else {
                    newer.add(place);
                }
            }
        }
        assertThat(newer).isEqualTo(NEWER);
    }

    private static void compare(String place, MemberType<?> type, String aws) {
        assertThat(Declared.of(type)).as(place).isEqualTo(AwsModel.declared(aws).normal());
        switch (type) {
            case MemberType.Structure<?> structure ->
                    assertThat(structure.shape().name()).as(place).isEqualTo(aws);
            case MemberType.ListOf<?> list ->
                    compare(place + "[]", list.element(), AwsModel.elementOf(aws));
            default -> {}
        }
    }

    @ParameterizedTest
    @MethodSource("operations")
    void everyAnswerHasWhatIsRequiredAndNothingElse(String operation) {
        var request = CompletenessTest.requests().get(operation);
        assertThat(request).as("a request of " + operation).isNotNull();

        var body = wire.call(operation, String.valueOf(request)).body();

        assertThat(complaints(JsonMapper.shared().readTree(body), operation + "Output"))
                .as(body)
                .isEmpty();
    }

    /** What AWS's model would not let an answer say. */
    static List<String> complaints(JsonNode answer, String shape) {
        var complaints = new ArrayList<String>();
        structure(answer, shape, complaints);
        return complaints;
    }

    private static void structure(JsonNode value, String shape, List<String> complaints) {
        for (var required : ClientModel.required(shape)) {
            if (!value.has(required)) {
                complaints.add(shape + " needs " + required);
            }
        }
        value.forEachEntry((name, member) -> {
            if (!ClientModel.members(shape).contains(name)) {
                complaints.add(shape + " has no " + name);
            } else if (AwsModel.knows(shape) && AwsModel.members(shape).contains(name)) {
                value(member, AwsModel.shapeOf(shape, name), shape + "." + name, complaints);
            }
        });
    }

    private static void value(JsonNode value, String shape, String place, List<String> complaints) {
        var declared = AwsModel.declared(shape);
        var values = ClientModel.enums().getOrDefault(shape, declared.values());
        var fits =
                switch (declared.type()) {
                    case "structure" -> {
                        structure(value, shape, complaints);
                        yield value.isObject();
                    }
                    case "list" -> {
                        value.forEach(element ->
                                value(element, AwsModel.elementOf(shape), place, complaints));
                        yield value.isArray() && within(value.size(), declared);
                    }
                    case "string" ->
                            value.isString()
                                    && within(value.asString().length(), declared)
                                    && (values.isEmpty() || values.contains(value.asString()));
                    case "boolean" -> value.isBoolean();
                    case "timestamp", "float" -> value.isNumber();
                    case "integer", "long" ->
                            value.isIntegralNumber() && within(value.asLong(), declared);
                    default -> throw new AssertionError("a type of no answer: " + declared);
                };
        if (!fits) {
            complaints.add(place + " is " + value + ", no " + declared);
        }
    }

    private static boolean within(long measure, Declared declared) {
        return declared.min().filter(min -> measure < min).isEmpty()
                && declared.max().filter(max -> measure > max).isEmpty();
    }

    @Test
    void everyErrorIsThereWithItsMembers() throws ReflectiveOperationException {
        var ours =
                Arrays.stream(ErrorShape.values())
                        .filter(shape -> !COMMON.contains(shape.name()))
                        .toList();

        assertThat(ours.stream().map(ErrorShape::name))
                .containsExactlyInAnyOrderElementsOf(AwsModel.errors())
                .containsExactlyInAnyOrderElementsOf(ClientModel.errors().keySet());
        for (var shape : ours) {
            assertThat(shape.members())
                    .as(shape.name())
                    .isEqualTo(ClientModel.errors().get(shape.name()))
                    .isEqualTo(ofSdk(shape.name()));
            assertThat(shape.httpStatus()).isEqualTo(400);
        }
    }

    /** The members beside the message that the SDK's exception of this error has. */
    private static Set<String> ofSdk(String error) throws ReflectiveOperationException {
        var name = error.endsWith("Exception") ? error : error + "Exception";
        var exception = Class.forName("software.amazon.awssdk.services.sfn.model." + name);
        var builder = (SdkPojo) exception.getMethod("builder").invoke(null);
        return builder.sdkFields().stream()
                .map(SdkField::locationName)
                .filter(member -> !member.equals("message"))
                .collect(Collectors.toSet());
    }

    @Test
    void everyEnumOfAnAnswerHasTheValuesOfAws() {
        assertThat(names(EventType.values(), EventType::text))
                .isEqualTo(ClientModel.enums().get("HistoryEventType"));
        assertThat(names(MachineType.values(), Enum::name))
                .isEqualTo(ClientModel.enums().get("StateMachineType"));
        assertThat(names(StateMachineView.Status.values(), Enum::name))
                .isEqualTo(ClientModel.enums().get("StateMachineStatus"));
        assertThat(names(Diagnostic.Severity.values(), Enum::name))
                .isEqualTo(ClientModel.enums().get("ValidateStateMachineDefinitionSeverity"));
        assertThat(ClientModel.enums().get("ExecutionStatus"))
                .containsAll(names(ExecutionState.Status.values(), Enum::name));
    }

    @Test
    void theModelFilesKnowNoEnumValueThatTheNewestClientDoesNot() {
        ClientModel.enums()
                .forEach((name, values) -> {
                    if (AwsModel.knows(name)) {
                        assertThat(values).as(name).containsAll(AwsModel.values(name));
                    }
                });
    }

    private static <E> Set<String> names(E[] values, java.util.function.Function<E, String> name) {
        return Stream.of(values).map(name).collect(Collectors.toCollection(TreeSet::new));
    }
}
