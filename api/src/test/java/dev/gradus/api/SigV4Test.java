package dev.gradus.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gradus.runtime.Arn;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SigV4Test {
    private static final Arn.Place HOME = Wire.HOME;

    @ParameterizedTest
    @CsvSource({
        "000000000042, eu-west-1, aws, eu-west-1, 000000000042",
        "AKIAIOSFODNN7EXAMPLE, us-east-1, aws, us-east-1, 123456789012",
        "test, cn-northwest-1, aws-cn, cn-northwest-1, 123456789012",
        "1234567890123, us-gov-west-1, aws-us-gov, us-gov-west-1, 123456789012",
    })
    void readsAccountAndRegion(
            String accessKey, String scope, String partition, String region, String account) {
        assertThat(place(header(accessKey, scope)))
                .isEqualTo(new Arn.Place(partition, region, account));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Bearer abc",
                "Basic dXNlcjpwYXNz",
                "AWS4-HMAC-SHA256 Credential=",
                "AWS4-HMAC-SHA256 Credential=a/b/c",
                "AWS4-HMAC-SHA256 Credential=000000000042/2026/us-east-1/states/aws4_request",
                "AWS4-ECDSA-P256-SHA256 Credential=000000000042/20261122/states/aws4_request",
            })
    void takesAHeaderItDoesNotUnderstandForNone(String header) {
        assertThat(place(header)).isEqualTo(HOME);
    }

    @Test
    void needsNoHeader() {
        assertThat(SigV4.place(Optional.empty(), HOME)).isEqualTo(HOME);
    }

    private static Arn.Place place(String header) {
        return SigV4.place(Optional.of(header), HOME);
    }

    private static String header(String accessKey, String region) {
        return "AWS4-HMAC-SHA256 Credential="
                + accessKey
                + "/20261122/"
                + region
                + "/states/aws4_request, SignedHeaders=host;x-amz-date, Signature=00";
    }
}
