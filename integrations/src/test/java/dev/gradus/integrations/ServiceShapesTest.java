package dev.gradus.integrations;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gradus.asl.TaskResource;
import dev.gradus.asl.TaskResource.Pattern;
import dev.gradus.runtime.spi.ResultShape;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ServiceShapesTest {
    private final ServiceShapes shapes = new ServiceShapes();

    @Test
    void namesBeginWithACapitalLetterWhateverTheService() {
        var started = structure("states", "startExecution", Pattern.REQUEST_RESPONSE);

        assertThat(started.members().keySet()).containsExactly("ExecutionArn", "StartDate");
        assertThat(started.required()).containsExactly("ExecutionArn", "StartDate");
        assertThat(member(started, "StartDate"))
                .as("a time is a string")
                .isEqualTo(new ResultShape.Text(Set.of()));
    }

    @Test
    void anSdkIntegrationHasTheShapesOfItsService() {
        assertThat(structure("aws-sdk:sfn", "startExecution", Pattern.REQUEST_RESPONSE).required())
                .isEqualTo(
                        structure("states", "startExecution", Pattern.REQUEST_RESPONSE).required());
        assertThat(structure("aws-sdk:kms", "encrypt", Pattern.REQUEST_RESPONSE).members())
                .hasEntrySatisfying(
                        "CiphertextBlob",
                        blob ->
                                assertThat(blob.get())
                                        .isEqualTo(
                                                new ResultShape.Blob(
                                                        OptionalDouble.of(1),
                                                        OptionalDouble.of(6144))));
    }

    @Test
    void boundsAndEnumsAreKept() {
        var function =
                (ResultShape.Structure)
                        member(
                                structure(
                                        "aws-sdk:lambda", "getFunction", Pattern.REQUEST_RESPONSE),
                                "Configuration");

        assertThat(member(function, "MemorySize"))
                .isEqualTo(
                        new ResultShape.Numeric(OptionalDouble.of(128), OptionalDouble.of(10_240)));
        assertThat(member(function, "PackageType"))
                .isEqualTo(new ResultShape.Text(Set.of("Zip", "Image")));
    }

    @Test
    void whatIsParsedAlreadyMayBeAnything() {
        var job = structure("states", "startExecution", Pattern.SYNC);
        var parsed = structure("states", "startExecution", Pattern.SYNC_2);

        assertThat(member(job, "Output")).isInstanceOf(ResultShape.Text.class);
        assertThat(member(parsed, "Output")).isInstanceOf(ResultShape.Anything.class);
        assertThat(member(parsed, "Input")).isInstanceOf(ResultShape.Anything.class);
        assertThat(member(structure("lambda", "invoke", Pattern.REQUEST_RESPONSE), "Payload"))
                .isInstanceOf(ResultShape.Anything.class);
    }

    @Test
    void whatAnswersFreelyHasNoShape() {
        assertThat(shapes.of(new TaskResource.LambdaFunction("arn"))).isEmpty();
        assertThat(shapes.of(new TaskResource.Activity("arn"))).isEmpty();
        assertThat(shapes.of(service("sqs", "sendMessage", Pattern.WAIT_FOR_TASK_TOKEN))).isEmpty();
        assertThat(shapes.of(service("batch", "submitJob", Pattern.SYNC))).isEmpty();
        assertThat(shapes.of(service("http", "invoke", Pattern.REQUEST_RESPONSE))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "aws-sdk:lambda,getFunction",
        "sqs,sendMessage",
        "sns,publish",
        "dynamodb,getItem",
        "events,putEvents",
        "states,startExecution",
        "aws-sdk:kms,encrypt",
        "aws-sdk:s3,listObjectsV2",
        "aws-sdk:secretsmanager,getSecretValue",
        "aws-sdk:ssm,getParameter"
    })
    void everyShapeThatIsNamedIsThere(String service, String action) {
        assertThat(count(structure(service, action, Pattern.REQUEST_RESPONSE), new HashSet<>()))
                .isPositive();
    }

    /** Walks into everything once; a shape may hold itself. */
    private static int count(ResultShape shape, Set<List<String>> seen) {
        return switch (shape) {
            case ResultShape.ListOf(var element) -> count(element.get(), seen);
            case ResultShape.MapOf(var value) -> count(value.get(), seen);
            case ResultShape.Structure(var members, _) ->
                    seen.add(List.copyOf(members.keySet()))
                            ? 1
                                    + members.values().stream()
                                            .mapToInt(member -> count(member.get(), seen))
                                            .sum()
                            : 0;
            case ResultShape.Anything _,
                    ResultShape.Text _,
                    ResultShape.Blob _,
                    ResultShape.Numeric _,
                    ResultShape.Flag _ ->
                    1;
        };
    }

    private static ResultShape member(ResultShape.Structure structure, String name) {
        return requireNonNull(structure.members().get(name)).get();
    }

    private ResultShape.Structure structure(String service, String action, Pattern pattern) {
        return (ResultShape.Structure) shapes.of(service(service, action, pattern)).orElseThrow();
    }

    private static TaskResource service(String service, String action, Pattern pattern) {
        return new TaskResource.Service(
                "arn:aws:states:::" + service + ":" + action + pattern.suffix(),
                service,
                action,
                pattern);
    }
}
