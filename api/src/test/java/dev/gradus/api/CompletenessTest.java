package dev.gradus.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.traits.MapTrait;
import software.amazon.awssdk.services.sfn.SfnClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Holds our operations against AWS's own model of them, as its Java SDK carries it. */
class CompletenessTest {
    private static final String MODEL = "software.amazon.awssdk.services.sfn.model.";

    /** Members of answers that no answer of this release can hold. */
    private static final Set<String> LATER =
            Set.of(
                    "DescribeStateMachine.label",
                    "DescribeStateMachineForExecution.label",
                    "DescribeStateMachineForExecution.mapRunArn",
                    "DescribeExecution.mapRunArn",
                    "ListExecutions.executions.itemCount",
                    "ListExecutions.executions.mapRunArn",
                    "EncryptionConfiguration.kmsKeyId",
                    "EncryptionConfiguration.kmsDataKeyReusePeriodSeconds");

    /** The Java SDK does not say what is required; AWS's API reference does. */
    private static final Map<String, Set<String>> REQUIRED =
            Map.ofEntries(
                    Map.entry("CreateStateMachineInput", Set.of("name", "definition", "roleArn")),
                    Map.entry("DescribeStateMachineInput", Set.of("stateMachineArn")),
                    Map.entry("UpdateStateMachineInput", Set.of("stateMachineArn")),
                    Map.entry("DeleteStateMachineInput", Set.of("stateMachineArn")),
                    Map.entry("DescribeStateMachineForExecutionInput", Set.of("executionArn")),
                    Map.entry("ValidateStateMachineDefinitionInput", Set.of("definition")),
                    Map.entry("StartExecutionInput", Set.of("stateMachineArn")),
                    Map.entry("StartSyncExecutionInput", Set.of("stateMachineArn")),
                    Map.entry("DescribeExecutionInput", Set.of("executionArn")),
                    Map.entry("RedriveExecutionInput", Set.of("executionArn")),
                    Map.entry("DescribeMapRunInput", Set.of("mapRunArn")),
                    Map.entry("ListMapRunsInput", Set.of("executionArn")),
                    Map.entry("UpdateMapRunInput", Set.of("mapRunArn")),
                    Map.entry("StopExecutionInput", Set.of("executionArn")),
                    Map.entry("GetExecutionHistoryInput", Set.of("executionArn")),
                    Map.entry("CreateActivityInput", Set.of("name")),
                    Map.entry("DescribeActivityInput", Set.of("activityArn")),
                    Map.entry("DeleteActivityInput", Set.of("activityArn")),
                    Map.entry("GetActivityTaskInput", Set.of("activityArn")),
                    Map.entry("SendTaskSuccessInput", Set.of("taskToken", "output")),
                    Map.entry("SendTaskFailureInput", Set.of("taskToken")),
                    Map.entry("SendTaskHeartbeatInput", Set.of("taskToken")),
                    Map.entry("PublishStateMachineVersionInput", Set.of("stateMachineArn")),
                    Map.entry("ListStateMachineVersionsInput", Set.of("stateMachineArn")),
                    Map.entry("DeleteStateMachineVersionInput", Set.of("stateMachineVersionArn")),
                    Map.entry(
                            "CreateStateMachineAliasInput", Set.of("name", "routingConfiguration")),
                    Map.entry("DescribeStateMachineAliasInput", Set.of("stateMachineAliasArn")),
                    Map.entry("UpdateStateMachineAliasInput", Set.of("stateMachineAliasArn")),
                    Map.entry("DeleteStateMachineAliasInput", Set.of("stateMachineAliasArn")),
                    Map.entry("ListStateMachineAliasesInput", Set.of("stateMachineArn")),
                    Map.entry(
                            "RoutingConfigurationListItem",
                            Set.of("stateMachineVersionArn", "weight")),
                    Map.entry("TagResourceInput", Set.of("resourceArn", "tags")),
                    Map.entry("UntagResourceInput", Set.of("resourceArn", "tagKeys")),
                    Map.entry("ListTagsForResourceInput", Set.of("resourceArn")),
                    Map.entry("TestStateInput", Set.of("definition")),
                    Map.entry("EncryptionConfiguration", Set.of("type")));

    private final Wire wire = new Wire();

    static Set<String> operations() {
        return new TreeSet<>(requests().keySet());
    }

