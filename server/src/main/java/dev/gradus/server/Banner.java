package dev.gradus.server;

import dev.gradus.integrations.AwsService;
import dev.gradus.integrations.Endpoint;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What `serve` prints when it is up: where it listens, what it runs with, and the lines to try. */
final class Banner {

    static String text(Settings settings, int port, Map<String, String> environment) {
        var url = (isTls(settings) ? "https" : "http") + "://localhost:" + port;
        var text = new StringBuilder();
        text.append("Gradus ").append(Version.text()).append(" is up.\n\n");
        text.append("  endpoint   ").append(url).append('\n');
        text.append("  data       ").append(where(settings)).append("\n\n");
        for (var setting : settings.all()) {
            text.append(
                    String.format(
                            Locale.ROOT,
                            "  %-14s %-28s (%s)%n",
                            setting.name(),
                            shown(setting),
                            setting.source()));
        }
        text.append(
                String.format(
                        Locale.ROOT,
                        "  %-14s %s%n",
                        "lambda",
                        settings.endpoints().description(AwsService.LAMBDA)));
        text.append(
                String.format(
                        Locale.ROOT, "  %-14s %s%n", "logs", settings.feeds().logs(settings)));
        text.append(
                String.format(Locale.ROOT, "  %-14s %s%n", "events", settings.feeds().events()));
        text.append(
                String.format(
                        Locale.ROOT,
                        "  %-14s %s%n",
                        "metrics",
                        settings.endpoints()
                                .ownOf(AwsService.CLOUDWATCH)
                                .map(Endpoint::description)
                                .orElse("not published")));
        text.append(
                String.format(
                        Locale.ROOT, "  %-14s %s%n", "traces", settings.feeds().traces().text()));
        for (var warning : settings.endpoints().warnings(environment, port)) {
            text.append("\n  warning: ").append(warning).append('\n');
        }
        return text.append(warning(settings)).append(lines(url, settings)).toString();
    }

    private static String where(Settings settings) {
        return settings.inMemory().value()
                ? "in memory only: everything is lost when this process ends"
                : settings.data().value().toAbsolutePath().normalize().toString();
    }

    private static boolean isTls(Settings settings) {
        return settings.access().tlsCert().value().isPresent();
    }

    private static boolean isSigned(Settings settings) {
        return settings.access().credentialsFile().value().isPresent();
    }

    /** What an operator should know of the settings together. */
    private static String warning(Settings settings) {
        boolean beyond = settings.host().value().isPresent();
        return beyond && isSigned(settings) && !isTls(settings)
                ? "\n  warning: requests and answers can be read on their way: serve TLS (--tls-cert),"
                        + " or put a proxy that does in front\n"
                : "";
    }

    private static Object shown(Setting<?> setting) {
        return switch (setting.value()) {
            case Optional<?> optional ->
                    optional.map(Object::toString)
                            .orElse(setting.name().equals("host") ? "loopback" : "none");
            case Set<?> names -> names.isEmpty() ? "loopback" : names;
            default -> setting.value();
        };
    }

    private static String lines(String url, Settings settings) {
        var role = "arn:aws:iam::" + settings.account().value() + ":role/any";
        return """

        Try it (%s):

          export AWS_ENDPOINT_URL=%s AWS_DISABLE_HOST_PREFIX_INJECTION=true
          export AWS_ACCESS_KEY_ID=local AWS_SECRET_ACCESS_KEY=local AWS_DEFAULT_REGION=%s
          aws stepfunctions create-state-machine --name hello --role-arn %s \\
            --definition '{"StartAt":"Hello","States":{"Hello":{"Type":"Pass","Result":"hello","End":true}}}'
          aws stepfunctions start-execution --name first \\
            --state-machine-arn arn:aws:states:%s:%s:stateMachine:hello
          aws stepfunctions get-execution-history \\
            --execution-arn arn:aws:states:%s:%s:execution:hello:first

        """
                .formatted(
                        isSigned(settings)
                                ? "with credentials of --credentials-file"
                                : "any credentials do",
                        url,
                        settings.region().value(),
                        role,
                        settings.region().value(),
                        settings.account().value(),
                        settings.region().value(),
                        settings.account().value());
    }

    private Banner() {}
}
