package dev.gradus.integrations;

import dev.gradus.engine.Failure;
import dev.gradus.expressions.JsonObject;
import dev.gradus.expressions.Payload;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.services.lambda.model.LambdaException;

/**
 * Words what went wrong between us and Lambda: AWS's error names, so that a definition's Retry and
 * Catch match as they do there; AWS's text where AWS has one; else what to do about it.
 */
final class LambdaFailures {
    /** AWS's name for a call that got no answer of Lambda. */
    private static final String NO_ANSWER = "Lambda.SdkClientException";

    private static final String UNABLE = "Unable to execute HTTP request: ";

    private LambdaFailures() {}

    /** A crash took the answer of a call. */
    static Failure lost(String function) {
        return Failure.of(
                NO_ANSWER,
                UNABLE
                        + "the connection was lost before Lambda function '"
                        + function
                        + "' answered, because this server stopped. The function may have run.");
    }

    static Failure notConfigured(String function) {
        return Failure.of(
                NO_ANSWER,
                "Lambda function '"
                        + function
                        + "' cannot be called: no endpoint is configured. Set LAMBDA_ENDPOINT or"
                        + " AWS_ENDPOINT_URL_LAMBDA to a Lambda-compatible endpoint, or start with"
                        + " --endpoint aws to call AWS.");
    }

    static Failure taskCredentials(String roleArn) {
        return Failure.of(
                "Lambda.UnsupportedOperationException",
                "This task's Credentials ask for the role "
                        + roleArn
                        + ", and this release cannot assume roles. Start the server with"
                        + " credentials of that role and remove Credentials from the state.");
    }

    static Failure refusedParameters(Payload parameters, String reason) {
        return Failure.of(
                "States.Runtime",
                "The Parameters '"
                        + parameters.text()
                        + "' could not be used to start the Task: ["
                        + reason
                        + "]");
    }

    /** What the SDK threw for a call of a function at an endpoint. */
    static Failure of(RuntimeException thrown, String function, Endpoint endpoint, String region) {
        if (thrown instanceof AwsServiceException refused) {
            return refused(refused, endpoint);
        }
        if (among(thrown, ResponseBound.TooLargeException.class)) {
            return tooLarge();
        }
        var where =
                UNABLE
                        + "Lambda '"
                        + function
                        + "' at "
                        + switch (endpoint) {
                            case Endpoint.Url url -> url.description();
                            case Endpoint.RealAws aws -> region + ", " + aws.description();
                        }
                        + ": ";
        return Failure.of(NO_ANSWER, where + why(thrown, endpoint));
    }

    /** AWS: the error's own name if the service's model has it, else the service's. */
    private static Failure refused(AwsServiceException refused, Endpoint endpoint) {
        var details = Optional.ofNullable(refused.awsErrorDetails());
        var code = details.map(known -> known.errorCode()).orElse("");
        var modelled = !refused.getClass().equals(LambdaException.class) && !code.isEmpty();
        var name = modelled ? code : "AWSLambdaException";
        var text =
                details.map(known -> known.errorMessage()).orElse("null")
                        + " (Service: AWSLambda; Status Code: "
                        + refused.statusCode()
                        + "; Error Code: "
                        + (code.isEmpty() ? "null" : code)
                        + "; Request ID: "
                        + refused.requestId()
                        + "; Proxy: null)";
        return Failure.of(
                "Lambda." + (name.endsWith("Exception") ? name : name + "Exception"),
                code.isEmpty()
                        ? text
                                + ". "
                                + endpoint.description()
                                + " did not answer as Lambda's Invoke API does; is it a"
                                + " Lambda-compatible endpoint?"
                        : text);
    }

    /** AWS's own words for a function whose result is over the quota. */
    private static Failure tooLarge() {
        var type = "Function.ResponseSizeTooLarge";
        var message =
                "Response payload size exceeded maximum allowed payload size ("
                        + ResponseBound.BYTES_MAX
                        + " bytes).";
        return Failure.of(
                type,
                JsonObject.builder()
                        .put("errorMessage", message)
                        .put("errorType", type)
                        .build()
                        .text());
    }

    private static String why(RuntimeException thrown, Endpoint endpoint) {
        if (among(thrown, UnknownHostException.class)) {
            return "unknown host. " + hostHint(endpoint);
        }
        if (among(thrown, ApiCallTimeoutException.class)) {
            return "no answer before the task's deadline.";
        }
        if (among(thrown, ConnectException.class)) {
            return "connection refused. Is the server there running? " + hostHint(endpoint);
        }
        if (among(thrown, SocketTimeoutException.class)) {
            return "timed out (" + deepest(thrown) + ").";
        }
        if (among(thrown, SSLException.class)) {
            return "no TLS connection (" + deepest(thrown) + "). Is it http instead of https?";
        }
        if (among(thrown, SocketException.class)) {
            return "the connection was closed before the answer ("
                    + deepest(thrown)
                    + "). The function may have run.";
        }
        return deepest(thrown);
    }

    private static String hostHint(Endpoint endpoint) {
        return switch (endpoint) {
            case Endpoint.Url _ ->
                    "Inside Docker use the service name on the same network; for a server on the"
                            + " host use host.docker.internal (Linux:"
                            + " --add-host=host.docker.internal:host-gateway).";
            case Endpoint.RealAws _ -> "Does this machine reach AWS, and is that a region?";
        };
    }

    private static boolean among(Throwable thrown, Class<? extends Throwable> kind) {
        return causes(thrown).anyMatch(kind::isInstance);
    }

    /** The message of the innermost cause, where the reason is; outer ones repeat it. */
    private static String deepest(Throwable thrown) {
        var innermost = causes(thrown).reduce(thrown, (_, next) -> next);
        return Optional.ofNullable(innermost.getMessage()).orElse(innermost.toString());
    }

    private static Stream<Throwable> causes(Throwable thrown) {
        return Stream.iterate(thrown, cause -> cause != null, Throwable::getCause);
    }
}
