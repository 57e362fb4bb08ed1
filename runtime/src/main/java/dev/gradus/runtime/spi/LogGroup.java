package dev.gradus.runtime.spi;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A log group as a loggingConfiguration names it: {@code
 * arn:aws:logs:us-east-1:123456789012:log-group:/aws/vendedlogs/states/orders:*}.
 *
 * @param name 1 to 512 letters, digits and {@code _ - / . #} (CloudWatch Logs API reference,
 *     CreateLogGroup)
 */
public record LogGroup(String partition, String region, String account, String name) {
    private static final Pattern ARN =
            Pattern.compile(
                    "arn:([^:]+):logs:([^:]+):([^:]+):log-group:([A-Za-z0-9_./#-]{1,512}):\\*");

    /** Reads an ARN; empty when it is none of a log group, or does not end in {@code :*}. */
    public static Optional<LogGroup> ofArn(String arn) {
        var match = ARN.matcher(arn);
        return match.matches()
                ? Optional.of(
                        new LogGroup(
                                match.group(1), match.group(2), match.group(3), match.group(4)))
                : Optional.empty();
    }
}
