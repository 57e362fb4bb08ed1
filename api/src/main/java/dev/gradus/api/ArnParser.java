package dev.gradus.api;

import dev.gradus.runtime.ApiException;
import dev.gradus.runtime.Arn;
import dev.gradus.runtime.ErrorShape;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Turns text into ARNs of the kind that an operation takes, or into AWS's error. Whether they are
 * the caller's own, {@link Operation.Call#own} says.
 */
final class ArnParser {
    private static final int ACCOUNT_DIGITS = 12;
    private static final int VERSION_DIGITS = 18; // any number of so many digits is a long
    private static final Pattern ROLE =
            Pattern.compile("arn:aws[a-z0-9-]*:iam::[0-9]{12}:role/\\S+");

    private ArnParser() {}

    /**
     * Parses the ARN of a state machine for an operation that takes no version and no alias: none
     * of them is a machine to it.
     */
    static Arn.StateMachine stateMachine(String text) {
        return switch (startable(text)) {
            case Arn.StateMachine machine -> machine;
            case Arn.StateMachineVersion version -> throw noSuchMachine(version);
            case Arn.StateMachineAlias alias -> throw noSuchMachine(alias);
        };
    }

    /** Parses the ARN of a state machine, or of a version or alias of one. */
    static Arn.Startable startable(String text) {
        return switch (parse(text)) {
            case Arn.Startable startable -> startable;
            case Arn.LabelledStateMachine labelled ->
                    throw new ApiException(
                            ErrorShape.ValidationException,
                            "This operation does not support labelled state machine ARNs: '"
                                    + labelled.text()
                                    + "'",
                            Map.of("reason", "API_DOES_NOT_SUPPORT_LABELED_ARNS"));
            case Arn.Execution _ -> throw wrongType("execution");
            case Arn.ExpressExecution _ -> throw wrongType("express");
            case Arn.MapRun _ -> throw wrongType("mapRun");
            case Arn.Activity _ -> throw wrongType("activity");
        };
    }

    /** Parses the ARN of a version. */
    static Arn.StateMachineVersion version(String text) {
        return switch (startable(text)) {
            case Arn.StateMachineVersion version -> version;
            case Arn.StateMachine _, Arn.StateMachineAlias _ -> throw wrongType("stateMachine");
        };
    }

    /** Parses the ARN of an alias; empty for a version's, which no alias can have. */
    static Optional<Arn.StateMachineAlias> alias(String text) {
        return switch (startable(text)) {
            case Arn.StateMachineAlias alias -> Optional.of(alias);
            case Arn.StateMachineVersion _ -> Optional.empty();
            case Arn.StateMachine _ -> throw wrongType("stateMachine");
        };
    }

    /**
     * Parses the ARN of what can have tags: a state machine or an activity, no version or alias.
     */
    static Arn.Taggable taggable(String text) {
        return switch (parse(text)) {
            case Arn.StateMachine machine -> machine;
            case Arn.Activity activity -> activity;
            // AWS: a version is no resource to the tagging operations (recorded).
            case Arn.StateMachineVersion _, Arn.StateMachineAlias _, Arn.LabelledStateMachine _ ->
                    throw ErrorShape.ResourceNotFound.because("Resource not found: '" + text + "'");
            case Arn.Execution _ -> throw wrongType("execution");
            case Arn.ExpressExecution _ -> throw wrongType("express");
            case Arn.MapRun _ -> throw wrongType("mapRun");
        };
    }

    /** Parses the ARN of a standard execution, or of a Map Run's child. */
    static Arn.Execution execution(String text) {
        return switch (parse(text)) {
            case Arn.Execution execution -> execution;
            case Arn.Startable _, Arn.LabelledStateMachine _ -> throw wrongType("stateMachine");
            case Arn.ExpressExecution _ -> throw wrongType("express");
            case Arn.MapRun _ -> throw wrongType("mapRun");
            case Arn.Activity _ -> throw wrongType("activity");
        };
    }

    /** Parses the ARN of a standard execution that no Map Run started. */
    static Arn.Execution unlabelledExecution(String text) {
        var execution = execution(text);
        if (execution.machine().indexOf('/') >= 0) {
            throw new ApiException(
                    ErrorShape.ValidationException,
                    "Labeled Execution ARNs are not supported for this API",
                    Map.of("reason", "API_DOES_NOT_SUPPORT_LABELED_ARNS"));
        }
        return execution;
    }

    /** Parses the ARN of a Map Run. */
    static Arn.MapRun mapRun(String text) {
        return switch (parse(text)) {
            case Arn.MapRun mapRun -> mapRun;
            case Arn.Startable _, Arn.LabelledStateMachine _ -> throw wrongType("stateMachine");
            case Arn.Execution _ -> throw wrongType("execution");
            case Arn.ExpressExecution _ -> throw wrongType("express");
            case Arn.Activity _ -> throw wrongType("activity");
        };
    }

