package dev.gradus.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gradus.runtime.RuntimeOptions.OnLostCall;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class SettingsTest {

    @Test
    void servesOnLoopbackAtPort8083WithoutAnySetting() {
        var settings = Settings.from(Map.of(), Map.of());

        assertThat(settings.port()).isEqualTo(new Setting<>("port", 8083, "default"));
        assertThat(settings.host().value()).isEmpty();
        assertThat(settings.onLostCall().value()).isEqualTo(OnLostCall.FAIL);
    }

    @Test
    void prefersTheFlagToTheEnvironmentAndSaysWhereAValueCameFrom() {
        var both = Settings.from(Map.of("port", "9000"), Map.of("PORT", "9001"));
        var environment = Settings.from(Map.of(), Map.of("PORT", "9001"));

        assertThat(both.port()).isEqualTo(new Setting<>("port", 9000, "--port"));
        assertThat(environment.port()).isEqualTo(new Setting<>("port", 9001, "PORT"));
    }

    @Test
    void refusesAnOpenPortBeyondLoopback() {
        assertThatThrownBy(() -> Settings.from(Map.of("host", "0.0.0.0"), Map.of()))
                .isInstanceOf(Settings.Invalid.class)
                .hasMessageContaining("--insecure");

        assertThat(
                        Settings.from(Map.of("host", "0.0.0.0", "insecure", "true"), Map.of())
                                .host()
                                .value())
                .contains("0.0.0.0");
        assertThat(Settings.from(Map.of("host", "127.0.0.1"), Map.of()).host().value())
                .contains("127.0.0.1");
    }

    @Test
    void takesTheNamesOfThisServerForBrowsersFromFlagAndEnvironment() {
        var flag = Settings.from(Map.of("allowed-host", "Gradus.example,[::2]"), Map.of());
        var environment =
                Settings.from(Map.of(), Map.of("GRADUS_ALLOWED_HOSTS", "a.example, b_1.example"));
        var bound = Settings.from(Map.of("host", "10.0.0.1", "insecure", "true"), Map.of());

        assertThat(Settings.from(Map.of(), Map.of()).browserNames()).isEmpty();
        assertThat(flag.browserNames()).containsExactly("[::2]", "gradus.example");
        assertThat(environment.browserNames()).containsExactly("a.example", "b_1.example");
        assertThat(bound.browserNames()).containsExactly("10.0.0.1");
        for (var wrong : List.of("http://a", "a:8083", "*", "*.example", "a,,b", "a b", "[a")) {
            assertThatThrownBy(() -> Settings.from(Map.of("allowed-host", wrong), Map.of()))
                    .as(wrong)
                    .isInstanceOf(Settings.Invalid.class)
                    .hasMessageContaining("--allowed-host has the value '" + wrong + "'")
                    .hasMessageContaining("without scheme and port");
        }
    }

    @Test
    void namesTheSettingWhoseValueCannotBeUsed() {
        assertThatThrownBy(() -> Settings.from(Map.of("port", "eighty"), Map.of()))
                .hasMessage("--port has the value 'eighty', which is not a whole number");
        assertThatThrownBy(() -> Settings.from(Map.of("port", "70000"), Map.of()))
                .hasMessageContaining("0 to 65535");
        assertThatThrownBy(() -> Settings.from(Map.of("shards", "2"), Map.of()))
                .hasMessageContaining("from 3 to 255");
        assertThatThrownBy(() -> Settings.from(Map.of("aws-account", "12"), Map.of()))
                .hasMessageContaining("12 digits");
        assertThatThrownBy(() -> Settings.from(Map.of("throttle", "some"), Map.of()))
                .hasMessageContaining("off or aws");
        assertThatThrownBy(() -> Settings.from(Map.of("on-lost-call", "maybe"), Map.of()))
                .hasMessageContaining("fail or resend");
    }
}
