package dev.gradus.asl;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Which fields each type of state accepts, and in which query language. */
final class StateFields {
    private static final Map<StateType, Map<String, Use>> TABLE = new EnumMap<>(StateType.class);

    /** Who may use a field. */
    private enum Use {
        EVERYWHERE,
        JSON_PATH,
        JSONATA
    }

    static {
        for (var type : StateType.values()) {
            add(type, Use.EVERYWHERE, "Type Comment QueryLanguage");
        }
        var withInput =
                List.of(
                        StateType.TASK,
                        StateType.WAIT,
                        StateType.PASS,
                        StateType.SUCCEED,
                        StateType.CHOICE,
                        StateType.PARALLEL,
                        StateType.MAP);
        withInput.forEach(type -> add(type, Use.JSON_PATH, "InputPath OutputPath"));
        withInput.forEach(type -> add(type, Use.JSONATA, "Output"));
        List.of(StateType.TASK, StateType.WAIT, StateType.PASS, StateType.PARALLEL, StateType.MAP)
                .forEach(type -> add(type, Use.EVERYWHERE, "Assign Next End"));
        List.of(StateType.TASK, StateType.PARALLEL, StateType.MAP)
                .forEach(type -> add(type, Use.EVERYWHERE, "Retry Catch"));
        List.of(StateType.TASK, StateType.PASS, StateType.PARALLEL, StateType.MAP)
                .forEach(type -> add(type, Use.JSON_PATH, "Parameters ResultPath"));
        List.of(StateType.TASK, StateType.PARALLEL, StateType.MAP)
                .forEach(type -> add(type, Use.JSON_PATH, "ResultSelector"));

        add(StateType.TASK, Use.EVERYWHERE, "Resource TimeoutSeconds HeartbeatSeconds Credentials");
        add(StateType.TASK, Use.JSON_PATH, "TimeoutSecondsPath HeartbeatSecondsPath");
        add(StateType.TASK, Use.JSONATA, "Arguments");
        add(StateType.WAIT, Use.EVERYWHERE, "Seconds Timestamp");
        add(StateType.WAIT, Use.JSON_PATH, "SecondsPath TimestampPath");
        add(StateType.PASS, Use.JSON_PATH, "Result");
        add(StateType.FAIL, Use.EVERYWHERE, "Error Cause");
        add(StateType.FAIL, Use.JSON_PATH, "ErrorPath CausePath");
        add(StateType.CHOICE, Use.EVERYWHERE, "Assign Choices Default");
        add(StateType.PARALLEL, Use.EVERYWHERE, "Branches");
        add(StateType.PARALLEL, Use.JSONATA, "Arguments");
        add(StateType.MAP, Use.EVERYWHERE, "ItemProcessor Iterator ItemSelector MaxConcurrency");
        add(StateType.MAP, Use.EVERYWHERE, "ItemReader ItemBatcher ResultWriter Label");
        add(StateType.MAP, Use.EVERYWHERE, "ToleratedFailureCount ToleratedFailurePercentage");
        add(StateType.MAP, Use.JSON_PATH, "ItemsPath MaxConcurrencyPath");
        add(StateType.MAP, Use.JSON_PATH, "ToleratedFailureCountPath");
        add(StateType.MAP, Use.JSON_PATH, "ToleratedFailurePercentagePath");
        add(StateType.MAP, Use.JSONATA, "Items");
    }

    private StateFields() {}

    /** Tells whether states of the type may have the field in one language or the other. */
    static boolean knows(StateType type, String field) {
        return of(type).containsKey(field);
    }

    /** Returns the names of the fields that the type has in the language. */
    static List<String> names(StateType type, QueryLanguage language) {
        return of(type).keySet().stream()
                .filter(field -> onlyLanguage(type, field).orElse(language) == language)
                .sorted()
                .toList();
    }

    /**
     * Returns the only language in which the type has the field; empty when it has it in both or
     * not at all.
     */
    static Optional<QueryLanguage> onlyLanguage(StateType type, String field) {
        return switch (of(type).getOrDefault(field, Use.EVERYWHERE)) {
            case EVERYWHERE -> Optional.empty();
            case JSON_PATH -> Optional.of(QueryLanguage.JSON_PATH);
            case JSONATA -> Optional.of(QueryLanguage.JSONATA);
        };
    }

    private static Map<String, Use> of(StateType type) {
        return TABLE.getOrDefault(type, Map.of());
    }

    private static void add(StateType type, Use use, String fields) {
        var known = TABLE.computeIfAbsent(type, _ -> new HashMap<>());
        Arrays.stream(fields.split(" ", -1)).forEach(field -> known.put(field, use));
    }
}
