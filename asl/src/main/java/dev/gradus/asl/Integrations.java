package dev.gradus.asl;

import dev.gradus.asl.TaskResource.Pattern;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The optimized service integrations of AWS: which actions exist, with which patterns, and what
 * each cannot do without.
 *
 * <p>Source: the table of optimized integrations in AWS's developer guide; required parameters as
 * measured by others with ValidateStateMachineDefinition in September 2026. That an action is
 * listed says that AWS knows it, not that this server can perform it.
 */
final class Integrations {
    private static final Map<String, Map<String, Set<Pattern>>> ACTIONS = new HashMap<>();

    private static final Map<String, List<String>> REQUIRED =
            Map.ofEntries(
                    Map.entry("lambda:invoke", List.of("FunctionName")),
                    Map.entry("sqs:sendMessage", List.of("QueueUrl", "MessageBody")),
                    Map.entry("sns:publish", List.of("Message")),
                    Map.entry("dynamodb:putItem", List.of("TableName", "Item")),
                    Map.entry("dynamodb:getItem", List.of("TableName", "Key")),
                    Map.entry("states:startExecution", List.of("StateMachineArn")),
                    Map.entry("events:putEvents", List.of("Entries")),
                    Map.entry("ecs:runTask", List.of("TaskDefinition")),
                    Map.entry("glue:startJobRun", List.of("JobName")));

    static {
        add("lambda", "invoke", Pattern.WAIT_FOR_TASK_TOKEN);
        add("sqs", "sendMessage", Pattern.WAIT_FOR_TASK_TOKEN);
        add("sns", "publish", Pattern.WAIT_FOR_TASK_TOKEN);
        add("events", "putEvents", Pattern.WAIT_FOR_TASK_TOKEN);
        add("dynamodb", "getItem putItem updateItem deleteItem");
        add("states", "startExecution", Pattern.SYNC, Pattern.SYNC_2, Pattern.WAIT_FOR_TASK_TOKEN);
        add("apigateway", "invoke", Pattern.WAIT_FOR_TASK_TOKEN);
        add("http", "invoke");
        add("ecs", "runTask", Pattern.SYNC, Pattern.WAIT_FOR_TASK_TOKEN);
        add("batch", "submitJob", Pattern.SYNC);
        add("glue", "startJobRun", Pattern.SYNC);
        add("databrew", "startJobRun", Pattern.SYNC);
        add("mediaconvert", "createJob", Pattern.SYNC);
        add("athena", "startQueryExecution", Pattern.SYNC);
        add("athena", "stopQueryExecution getQueryExecution getQueryResults");
        add("codebuild", "startBuild startBuildBatch retryBuildBatch", Pattern.SYNC);
        add(
                "codebuild",
                "stopBuild batchDeleteBuilds batchGetReports stopBuildBatch deleteBuildBatch");
        add(
                "sagemaker",
                "createHyperParameterTuningJob createLabelingJob createProcessingJob"
                        + " createTrainingJob createTransformJob",
                Pattern.SYNC);
        add("sagemaker", "createEndpoint createEndpointConfig createModel updateEndpoint");
        add("elasticmapreduce", "createCluster terminateCluster addStep", Pattern.SYNC);
        add(
                "elasticmapreduce",
                "setClusterTerminationProtection cancelStep modifyInstanceFleetByName"
                        + " modifyInstanceGroupByName");
        add("emr-containers", "deleteVirtualCluster startJobRun", Pattern.SYNC);
        add("emr-containers", "createVirtualCluster");
        add(
                "emr-serverless",
                "createApplication startApplication stopApplication deleteApplication"
                        + " startJobRun cancelJobRun",
                Pattern.SYNC);
        add(
                "eks",
                "createCluster deleteCluster createFargateProfile deleteFargateProfile"
                        + " createNodegroup deleteNodegroup",
                Pattern.SYNC);
        add("eks", "runJob", Pattern.SYNC, Pattern.WAIT_FOR_TASK_TOKEN);
        add("eks", "call", Pattern.WAIT_FOR_TASK_TOKEN);
        add("bedrock", "invokeModel", Pattern.WAIT_FOR_TASK_TOKEN);
        add("bedrock", "createModelCustomizationJob", Pattern.SYNC, Pattern.WAIT_FOR_TASK_TOKEN);
        add("bedrockagentcore", "invokeHarness");
    }

    private Integrations() {}

    /** Tells whether AWS has the optimized integration, and with that pattern. */
    static boolean has(String service, String action, Pattern pattern) {
        return ACTIONS.getOrDefault(service, Map.of())
                .getOrDefault(action, Set.of())
                .contains(pattern);
    }

    /**
     * Returns the parameters that AWS asks for at creation, none for an integration of which that
     * is not known.
     */
    static List<String> requiredParameters(TaskResource.Service resource) {
        return REQUIRED.getOrDefault(resource.service() + ":" + resource.action(), List.of());
    }

    private static void add(String service, String actions, Pattern... more) {
        var patterns = EnumSet.of(Pattern.REQUEST_RESPONSE, more);
        var known = ACTIONS.computeIfAbsent(service, _ -> new HashMap<>());
        for (var action : actions.split(" ", -1)) {
            known.put(action, patterns);
        }
    }
}
