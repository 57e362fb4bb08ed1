package dev.gradus.integrations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointsTest {
    private static final int PORT = 8083;
    private static final Map<String, String> NONE = Map.of();

    @Test
    void hasNoEndpointUnlessOneIsSet() {
        var endpoints = Endpoints.from(NONE, Map.of("PATH", "/bin"));

        assertThat(endpoints).isEqualTo(Endpoints.NONE);
        assertThat(endpoints.of(AwsService.LAMBDA)).isEmpty();
        assertThat(endpoints.description(AwsService.LAMBDA)).isEqualTo("not configured");
    }

    @ParameterizedTest
    @CsvSource({
        "--lambda-endpoint, --lambda-endpoint",
        "LAMBDA_ENDPOINT, LAMBDA_ENDPOINT",
        "AWS_ENDPOINT_URL_LAMBDA, AWS_ENDPOINT_URL_LAMBDA",
        "--endpoint, --endpoint",
        "AWS_ENDPOINT_URL, AWS_ENDPOINT_URL"
    })
    void knowsWhichSettingGaveTheEndpoint(String setting, String source) {
        var settings = Map.of(setting, "http://localhost:3001/");

        var endpoints = Endpoints.from(settings, settings);

        assertThat(endpoints.description(AwsService.LAMBDA))
                .isEqualTo("http://localhost:3001 (from " + source + ")");
    }

    @Test
    void prefersTheFlagThenTheServicesVariablesThenTheGeneralOnes() {
        var flags = Map.of("--lambda-endpoint", "http://a:1", "--endpoint", "http://d:4");
        var environment =
                Map.of(
                        "LAMBDA_ENDPOINT", "http://b:2",
                        "AWS_ENDPOINT_URL_LAMBDA", "http://c:3",
                        "AWS_ENDPOINT_URL_SQS", "http://c:3",
                        "AWS_ENDPOINT_URL", "http://e:5");
        var general = Map.of("--endpoint", "http://d:4");

        assertThat(source(Endpoints.from(flags, environment))).isEqualTo("--lambda-endpoint");
        assertThat(source(Endpoints.from(general, environment))).isEqualTo("LAMBDA_ENDPOINT");
        assertThat(Endpoints.from(general, environment).description(AwsService.SQS))
                .contains("http://c:3");
        assertThat(Endpoints.from(general, environment).description(AwsService.SNS))
                .contains("http://d:4");
        assertThat(Endpoints.from(NONE, environment).description(AwsService.SNS))
                .contains("http://e:5");
    }

    @Test
    void asksForRealAwsOnlyByItsName() {
        var endpoints = Endpoints.from(Map.of("--endpoint", "AWS"), NONE);

        assertThat(endpoints.of(AwsService.LAMBDA)).contains(new Endpoint.RealAws("--endpoint"));
        assertThat(endpoints.description(AwsService.LAMBDA)).isEqualTo("AWS (from --endpoint)");
    }

    @Test
    void takesABlankValueAsNotSet() {
        var environment =
                Map.of("LAMBDA_ENDPOINT", " ", "AWS_ENDPOINT_URL", "http://localhost:4566");

        assertThat(source(Endpoints.from(NONE, environment))).isEqualTo("AWS_ENDPOINT_URL");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost:3001",
                "3001",
                "ftp://localhost",
                "http://",
                "http://my_service:3001",
                "http://user:secret@host",
                "http://ho st",
                "amazon"
            })
    void refusesWhatIsNoUrlAndNamesTheSetting(String value) {
        assertThatThrownBy(() -> Endpoints.from(NONE, Map.of("LAMBDA_ENDPOINT", value)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("LAMBDA_ENDPOINT is '" + value + "': expected the URL");
    }

    @ParameterizedTest
    @CsvSource({
        "LAMDA_ENDPOINT, LAMBDA_ENDPOINT",
        "SAGEMAKER_ENDPOINT, SAGE_MAKER_ENDPOINT",
        "AWS_LAMBDA_ENDPOINT, LAMBDA_ENDPOINT",
        "LAMBDA_ENDPOINT_URL, LAMBDA_ENDPOINT",
        "AWS_ENDPOINT_URL_LAMBDAS, AWS_ENDPOINT_URL_LAMBDA",
        "STEPFUNCTIONS_ENDPOINT, STEP_FUNCTIONS_ENDPOINT"
    })
    void warnsOfANameThatNothingReadsAndNamesTheNearest(String name, String meant) {
        var environment = Map.of(name, "http://localhost:1");

        assertThat(Endpoints.from(NONE, environment).warnings(environment, PORT))
                .containsExactly(
                        name
                                + " is not an endpoint setting of Gradus and is ignored; did you"
                                + " mean "
                                + meant
                                + "?");
    }

    @Test
    void suggestsNothingForANameThatIsFarFromAll() {
        var environment = Map.of("SES_ENDPOINT", "http://localhost:1");

        assertThat(Endpoints.NONE.warnings(environment, PORT))
                .containsExactly(
                        "SES_ENDPOINT is not an endpoint setting of Gradus and is ignored.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "OTEL_EXPORTER_OTLP_ENDPOINT",
                "AWS_EC2_METADATA_SERVICE_ENDPOINT",
                "AWS_ENDPOINT_URL_S3",
                "AWS_ENDPOINT_URL",
                "LAMBDA_ENDPOINT"
            })
    void warnsOfNoNameThatHasAReader(String name) {
        var environment = Map.of(name, "http://localhost:1");

        assertThat(Endpoints.from(NONE, environment).warnings(environment, PORT)).isEmpty();
    }

    @Test
    void warnsWhenTwoVariablesOfAServiceDiffer() {
        var differing =
                Map.of(
                        "LAMBDA_ENDPOINT", "http://localhost:1",
                        "AWS_ENDPOINT_URL_LAMBDA", "http://localhost:2");
        var same =
                Map.of(
                        "LAMBDA_ENDPOINT", "http://localhost:1",
                        "AWS_ENDPOINT_URL_LAMBDA", "http://localhost:1/");

        assertThat(Endpoints.from(NONE, differing).warnings(differing, PORT))
                .containsExactly(
                        "LAMBDA_ENDPOINT and AWS_ENDPOINT_URL_LAMBDA differ; LAMBDA_ENDPOINT"
                                + " wins.");
        assertThat(Endpoints.from(NONE, same).warnings(same, PORT)).isEmpty();
    }

    @Test
    void warnsOfASettingForAServiceThatNoTaskCalls() {
        var environment = Map.of("SQS_ENDPOINT", "http://localhost:9324");

        assertThat(Endpoints.from(NONE, environment).warnings(environment, PORT))
                .singleElement()
                .asString()
                .startsWith("SQS_ENDPOINT is set, but no task of this release calls SQS");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://localhost:8083", "http://127.0.0.1:8083", "http://[::1]:8083"})
    void warnsWhenTheEndpointIsThisServer(String url) {
        var environment = Map.of("AWS_ENDPOINT_URL", url);

        assertThat(Endpoints.from(NONE, environment).warnings(environment, PORT))
                .singleElement()
                .asString()
                .startsWith("AWS_ENDPOINT_URL is this server's own address");
        assertThat(Endpoints.from(NONE, environment).warnings(environment, 9000)).isEmpty();
    }

    private static String source(Endpoints endpoints) {
        return endpoints.of(AwsService.LAMBDA).map(Endpoint::source).orElse("none");
    }
}