    /** A valid request of each operation. */
    static Map<String, String> requests() {
        var byMachine = "{\"stateMachineArn\":\"" + Wire.MACHINE + "\"}";
        var byExecution = "{\"executionArn\":\"" + Wire.EXECUTION + "\"}";
        var byMapRun =
                "{\"mapRunArn\":\""
                        + Wire.MACHINE.replace(":stateMachine:", ":mapRun:")
                        + "/label:id\"}";
        var byActivity = "{\"activityArn\":\"" + Wire.ACTIVITY + "\"}";
        var requests = new TreeMap<String, String>();
        requests.put(
                "CreateStateMachine",
                "{\"name\":\"m\",\"definition\":\"{}\","
                        + "\"roleArn\":\"arn:aws:iam::123456789012:role/r\",\"publish\":true}");
        requests.put(
                "UpdateStateMachine",
                byMachine.replace("}", ",\"definition\":\"{}\",\"publish\":true}"));
        requests.put("DescribeStateMachine", byMachine.replace("\"}", ":1\"}"));
        versionsAndTags(byMachine, requests);
        requests.put("DeleteStateMachine", byMachine);
        requests.put("ListStateMachines", "{}");
        requests.put("DescribeStateMachineForExecution", byExecution);
        requests.put("ValidateStateMachineDefinition", "{\"definition\":\"{}\"}");
        requests.put("StartExecution", byMachine);
        requests.put("StartSyncExecution", byMachine);
        requests.put("DescribeExecution", byExecution);
        requests.put("StopExecution", byExecution);
        requests.put("RedriveExecution", byExecution);
        requests.put("DescribeMapRun", byMapRun);
        requests.put("ListMapRuns", byExecution);
        requests.put("UpdateMapRun", byMapRun.replace("}", ",\"maxConcurrency\":1}"));
        requests.put("ListExecutions", byMachine);
        requests.put("GetExecutionHistory", byExecution);
        requests.put("CreateActivity", "{\"name\":\"a\"}");
        requests.put("DescribeActivity", byActivity);
        requests.put("ListActivities", "{}");
        requests.put("DeleteActivity", byActivity);
        requests.put("GetActivityTask", byActivity);
        requests.put("SendTaskSuccess", "{\"taskToken\":\"t\",\"output\":\"1\"}");
        requests.put("SendTaskFailure", "{\"taskToken\":\"t\"}");
        requests.put("SendTaskHeartbeat", "{\"taskToken\":\"t\"}");
        requests.put("TestState", "{\"definition\":\"{}\",\"inspectionLevel\":\"TRACE\"}");
        return requests;
    }

    private static void versionsAndTags(String byMachine, Map<String, String> requests) {
        var byVersion = "{\"stateMachineVersionArn\":\"" + Wire.MACHINE + ":1\"";
        var byAlias = "{\"stateMachineAliasArn\":\"" + Wire.MACHINE + ":live\"}";
        var byResource = "{\"resourceArn\":\"" + Wire.MACHINE + "\"}";
        requests.put("PublishStateMachineVersion", byMachine);
        requests.put("ListStateMachineVersions", byMachine);
        requests.put("DeleteStateMachineVersion", byVersion + "}");
        requests.put(
                "CreateStateMachineAlias",
                "{\"name\":\"live\",\"routingConfiguration\":[" + byVersion + ",\"weight\":100}]}");
        requests.put("DescribeStateMachineAlias", byAlias);
        requests.put("UpdateStateMachineAlias", byAlias.replace("}", ",\"description\":\"d\"}"));
        requests.put("DeleteStateMachineAlias", byAlias);
        requests.put("ListStateMachineAliases", byMachine);
        requests.put("TagResource", byResource.replace("}", ",\"tags\":[]}"));
        requests.put("UntagResource", byResource.replace("}", ",\"tagKeys\":[\"k\"]}"));
        requests.put("ListTagsForResource", byResource);
    }

    @Test
    void knowsEveryOperationOfTheSdk() {
        var sdk =
                Arrays.stream(SfnClient.class.getMethods())
                        .map(Method::getReturnType)
                        .map(Class::getSimpleName)
                        .filter(name -> name.endsWith("Response"))
                        .map(name -> name.substring(0, name.length() - "Response".length()))
                        .collect(Collectors.toCollection(TreeSet::new));
        assertThat(table().keySet()).isEqualTo(sdk).isEqualTo(requests().keySet()).hasSize(37);
    }

    @ParameterizedTest
    @MethodSource("operations")
    void declaresTheMembersOfTheRequest(String operation) throws ReflectiveOperationException {
        compare(table(operation).shape(), empty(operation + "Request"));
    }

    private static void compare(Shape<?> shape, SdkPojo sdk) throws ReflectiveOperationException {
        assertThat(shape.members().stream().map(Member::name))
                .as(shape.name())
                .containsExactlyInAnyOrderElementsOf(
                        sdk.sdkFields().stream().map(SdkField::locationName).toList());
        for (var field : sdk.sdkFields()) {
            var member = shape.members().get(shape.position(field.locationName()));
            assertThat(member.required())
                    .as(shape.name() + "." + member.name())
                    .isEqualTo(
                            REQUIRED.getOrDefault(shape.name(), Set.of()).contains(member.name()));
            compare(member.type(), field, sdk);
        }
    }

