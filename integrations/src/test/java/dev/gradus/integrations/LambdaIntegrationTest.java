package dev.gradus.integrations;

import static dev.gradus.integrations.Calls.failure;
import static dev.gradus.integrations.Calls.function;
import static dev.gradus.integrations.Calls.invoke;
import static dev.gradus.integrations.Calls.invokeForToken;
import static dev.gradus.integrations.Calls.object;
import static dev.gradus.integrations.Calls.output;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gradus.asl.TaskResource;
import dev.gradus.asl.TaskResource.Pattern;
import dev.gradus.engine.Failure;
import dev.gradus.expressions.Json;
import dev.gradus.expressions.JsonObject;
import dev.gradus.runtime.spi.TaskCall;
import dev.gradus.runtime.spi.TaskOutcome;
import dev.gradus.testkit.LambdaStub;
import dev.gradus.testkit.LambdaStub.Invocation;
import dev.gradus.testkit.StubAnswer;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LambdaIntegrationTest {
    private static final String UNHANDLED =
            "{\"errorMessage\": \"no\", \"errorType\": \"Declined\"}";

    private LambdaStub stub;
    private LambdaIntegration lambda;

    @BeforeEach
    void start() throws IOException {
        stub = LambdaStub.start();
        stub.function("echo", invocation -> StubAnswer.returned(invocation.payload()));
        var environment = Map.of("LAMBDA_ENDPOINT", stub.endpoint().toString());
        lambda =
                new LambdaIntegration(
                        Endpoints.from(Map.of(), environment), InstantSource.system());
    }

    @AfterEach
    void stop() {
        lambda.close();
        stub.close();
    }

    @Test
    void performsFunctionsAndInvokeWithTheirTwoPatternsAndNothingElse() {
        assertThat(lambda.performs(function("f", "1").resource())).isTrue();
        assertThat(lambda.performs(invoke("{}").resource())).isTrue();
        assertThat(lambda.performs(invokeForToken("{}").resource())).isTrue();
        assertThat(lambda.performs(Calls.service("lambda", "invoke", Pattern.SYNC, "1").resource()))
                .isFalse();
        assertThat(lambda.performs(resource("lambda", "getFunction"))).isFalse();
        assertThat(lambda.performs(resource("aws-sdk:lambda", "invoke"))).isFalse();
        assertThat(lambda.performs(new TaskResource.Activity("arn"))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "\"HelloWorld\"", "{}", "[]", "null", "true", "{\"a\":1.10}"})
    void givesAFunctionItsInputAndTheStateItsResult(String input) {
        assertThat(output(call(function("echo", input)))).isEqualTo(input);
        assertThat(stub.invocations("echo")).extracting(Invocation::payload).containsExactly(input);
    }

    @Test
    void takesAnEmptyResultOfAFunctionForNull() {
        stub.function("silent", _ -> StubAnswer.returned(""));

        assertThat(output(call(function("silent", "{}")))).isEqualTo("null");
    }

    @Test
    void failsWhenAFunctionReturnsWhatIsNotJson() {
        stub.function("odd", _ -> StubAnswer.returned("<html>"));

        var failure = failure(call(function("odd", "{}")));

        assertThat(failure.error()).contains("Lambda.Unknown");
        assertThat(failure.cause().orElse("")).contains("not JSON").contains("<html>");
    }

    @Test
    void namesAFunctionsErrorAfterItsTypeAndGivesThePayloadAsReturned() {
        stub.function("broken", _ -> new StubAnswer.FunctionError(UNHANDLED));

        assertThat(failure(call(function("broken", "{}"))))
                .isEqualTo(Failure.of("Declined", UNHANDLED));
    }

    @Test
    void givesThePayloadOfAFunctionsErrorCompactForInvoke() {
        stub.function("broken", _ -> new StubAnswer.FunctionError(UNHANDLED));

        assertThat(failure(call(invoke("{\"FunctionName\":\"broken\"}"))))
                .isEqualTo(
                        Failure.of(
                                "Declined",
                                "{\"errorMessage\":\"no\",\"errorType\":\"Declined\"}"));
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "`{\"errorMessage\":\"2026-01-01 Task timed out after 3.00 seconds\"}`",
                "`killed`",
                "`[1]`",
                "`{\"errorType\":7}`"
            })
    void namesAnErrorWithoutATypeLambdaUnknown(String payload) {
        stub.function("dead", _ -> new StubAnswer.FunctionError(payload));
        var expected =
                Failure.of(
                        "Lambda.Unknown",
                        "The cause could not be determined because Lambda did not return an error"
                                + " type. Returned payload: "
                                + payload);

        assertThat(failure(call(function("dead", "{}")))).isEqualTo(expected);
        assertThat(failure(call(invoke("{\"FunctionName\":\"dead\"}")))).isEqualTo(expected);
    }

    @Test
    void answersInvokeAsTheApiDoesWithItsMembersInOrder() {
        var result = object(call(invoke("{\"FunctionName\":\"echo\",\"Payload\":{\"a\":1.0}}")));

        assertThat(result.names())
                .containsExactly(
                        "ExecutedVersion",
                        "Payload",
                        "SdkHttpMetadata",
                        "SdkResponseMetadata",
                        "StatusCode");
        assertThat(result.get("ExecutedVersion")).contains(Json.of("$LATEST"));
        assertThat(result.get("Payload").orElseThrow().text()).isEqualTo("{\"a\":1.0}");
        assertThat(result.get("StatusCode")).contains(Json.of(200));
        var http = (JsonObject) result.get("SdkHttpMetadata").orElseThrow();
        assertThat(http.names()).containsExactly("AllHttpHeaders", "HttpHeaders", "HttpStatusCode");
        assertThat(http.text())
                .containsIgnoringCase("\"Content-Length\":[\"9\"]")
                .containsIgnoringCase("\"Content-Length\":\"9\"")
                .containsIgnoringCase("\"x-amzn-Remapped-Content-Length\":\"0\"");
        assertThat(result.get("SdkResponseMetadata").orElseThrow().text())
                .matches("\\{\"RequestId\":\"[0-9a-f-]{36}\"}");
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "`\"0.0\"`, `0.0`",
                "`\"[]\"`, `[]`",
                "`\"\\\"HelloWorld!\\\"\"`, `\"HelloWorld!\"`",
                "`null`, `{}`",
                "`{\"a\": [1, \"ü\"]}`, `{\"a\":[1,\"ü\"]}`"
            })
    void sendsATextPayloadAsItIsAndAnyOtherAsItsJson(String payload, String sent) {
        var result =
                object(call(invoke("{\"FunctionName\":\"echo\",\"Payload\":" + payload + "}")));

        assertThat(stub.invocations()).extracting(Invocation::payload).containsExactly(sent);
        assertThat(result.get("Payload").orElseThrow().text()).isEqualTo(sent);
    }

    @Test
    void passesTheOptionsOfInvokeOnAndDropsWhatItDoesNotKnow() {
        var result =
                object(
                        call(
                                invoke(
                                        """
                                        {"FunctionName":"echo","Qualifier":"live","LogType":"Tail",
                                         "ClientContext":"e30=","InvocationType":"RequestResponse",
                                         "Colour":"red"}\
                                        """)));

        var invocation = stub.invocations("echo").getFirst();
        assertThat(invocation.qualifier()).isEqualTo("live");
        assertThat(invocation.clientContext()).contains("e30=");
        assertThat(result.get("ExecutedVersion")).contains(Json.of("live"));
        assertThat(result.names().subList(0, 3))
                .containsExactly("ExecutedVersion", "LogResult", "Payload");
    }

    @ParameterizedTest
    @CsvSource({"Event, 202, 1", "DryRun, 204, 0"})
    void hasAnEmptyPayloadWhenLambdaDoesNotWaitForTheFunction(String type, int status, int runs) {
        var parameters = "{\"FunctionName\":\"echo\",\"InvocationType\":\"" + type + "\"}";

        var result = object(call(invoke(parameters)));

        assertThat(result.get("Payload")).contains(Json.of(""));
        assertThat(result.get("StatusCode")).contains(Json.of(status));
        assertThat(stub.invocations()).hasSize(runs);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "echo",
                "echo:live",
                "123456789012:function:echo",
                "arn:aws:lambda:us-east-1:123456789012:function:echo",
                "arn:aws:lambda:us-east-1:123456789012:function:echo:live"
            })
    void takesEveryFormOfAFunctionsName(String name) {
        assertThat(call(invoke("{\"FunctionName\":\"" + name + "\"}")))
                .isInstanceOf(TaskOutcome.Succeeded.class);
        assertThat(stub.invocations("echo")).hasSize(1);
    }

    @Test
    void submitsTheAnswerWhenTheTaskWaitsForItsToken() {
        var parameters = "{\"FunctionName\":\"echo\",\"Payload\":{\"token\":\"t\"}}";

        assertThat(call(invokeForToken(parameters))).isInstanceOf(TaskOutcome.Submitted.class);
        assertThat(object(call(invokeForToken(parameters))).get("Payload").orElseThrow().text())
                .isEqualTo("{\"token\":\"t\"}");
    }

    @Test
    void failsTheTaskThatWaitsForItsTokenWhenTheFunctionFails() {
        stub.function("broken", _ -> StubAnswer.error("Declined", "no"));

        assertThat(failure(call(invokeForToken("{\"FunctionName\":\"broken\"}"))).error())
                .contains("Declined");
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "`{}`, `The field 'FunctionName' is required but was missing`",
                "`{\"FunctionName\":null}`, `The field 'FunctionName' is required but was missing`",
                "`[]`, `The field 'FunctionName' is required but was missing`",
                "`{\"FunctionName\":1}`,"
                        + " `The value of the field 'FunctionName' has an invalid format`",
                "`{\"FunctionName\":\"echo\",\"Qualifier\":1}`,"
                        + " `The value of the field 'Qualifier' has an invalid format`"
            })
    void refusesParametersThatCannotBeSent(String parameters, String reason) {
        assertThat(failure(call(invoke(parameters))))
                .isEqualTo(
                        Failure.of(
                                "States.Runtime",
                                "The Parameters '"
                                        + parameters
                                        + "' could not be used to start the Task: ["
                                        + reason
                                        + "]"));
        assertThat(stub.invocations()).isEmpty();
    }

    @Test
    void saysAFunctionIsMissingInTheWordsOfTheService() {
        var failure = failure(call(invoke("{\"FunctionName\":\"no_such\"}")));

        assertThat(failure.error()).contains("Lambda.ResourceNotFoundException");
        assertThat(failure.cause().orElse(""))
                .matches(
                        "Function not found: arn:aws:lambda:us-east-1:123456789012:function:no_such:"
                                + "\\$LATEST \\(Service: AWSLambda; Status Code: 404; Error Code:"
                                + " ResourceNotFoundException; Request ID: [0-9a-f-]{36}; Proxy:"
                                + " null\\)");
    }

    @ParameterizedTest
    @CsvSource({
        "429, TooManyRequestsException, Lambda.TooManyRequestsException",
        "500, ServiceException, Lambda.ServiceException",
        "400, InvalidRequestContentException, Lambda.InvalidRequestContentException",
        "502, EC2ThrottledException, Lambda.EC2ThrottledException",
        "403, AccessDeniedException, Lambda.AWSLambdaException",
        "400, Odd, Lambda.AWSLambdaException"
    })
    void namesAServiceErrorByItsCodeAndCallsOnce(int status, String code, String error) {
        stub.function("refused", _ -> new StubAnswer.ServiceError(status, code, "No."));

        var failure = failure(call(function("refused", "{}")));

        assertThat(failure.error()).contains(error);
        assertThat(failure.cause().orElse(""))
                .startsWith(
                        "No. (Service: AWSLambda; Status Code: "
                                + status
                                + "; Error Code: "
                                + code
                                + "; Request ID: ");
        assertThat(stub.invocations("refused")).hasSize(1);
    }

    @Test
    void handsAResultOverTheStatesQuotaOn() {
        var large = "\"" + "a".repeat(300_000) + "\"";
        stub.function("large", _ -> StubAnswer.returned(large));

        assertThat(output(call(function("large", "{}")))).isEqualTo(large);
    }

    @Test
    void stopsReadingAResultThatLambdaWouldNotSend() {
        var tooLarge = "\"" + "a".repeat(ResponseBound.BYTES_MAX) + "\"";
        stub.function("flood", _ -> StubAnswer.returned(tooLarge));

        assertThat(failure(call(function("flood", "{}"))).error())
                .contains("Function.ResponseSizeTooLarge");
    }

    @Test
    void callsNothingWithoutAnEndpointAndSaysHowToSetOne() {
        try (var unset = new LambdaIntegration(Endpoints.NONE, InstantSource.system())) {
            assertThat(failure(Calls.outcome(unset, function("charge", "{}"))))
                    .isEqualTo(
                            Failure.of(
                                    "Lambda.SdkClientException",
                                    "Lambda function 'charge' cannot be called: no endpoint is"
                                            + " configured. Set LAMBDA_ENDPOINT or"
                                            + " AWS_ENDPOINT_URL_LAMBDA to a Lambda-compatible"
                                            + " endpoint, or start with --endpoint aws to call"
                                            + " AWS."));
        }
    }

    @Test
    void ignoresTaskCredentialsAtALocalEndpoint() {
        var call = Calls.withRole(function("echo", "1"), "arn:aws:iam::123456789012:role/r");

        assertThat(output(call(call))).isEqualTo("1");
    }

    @Test
    void refusesTaskCredentialsAtAws() {
        var call = Calls.withRole(function("echo", "1"), "arn:aws:iam::123456789012:role/r");
        var endpoints = Endpoints.from(Map.of("--endpoint", "aws"), Map.of());

        try (var aws = new LambdaIntegration(endpoints, InstantSource.system())) {
            var failure = failure(Calls.outcome(aws, call));
            assertThat(failure.error()).contains("Lambda.UnsupportedOperationException");
            assertThat(failure.cause().orElse("")).contains("arn:aws:iam::123456789012:role/r");
        }
    }

    @Test
    void saysOfALostCallThatTheFunctionMayHaveRun() {
        var failure = lambda.lostCall(invoke("{\"FunctionName\":\"charge\"}")).failure();

        assertThat(failure.error()).contains("Lambda.SdkClientException");
        assertThat(failure.cause().orElse(""))
                .contains("connection was lost before Lambda function 'charge' answered")
                .contains("may have run");
    }

    private TaskOutcome call(TaskCall call) {
        return Calls.outcome(lambda, call);
    }

    private static TaskResource resource(String service, String action) {
        return Calls.service(service, action, Pattern.REQUEST_RESPONSE, "{}").resource();
    }
}
