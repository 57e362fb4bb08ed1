package dev.gradus.asl;

import dev.gradus.expressions.Payload;
import java.util.List;
import java.util.Optional;

/** One node of a definition. The eight kinds are closed: a switch over them needs no default. */
public sealed interface State {

    /** Name, unique in the whole machine, 1 to 80 characters. */
    String name();

    /** How the state shapes its data. */
    DataFlow flow();

    /**
     * Hands its input on, or a fixed result.
     *
     * @param result taken literally and instead of the input when present
     */
    record PassState(String name, DataFlow flow, Optional<Payload> result, Transition then)
            implements State {}

    /**
     * Has work done by something outside.
     *
     * @param resource what does the work
     * @param timeout seconds that one attempt may take
     * @param heartbeat seconds that may pass between two heartbeats
     * @param credentials template of the role to assume, absent for the machine's own role
     */
    record TaskState(
            String name,
            DataFlow flow,
            TaskResource resource,
            Optional<TimeLimit> timeout,
            Optional<TimeLimit> heartbeat,
            Optional<Template> credentials,
            ErrorHandling onError,
            Transition then)
            implements State {}

    /** Goes on at the first rule that holds, else at the default. */
    record ChoiceState(
            String name, DataFlow flow, List<ChoiceRule> rules, Optional<String> defaultNext)
            implements State {}

    /** Does nothing for a time. */
    record WaitState(String name, DataFlow flow, WaitUntil until, Transition then)
            implements State {}

    /** Ends its block with success. */
    record SucceedState(String name, DataFlow flow) implements State {}

    /** Ends its block with a failure. */
    record FailState(String name, DataFlow flow, FailText error, FailText cause) implements State {}

    /** Runs its branches side by side on one input; the result is the array of their outputs. */
    record ParallelState(
            String name,
            DataFlow flow,
            List<Block> branches,
            ErrorHandling onError,
            Transition then)
            implements State {}

    /**
     * Runs one block for each item of an array.
     *
     * @param items where the array comes from in the effective input
     * @param itemSelector builds each iteration's input, absent when the item itself is the input
     * @param maxConcurrency iterations at once, 0 for no explicit limit
     */
    record MapState(
            String name,
            DataFlow flow,
            ItemSource items,
            Optional<Template> itemSelector,
            ConcurrencyLimit maxConcurrency,
            Block itemProcessor,
            ErrorHandling onError,
            Transition then)
            implements State {}

    /** What Retry and Catch say, in the order of the definition; both empty when absent. */
    record ErrorHandling(List<Retrier> retriers, List<Catcher> catchers) {
        public static final ErrorHandling NONE = new ErrorHandling(List.of(), List.of());

        public ErrorHandling {
            retriers = List.copyOf(retriers);
            catchers = List.copyOf(catchers);
        }
    }

    /** The name of the type as definitions write it. */
    static String typeName(State state) {
        return switch (state) {
            case PassState _ -> "Pass";
            case TaskState _ -> "Task";
            case ChoiceState _ -> "Choice";
            case WaitState _ -> "Wait";
            case SucceedState _ -> "Succeed";
            case FailState _ -> "Fail";
            case ParallelState _ -> "Parallel";
            case MapState _ -> "Map";
        };
    }
}
