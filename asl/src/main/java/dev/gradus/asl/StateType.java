package dev.gradus.asl;

import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The eight state types, in the order in which AWS lists them, with the fields that each accepts.
 */
enum StateType {
    TASK(
            "Task",
            fields(
                    "Assign Resource TimeoutSeconds HeartbeatSeconds Credentials Retry Catch Next End"),
            fields(
                    "InputPath OutputPath Parameters ResultPath ResultSelector TimeoutSecondsPath HeartbeatSecondsPath"),
            fields("Arguments Output")),
    WAIT(
            "Wait",
            fields("Assign Seconds Timestamp Next End"),
            fields("InputPath OutputPath SecondsPath TimestampPath"),
            fields("Output")),
    PASS(
            "Pass",
            fields("Assign Next End"),
            fields("InputPath OutputPath Parameters Result ResultPath"),
            fields("Output")),
    SUCCEED("Succeed", fields(""), fields("InputPath OutputPath"), fields("Output")),
    FAIL("Fail", fields("Error Cause"), fields("ErrorPath CausePath"), fields("")),
    CHOICE(
            "Choice",
            fields("Assign Choices Default"),
            fields("InputPath OutputPath"),
            fields("Output")),
    PARALLEL(
            "Parallel",
            fields("Assign Branches Retry Catch Next End"),
            fields("InputPath OutputPath Parameters ResultPath ResultSelector"),
            fields("Arguments Output")),
    MAP(
            "Map",
            fields(
                    "Assign ItemProcessor Iterator ItemSelector MaxConcurrency ItemReader ItemBatcher ResultWriter"
                            + " ToleratedFailureCount ToleratedFailurePercentage Label Retry Catch Next End"),
            fields(
                    "InputPath OutputPath Parameters ResultPath ResultSelector ItemsPath MaxConcurrencyPath"
                            + " ToleratedFailureCountPath ToleratedFailurePercentagePath"),
            fields("Items Output"));

    private static final Set<String> EVERYWHERE = fields("Type Comment QueryLanguage");

    private final String text;
    private final Set<String> both;
    private final Set<String> jsonPathOnly;
    private final Set<String> jsonataOnly;

    StateType(String text, Set<String> both, Set<String> jsonPathOnly, Set<String> jsonataOnly) {
        this.text = text;
        this.both = both;
        this.jsonPathOnly = jsonPathOnly;
        this.jsonataOnly = jsonataOnly;
    }

    /** Returns the type of that name, compared with regard to case as AWS does. */
    static Optional<StateType> of(String text) {
        return Arrays.stream(values()).filter(type -> type.text.equals(text)).findFirst();
    }

    /** Returns the word that definitions use. */
    String text() {
        return text;
    }

    /** Tells whether states of this type may have the field in one language or the other. */
    boolean knows(String field) {
        return EVERYWHERE.contains(field)
                || both.contains(field)
                || jsonPathOnly.contains(field)
                || jsonataOnly.contains(field);
    }

    /**
     * Returns the only language in which this type has the field; empty when it has it in both or
     * not at all.
     */
    Optional<QueryLanguage> onlyIn(String field) {
        if (jsonPathOnly.contains(field)) {
            return Optional.of(QueryLanguage.JSON_PATH);
        }
        return jsonataOnly.contains(field) ? Optional.of(QueryLanguage.JSONATA) : Optional.empty();
    }

    private static Set<String> fields(String names) {
        return Arrays.stream(names.split(" "))
                .filter(name -> !name.isEmpty())
                .collect(Collectors.toUnmodifiableSet());
    }
}
