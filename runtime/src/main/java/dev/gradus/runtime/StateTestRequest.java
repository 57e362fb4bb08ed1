package dev.gradus.runtime;

import dev.gradus.engine.Failure;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * TestState.
 *
 * @param place the caller's account and region
 * @param definition one state, or a machine when a state is named
 * @param stateName which state of the machine, at any depth
 * @param roleArn role of the machine that there is not
 * @param mock what stands in for the state's work
 */
public record StateTestRequest(
        Arn.Place place,
        String definition,
        Optional<String> stateName,
        Optional<String> roleArn,
        GivenTexts data,
        Optional<Mock> mock,
        Configuration configuration,
        boolean revealSecrets) {

    /**
     * What the state sees; JSON texts.
     *
     * @param input its input
     * @param variables object of the variables that are set, by name
     * @param context the context object
     */
    public record GivenTexts(String input, Optional<String> variables, Optional<String> context) {}

    /**
     * What stands in for the work.
     *
     * @param result JSON text
     */
    public record Mock(
            Optional<String> result,
            Optional<Failure> errorOutput,
            FieldValidation fieldValidation) {}

    /** How a mocked result is checked against what the service answers with. */
    public enum FieldValidation {
        /** What is required is there, and what is there fits. */
        STRICT,
        /** What is there fits. */
        PRESENT,
        /** Not at all. */
        NONE
    }

    /** What is taken as having happened before. */
    public record Configuration(
            OptionalInt retrierRetryCount,
            Optional<String> errorCausedByState,
            OptionalInt mapIterationFailureCount,
            Optional<String> mapItemReaderData) {
        public static final Configuration NONE =
                new Configuration(
                        OptionalInt.empty(),
                        Optional.empty(),
                        OptionalInt.empty(),
                        Optional.empty());
    }
}