    /** Parses the ARN of an activity. */
    static Arn.Activity activity(String text) {
        return switch (parse(text)) {
            case Arn.Activity activity -> activity;
            case Arn.Startable _, Arn.LabelledStateMachine _ -> throw wrongType("stateMachine");
            case Arn.Execution _ -> throw wrongType("execution");
            case Arn.ExpressExecution _ -> throw wrongType("express");
            case Arn.MapRun _ -> throw wrongType("mapRun");
        };
    }

    /** Returns a role's ARN if it is one; that the role exists is never checked. */
    static String role(String text) {
        if (!ROLE.matcher(text).matches()) {
            throw ErrorShape.InvalidArn.because("Invalid Role Arn: '" + text + "'");
        }
        return text;
    }

    private static Arn parse(String text) {
        // Split by hand: every request has an ARN, and a pattern costs ten times as much.
        var parts = text.split(":", 6);
        if (!hasPrefix(parts)) {
            throw ErrorShape.InvalidArn.because("Invalid Arn: 'Invalid ARN prefix: " + text + "'");
        }
        if (!parts[2].equals("states")) {
            throw wrongType(parts[5].split("[:/]", 2)[0]);
        }
        if (parts[3].isEmpty() || parts[4].isEmpty()) {
            throw malformed(text);
        }
        var place = new Arn.Place(parts[1], parts[3], parts[4]);
        var names = parts[5].split(":", -1);
        return switch (names[0]) {
            case "stateMachine" -> anyStateMachine(place, names, text);
            case "execution" -> {
                requireNames(2, names, text);
                yield new Arn.Execution(place, names[1], names[2]);
            }
            case "express" -> {
                requireNames(3, names, text);
                yield new Arn.ExpressExecution(place, names[1], names[2], names[3]);
            }
            case "mapRun" -> {
                requireNames(2, names, text);
                var labelled = labelled(names[1], text);
                if (labelled.length == 1) {
                    throw malformed(text);
                }
                yield new Arn.MapRun(place, labelled[0], labelled[1], names[2]);
            }
            case "activity" -> {
                requireNames(1, names, text);
                yield new Arn.Activity(place, names[1]);
            }
            default -> throw wrongType(names[0]);
        };
    }

    /** {@code arn:aws...:SERVICE:REGION:ACCOUNT:RESOURCE}; region and account may be empty. */
    private static boolean hasPrefix(String[] parts) {
        return parts.length == 6
                && parts[0].equals("arn")
                && parts[1].startsWith("aws")
                && isSlug(parts[1])
                && !parts[2].isEmpty()
                && isSlug(parts[2])
                && isSlug(parts[3])
                && (parts[4].isEmpty() || isAccount(parts[4]))
                && !parts[5].isEmpty();
    }

    private static boolean isSlug(String text) {
        for (var i = 0; i < text.length(); i++) {
            var c = text.charAt(i);
            if (!((c >= 'a' && c <= 'z') || isDigit(c) || c == '-')) {
                return false;
            }
        }
        return true;
    }

    private static boolean isAccount(String text) {
        for (var i = 0; i < text.length(); i++) {
            if (!isDigit(text.charAt(i))) {
                return false;
            }
        }
        return text.length() == ACCOUNT_DIGITS;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static Arn anyStateMachine(Arn.Place place, String[] names, String text) {
        if (names.length == 3) {
            requireNames(2, names, text);
            return qualified(place, names[1], names[2], text);
        }
        requireNames(1, names, text);
        var labelled = labelled(names[1], text);
        return labelled.length == 1
                ? new Arn.StateMachine(place, names[1])
                : new Arn.LabelledStateMachine(place, labelled[0], labelled[1]);
    }

    private static Arn.Startable qualified(
            Arn.Place place, String machine, String qualifier, String text) {
        if (!qualifier.chars().allMatch(c -> isDigit((char) c))) {
            return new Arn.StateMachineAlias(place, machine, qualifier);
        }
        // A number has one spelling, so that a version has one ARN.
        if (qualifier.length() > VERSION_DIGITS || qualifier.startsWith("0")) {
            throw malformed(text);
        }
        return new Arn.StateMachineVersion(place, machine, Long.parseLong(qualifier));
    }

    private static void requireNames(int count, String[] typeAndNames, String text) {
        if (typeAndNames.length != count + 1) {
            throw malformed(text);
        }
        for (var name : typeAndNames) {
            if (name.isEmpty()) {
                throw malformed(text);
            }
        }
    }

    private static String[] labelled(String name, String text) {
        var parts = name.split("/", -1);
        if (parts.length > 2 || parts[0].isEmpty() || parts[parts.length - 1].isEmpty()) {
            throw malformed(text);
        }
        return parts;
    }

    private static ApiException wrongType(String type) {
        return ErrorShape.InvalidArn.because(
                "Invalid Arn: 'Resource type not valid in this context: " + type + "'");
    }

    private static ApiException noSuchMachine(Arn.Startable arn) {
        return ErrorShape.StateMachineDoesNotExist.because(
                "State Machine Does Not Exist: '" + arn.text() + "'");
    }

    private static ApiException malformed(String text) {
        return ErrorShape.InvalidArn.because("Invalid Arn: 'Invalid ARN: " + text + "'");
    }
}
