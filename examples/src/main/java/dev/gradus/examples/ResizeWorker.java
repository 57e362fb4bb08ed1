package dev.gradus.examples;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.protocols.jsoncore.JsonNode;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.GetActivityTaskResponse;
import software.amazon.awssdk.services.sfn.model.TaskTimedOutException;

/**
 * An activity worker with the AWS SDK for Java: asks for tasks, says that it is alive, and sends
 * each result back.
 *
 * <p>It "resizes" images by name only. Nothing here knows of Gradus: where it connects to is the
 * SDK's own setting, {@code AWS_ENDPOINT_URL}.
 */
public final class ResizeWorker {
    /** A poll is answered after 60 seconds at the latest; the SDK's own limit must be longer. */
    private static final Duration POLL = Duration.ofSeconds(70);

    private final SfnClient sfn;
    private final String activityArn;

    /** Works for one activity. */
    public ResizeWorker(SfnClient sfn, String activityArn) {
        this.sfn = sfn;
        this.activityArn = activityArn;
    }

    /** Connects as the environment says: endpoint, region and credentials. */
    public static SfnClient client(Optional<URI> endpoint) {
        var client =
                SfnClient.builder()
                        .httpClientBuilder(UrlConnectionHttpClient.builder().socketTimeout(POLL))
                        .overrideConfiguration(settings -> settings.apiCallAttemptTimeout(POLL));
        endpoint.ifPresent(client::endpointOverride);
        return client.build();
    }

    /** Works until told to stop; returns how many tasks it has done. */
    public int work(BooleanSupplier goOn) {
        int done = 0;
        while (goOn.getAsBoolean()) {
            var task =
                    sfn.getActivityTask(
                            poll -> poll.activityArn(activityArn).workerName("resizer"));
            if (task.taskToken() != null && !task.taskToken().isEmpty()) {
                answer(task);
                done++;
            }
        }
        return done;
    }

    private void answer(GetActivityTaskResponse task) {
        try {
            // A real worker repeats this while it works, at least every HeartbeatSeconds.
            sfn.sendTaskHeartbeat(heartbeat -> heartbeat.taskToken(task.taskToken()));
            var resized = resize(task.input());
            if (resized.isPresent()) {
                sfn.sendTaskSuccess(
                        success -> success.taskToken(task.taskToken()).output(resized.get()));
            } else {
                sfn.sendTaskFailure(failure ->
                        failure.taskToken(task.taskToken())
                                .error("ImageUnreadable")
                                .cause("Not an image: " + task.input()));
            }
        } catch (TaskTimedOutException late) {
            System.out.println("Too late, somebody else has it: " + late.getMessage());
        }
    }

    /** The work itself; empty if the input names no image. */
    static Optional<String> resize(String input) {
        var task = JsonNode.parser().parse(input);
        var image = task.field("image").map(JsonNode::text).orElse("");
        var width = task.field("width").map(JsonNode::text).orElse("");
        if (!image.endsWith(".png") || width.isEmpty()) {
            return Optional.empty();
        }
        var name = image.substring(0, image.length() - ".png".length());
        return Optional.of("{\"file\":\"%s-%s.png\"}".formatted(name, width));
    }

    /** Works for the activity whose ARN is given, for ever. */
    public static void main(String[] arguments) {
        if (arguments.length != 1) {
            System.err.println("usage: ResizeWorker ACTIVITY_ARN");
            System.exit(2);
        }
        System.out.println("Waiting for tasks of " + arguments[0]);
        try (var sfn = client(Optional.empty())) {
            var _ = new ResizeWorker(sfn, arguments[0]).work(() -> true);
        }
    }
}
