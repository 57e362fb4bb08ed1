package dev.gradus.api;

import dev.gradus.api.StateMachineInputs.EncryptionType;
import dev.gradus.api.StateMachineInputs.LogLevel;
import dev.gradus.runtime.ApiException;
import dev.gradus.runtime.ErrorShape;
import dev.gradus.runtime.StateMachineRequests.Publish;
import dev.gradus.runtime.StateMachineView.Logging;
import java.util.List;
import java.util.Optional;

/**
 * The settings of machines and activities as the runtime takes them. What this release cannot
 * honour is refused in words, never dropped in silence.
 */
final class MachineSettings {
    private MachineSettings() {}

    /**
     * Checks the form of a logging configuration as AWS does; whether its log group is there is the
     * runtime's to find out.
     */
    static Logging logging(StateMachineInputs.LoggingConfiguration given) {
        var level = given.level().orElse(LogLevel.OFF);
        var destinations = given.destinations().map(MachineSettings::logGroups);
        if (level != LogLevel.OFF && destinations.map(List::size).orElse(0) != 1) {
            throw invalidLogging("Must specify exactly one Log Destination.");
        }
        return new Logging(level.name(), given.includeExecutionData().orElse(false), destinations);
    }

    /** Refuses the encryption that needs a caller's key. */
    static void refuseOwnKey(StateMachineInputs.EncryptionConfiguration given) {
        if (given.type() == EncryptionType.CUSTOMER_MANAGED_KMS_KEY) {
            throw invalidEncryption(
                    "CUSTOMER_MANAGED_KMS_KEY comes with a later release of Gradus; set the type to"
                            + " AWS_OWNED_KEY, and start the server with --encryption-key-file to"
                            + " have everything that it stores encrypted.");
        }
        if (given.kmsKeyId().isPresent() || given.kmsDataKeyReusePeriodSeconds().isPresent()) {
            throw invalidEncryption(
                    "kmsKeyId and kmsDataKeyReusePeriodSeconds need the type"
                            + " CUSTOMER_MANAGED_KMS_KEY, but it is AWS_OWNED_KEY.");
        }
    }

    /** Whether a version is wanted of what is created or updated. */
    static Optional<Publish> publish(StateMachineInputs.Settings given) {
        if (given.publish()) {
            return Optional.of(new Publish(given.versionDescription()));
        }
        if (given.versionDescription().isPresent()) {
            throw ErrorShape.ValidationException.because(
                    "Version description can only be set when publish is true");
        }
        return Optional.empty();
    }

    private static List<String> logGroups(List<StateMachineInputs.LogDestination> destinations) {
        return destinations.stream()
                .map(destination ->
                        destination
                                .cloudWatchLogsLogGroup()
                                .flatMap(StateMachineInputs.CloudWatchLogsLogGroup::logGroupArn)
                                .orElseThrow(() -> invalidLogging("Log Destination not found.")))
                .toList();
    }

    private static ApiException invalidLogging(String why) {
        return ErrorShape.InvalidLoggingConfiguration.because(
                "Invalid Logging Configuration: " + why);
    }

    private static ApiException invalidEncryption(String why) {
        return ErrorShape.InvalidEncryptionConfiguration.because(
                "Invalid Encryption Configuration: " + why);
    }
}