    private static void compare(MemberType<?> type, SdkField<?> field, SdkPojo owner)
            throws ReflectiveOperationException {
        var sdkType = field.marshallingType().getTargetClass().getSimpleName();
        switch (type) {
            case MemberType.Text _ -> {
                assertThat(sdkType).as(field.locationName()).isEqualTo("String");
                assertThat(enumOf(field, owner)).as(field.locationName()).isEmpty();
            }
            case MemberType.Choice<?> choice ->
                    assertThat(choice.shown())
                            .as(field.locationName())
                            .containsExactlyInAnyOrderElementsOf(enumOf(field, owner));
            case MemberType.Whole _ -> assertThat(sdkType).isEqualTo("Integer");
            case MemberType.Count _ -> assertThat(sdkType).isEqualTo("Long");
            case MemberType.Fraction _ -> assertThat(sdkType).isEqualTo("Float");
            case MemberType.Flag _ -> assertThat(sdkType).isEqualTo("Boolean");
            case MemberType.Structure<?> structure ->
                    compare(structure.shape(), field.constructor().get());
            case MemberType.ListOf<?> list ->
                    compare(
                            list.element(),
                            field.getTrait(ListTrait.class).memberFieldInfo(),
                            owner);
        }
    }

    /** The values of a member that is an enum in the SDK; none for another. */
    private static List<String> enumOf(SdkField<?> field, SdkPojo owner)
            throws ReflectiveOperationException {
        var methods = Arrays.stream(ownerClass(owner).getMethods()).toList();
        if (methods.stream()
                .noneMatch(m -> m.getName().equals(field.locationName() + "AsString"))) {
            return List.of();
        }
        var type = ownerClass(owner).getMethod(field.locationName()).getReturnType();
        return Arrays.stream(type.getEnumConstants())
                .map(Object::toString)
                .filter(value -> !value.equals("null"))
                .toList();
    }

    /** A structure's SDK field constructs its builder: the class around it has the accessors. */
    private static Class<?> ownerClass(SdkPojo owner) {
        var outer = owner.getClass().getEnclosingClass();
        return outer == null ? owner.getClass() : outer;
    }

    @ParameterizedTest
    @MethodSource("operations")
    void answersWithTheMembersOfTheResponse(String operation) throws ReflectiveOperationException {
        var response = wire.call(operation, requests().getOrDefault(operation, ""));
        assertThat(response.status()).as(response.body()).isEqualTo(200);

        compare(
                JsonMapper.shared().readTree(response.body()),
                operation,
                empty(operation + "Response"));
    }

    private static void compare(JsonNode json, String path, SdkPojo sdk) {
        var fields =
                sdk.sdkFields().stream()
                        .collect(Collectors.toMap(SdkField::locationName, field -> field));
        assertThat(fields.keySet()).as(path).containsAll(json.propertyNames());
        for (var field : sdk.sdkFields()) {
            var name = field.locationName();
            var value = json.get(name);
            if (value == null) {
                var later =
                        LATER.contains(path + "." + name)
                                || LATER.contains(ownerClass(sdk).getSimpleName() + "." + name)
                                || (path.equals("GetExecutionHistory.events")
                                        && name.endsWith("EventDetails"));
                assertThat(later).as("answered: " + path + "." + name).isTrue();
            } else {
                compare(value, path + "." + name, field);
            }
        }
    }

    private static void compare(JsonNode value, String path, SdkField<?> field) {
        switch (field.marshallingType().getTargetClass().getSimpleName()) {
            case "String" -> assertThat(value.isString()).as(path).isTrue();
            case "Boolean" -> assertThat(value.isBoolean()).as(path).isTrue();
            case "Integer", "Long" -> assertThat(value.isIntegralNumber()).as(path).isTrue();
            case "Float" -> assertThat(value.isFloatingPointNumber()).as(path).isTrue();
            case "Instant" -> assertThat(value.isNumber()).as(path).isTrue();
            case "SdkPojo" -> compare(value, path, field.constructor().get());
            case "List" -> {
                assertThat(value.isArray()).as(path).isTrue();
                var element = field.getTrait(ListTrait.class).memberFieldInfo();
                value.forEach(each -> compare(each, path, element));
            }
            case "Map" -> {
                assertThat(value.isObject()).as(path).isTrue();
                var values = field.getTrait(MapTrait.class).valueFieldInfo();
                value.forEach(each -> compare(each, path, values));
            }
            default -> throw new AssertionError("a type that no answer has yet: " + path);
        }
    }

    private static SdkPojo empty(String name) throws ReflectiveOperationException {
        var builder = Class.forName(MODEL + name).getMethod("builder").invoke(null);
        return (SdkPojo) builder;
    }

    static Map<String, Operation<?>> table() {
        return new Operations(
                        new CannedService(), new PageTokens(new byte[32], InstantSource.system()))
                .byName();
    }

    private static Operation<?> table(String operation) {
        return new Operations(
                        new CannedService(), new PageTokens(new byte[32], InstantSource.system()))
                .find("AWSStepFunctions." + operation);
    }
}
