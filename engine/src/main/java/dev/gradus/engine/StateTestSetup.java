package dev.gradus.engine;

import dev.gradus.asl.State;
import dev.gradus.asl.StateMachine;
import dev.gradus.expressions.Json;
import java.util.Optional;

/**
 * What one state is tested with.
 *
 * @param machine what the state stands in
 * @param state the state
 * @param execution what the context object shows, with the input of the state as its own; a role of
 *     no characters is none
 * @param variables those that are set when the state is entered
 * @param context the whole context object, absent for one made of the execution
 * @param mock what stands in for the state's work, absent to have it done
 * @param past what happened before
 */
public record StateTestSetup(
        StateMachine machine,
        State state,
        Execution execution,
        Variables variables,
        Optional<Json> context,
        Optional<StateMock> mock,
        Past past) {

    /**
     * What is taken as having happened before.
     *
     * @param retries how often the retrier that matches acted already
     * @param failedIterations how many iterations of the Map failed
     * @param itemReaderData what the Map's ItemReader read, in the form of its source
     */
    public record Past(int retries, int failedIterations, Optional<String> itemReaderData) {
        public static final Past NOTHING = new Past(0, 0, Optional.empty());
    }
}
