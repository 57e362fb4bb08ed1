package dev.gradus.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gradus.runtime.RuntimeOptions.OnLostCall;
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
    void namesTheSettingWhoseValueCannotBeUsed() {
        assertThatThrownBy(() -> Settings.from(Map.of("port", "eighty"), Map.of()))
                .hasMessage("--port has the value 'eighty', which is not a whole number");
        assertThatThrownBy(() -> Settings.from(Map.of("port", "70000"), Map.of()))
                .hasMessageContaining("0 to 65535");
        assertThatThrownBy(() -> Settings.from(Map.of("shards", "2"), Map.of()))
                .hasMessageContaining("from 3 to 255");
        assertThatThrownBy(() -> Settings.from(Map.of("aws-account", "12"), Map.of()))
                .hasMessageContaining("12 digits");
        assertThatThrownBy(() -> Settings.from(Map.of("on-lost-call", "maybe"), Map.of()))
                .hasMessageContaining("fail or resend");
    }
}
