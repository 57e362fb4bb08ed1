package dev.gradus.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gradus.runtime.ApiException;
import dev.gradus.runtime.Arn;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ArnParserTest {
    private static final String PREFIX = "arn:aws:states:us-east-1:123456789012:";

    @Test
    void readsWhatItWrites() {
        assertThat(ArnParser.stateMachine(PREFIX + "stateMachine:m").text())
                .isEqualTo(PREFIX + "stateMachine:m");
        assertThat(ArnParser.execution(PREFIX + "execution:m:e").text())
                .isEqualTo(PREFIX + "execution:m:e");
        assertThat(ArnParser.execution(PREFIX + "execution:m/label:e").text())
                .isEqualTo(PREFIX + "execution:m/label:e");
        assertThat(ArnParser.activity(PREFIX + "activity:a").text())
                .isEqualTo(PREFIX + "activity:a");
        assertThat(ArnParser.mapRun(PREFIX + "mapRun:m/label:id").text())
                .isEqualTo(PREFIX + "mapRun:m/label:id");
        assertThat(
                        ArnParser.stateMachine(
                                        "arn:aws-us-gov:states:us-gov-west-1:000000000000:stateMachine:m")
                                .text())
                .isEqualTo("arn:aws-us-gov:states:us-gov-west-1:000000000000:stateMachine:m");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "invalid",
                "",
                "arn:",
                "arn:aws:states",
                "arn:nowhere:states:us-east-1:123456789012:stateMachine:m",
                "arn:aws:states:us-east-1:12345:stateMachine:m",
                "Arn:aws:states:us-east-1:123456789012:stateMachine:m"
            })
    void refusesTextThatIsNoArn(String text) {
        assertThatThrownBy(() -> ArnParser.stateMachine(text))
                .hasMessage("Invalid Arn: 'Invalid ARN prefix: " + text + "'");
    }

    @ParameterizedTest
    @CsvSource({
        "express:m:e:id, express",
        "activity:a, activity",
        "mapRun:m/l:id, mapRun",
        "stateMachine:m, stateMachine",
        "queue:x, queue"
    })
    void refusesAnotherTypeWhereAnExecutionBelongs(String resource, String type) {
        assertThatThrownBy(() -> ArnParser.execution(PREFIX + resource))
                .hasMessage("Invalid Arn: 'Resource type not valid in this context: " + type + "'");
    }

    @Test
    void refusesAnotherService() {
        assertThatThrownBy(() ->
                        ArnParser.activity("arn:aws:lambda:us-east-1:123456789012:function:f"))
                .hasMessage("Invalid Arn: 'Resource type not valid in this context: function'");
        assertThatThrownBy(() -> ArnParser.activity("arn:aws:iam::123456789012:role/r"))
                .hasMessage("Invalid Arn: 'Resource type not valid in this context: role'");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "stateMachine",
                "stateMachine:",
                "stateMachine:a:b:c",
                "stateMachine::1",
                "stateMachine:a/",
                "stateMachine:a/b/c",
                "activity:",
                "activity:a:b",
                "execution:m",
                "execution:m:",
                "execution:m:e:f",
                "express:m:e",
                "mapRun:m:id"
            })
    void refusesAnIncompleteResource(String resource) {
        assertThatThrownBy(() -> ArnParser.stateMachine(PREFIX + resource))
                .isInstanceOf(ApiException.class)
                .hasMessage("Invalid Arn: 'Invalid ARN: " + PREFIX + resource + "'");
    }

    @Test
    void tellsVersionsFromAliases() {
        assertThat(ArnParser.startable(PREFIX + "stateMachine:m:12"))
                .isEqualTo(new Arn.StateMachineVersion(Wire.HOME, "m", 12));
        assertThat(ArnParser.startable(PREFIX + "stateMachine:m:1a"))
                .isEqualTo(new Arn.StateMachineAlias(Wire.HOME, "m", "1a"));
        for (var resource :
                new String[] {"stateMachine:m", "stateMachine:m:1", "stateMachine:m:a"}) {
            assertThat(ArnParser.startable(PREFIX + resource).text()).isEqualTo(PREFIX + resource);
            assertThat(ArnParser.startable(PREFIX + resource).unqualified().text())
                    .isEqualTo(PREFIX + "stateMachine:m");
        }
        assertThat(ArnParser.version(PREFIX + "stateMachine:m:3").number()).isEqualTo(3);
        assertThat(ArnParser.alias(PREFIX + "stateMachine:m:live").orElseThrow().alias())
                .isEqualTo("live");
        assertThat(ArnParser.alias(PREFIX + "stateMachine:m:3")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "01", "1234567890123456789"})
    void refusesANumberThatNoVersionHas(String number) {
        assertThatThrownBy(() -> ArnParser.startable(PREFIX + "stateMachine:m:" + number))
                .hasMessage(
                        "Invalid Arn: 'Invalid ARN: " + PREFIX + "stateMachine:m:" + number + "'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"stateMachine:m:1", "stateMachine:m:live"})
    void takesNoVersionAndNoAliasForAMachine(String resource) {
        assertThatThrownBy(() -> ArnParser.stateMachine(PREFIX + resource))
                .hasMessage("State Machine Does Not Exist: '" + PREFIX + resource + "'")
                .extracting(thrown -> ((ApiException) thrown).shape().name())
                .isEqualTo("StateMachineDoesNotExist");
    }

    @Test
    void refusesALabelledStateMachineWithAReason() {
        assertThatThrownBy(() -> ArnParser.stateMachine(PREFIX + "stateMachine:m/label"))
                .extracting(thrown -> ((ApiException) thrown).members())
                .isEqualTo(Map.of("reason", "API_DOES_NOT_SUPPORT_LABELED_ARNS"));
    }

    @Test
    void takesRolesOnly() {
        assertThat(ArnParser.role("arn:aws:iam::123456789012:role/service-role/x"))
                .isEqualTo("arn:aws:iam::123456789012:role/service-role/x");
        for (var text :
                new String[] {
                    "role",
                    "arn:aws:iam::123456789012:user/x",
                    "arn:aws:iam::aws:policy/x",
                    "arn:aws:iam::123456789012:role/"
                }) {
            assertThatThrownBy(() -> ArnParser.role(text))
                    .hasMessage("Invalid Role Arn: '" + text + "'");
        }
    }
}
