package dev.gradus.api;

import dev.gradus.runtime.ApiException;
import dev.gradus.runtime.ErrorShape;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The table of all operations that this release answers. */
final class Operations {
    private static final String PREFIX = "AWSStepFunctions.";

    private final Map<String, Operation<?>> byName;
    private final Operation<?> release;
    private final Polls polls = new Polls();

    /** Makes the table; nobody is throttled. */
    Operations(Service service, PageTokens tokens) {
        this(service, tokens, Throttle.NONE);
    }

    Operations(Service service, PageTokens tokens, Throttle throttle) {
        var table = new LinkedHashMap<String, Operation<?>>();
        var executions = new ExecutionOperations(service, tokens, new StartThrottle(throttle));
        this.release = executions.release();
        for (var group :
                List.of(
                        new StateMachineOperations(service, tokens).table(),
                        new VersionOperations(service, tokens).table(),
                        new AliasOperations(service, tokens).table(),
                        new TagOperations(service).table(),
                        executions.table(),
                        new MapRunOperations(service, tokens).table(),
                        new ActivityOperations(service, tokens, polls).table(),
                        new StateTestOperations(service).table())) {
            group.forEach(operation -> table.put(operation.name(), operation));
        }
        this.byName = Map.copyOf(table);
    }

    Map<String, Operation<?>> byName() {
        return byName;
    }

    /** What {@link Gateway#RELEASE_PATH} is for. */
    Operation<?> release() {
        return release;
    }

    /** Sends away the workers that wait for a task. */
    void endPolls() {
        polls.end();
    }

    /** Finds the operation of an {@code X-Amz-Target}. */
    Operation<?> find(String target) {
        var name = target.startsWith(PREFIX) ? target.substring(PREFIX.length()) : "";
        var operation = byName.get(name);
        if (operation == null) {
            throw unknown(target);
        }
        return operation;
    }

    private static ApiException unknown(String target) {
        return ErrorShape.UnknownOperationException.because(
                "There is no operation '"
                        + target
                        + "'; X-Amz-Target is AWSStepFunctions.<Operation>.");
    }
}
