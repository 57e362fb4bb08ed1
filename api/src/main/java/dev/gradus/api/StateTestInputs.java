package dev.gradus.api;

import dev.gradus.engine.Failure;
import dev.gradus.engine.Limits;
import dev.gradus.runtime.StateTestRequest.Configuration;
import dev.gradus.runtime.StateTestRequest.FieldValidation;
import dev.gradus.runtime.StateTestRequest.GivenTexts;
import dev.gradus.runtime.StateTestRequest.Mock;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** The request of TestState, with its members as AWS's model declares them. */
final class StateTestInputs {
    private static final MemberType.Text DATA = MemberType.payload(Limits.PAYLOAD_BYTES);
    private static final MemberType.Whole COUNT = new MemberType.Whole(0, Integer.MAX_VALUE);
    private static final MemberType.Text STATE_NAME = MemberType.text(1, 80);

    /** How much an answer shows. */
    enum InspectionLevel {
        INFO,
        DEBUG,
        TRACE
    }

    record TestState(
            String definition,
            Optional<String> roleArn,
            GivenTexts data,
            InspectionLevel inspectionLevel,
            boolean revealSecrets,
            Optional<String> stateName,
            Optional<Mock> mock,
            Configuration configuration) {
        private static final Member<String> DEFINITION =
                Member.required("definition", MemberType.secret(1, 1_048_576));
        private static final Member<String> ROLE_ARN =
                Member.optional("roleArn", MemberType.text(1, 256));
        private static final Member<String> INPUT = Member.optional("input", DATA);
        private static final Member<InspectionLevel> INSPECTION_LEVEL =
                Member.optional("inspectionLevel", MemberType.choice(InspectionLevel.class));
        private static final Member<Boolean> REVEAL_SECRETS =
                Member.optional("revealSecrets", new MemberType.Flag());
        private static final Member<String> VARIABLES = Member.optional("variables", DATA);
        private static final Member<String> NAME = Member.optional("stateName", STATE_NAME);
        private static final Member<Mock> MOCK =
                Member.optional("mock", new MemberType.Structure<>(MockInput.SHAPE));
        private static final Member<String> CONTEXT = Member.optional("context", DATA);
        private static final Member<Configuration> CONFIGURATION =
                Member.optional(
                        "stateConfiguration", new MemberType.Structure<>(StateConfiguration.SHAPE));
        static final Shape<TestState> SHAPE =
                new Shape<>(
                        "TestStateInput",
                        List.of(
                                DEFINITION,
                                ROLE_ARN,
                                INPUT,
                                INSPECTION_LEVEL,
                                REVEAL_SECRETS,
                                VARIABLES,
                                NAME,
                                MOCK,
                                CONTEXT,
                                CONFIGURATION),
                        in ->
                                new TestState(
                                        in.get(DEFINITION),
                                        in.optional(ROLE_ARN),
                                        new GivenTexts(
                                                in.optional(INPUT).orElse("{}"),
                                                in.optional(VARIABLES),
                                                in.optional(CONTEXT)),
                                        in.optional(INSPECTION_LEVEL).orElse(InspectionLevel.INFO),
                                        in.optional(REVEAL_SECRETS).orElse(false),
                                        in.optional(NAME),
                                        in.optional(MOCK),
                                        in.optional(CONFIGURATION).orElse(Configuration.NONE)));
    }

    /** MockInput. */
    private static final class MockInput {
        private static final Member<String> RESULT = Member.optional("result", DATA);
        private static final Member<Failure> ERROR_OUTPUT =
                Member.optional("errorOutput", new MemberType.Structure<>(ErrorOutput.SHAPE));
        private static final Member<FieldValidation> FIELD_VALIDATION_MODE =
                Member.optional("fieldValidationMode", MemberType.choice(FieldValidation.class));
        static final Shape<Mock> SHAPE =
                new Shape<>(
                        "MockInput",
                        List.of(RESULT, ERROR_OUTPUT, FIELD_VALIDATION_MODE),
                        in ->
                                new Mock(
                                        in.optional(RESULT),
                                        in.optional(ERROR_OUTPUT),
                                        in.optional(FIELD_VALIDATION_MODE)
                                                .orElse(FieldValidation.STRICT)));
    }

    /** MockErrorOutput. */
    private static final class ErrorOutput {
        private static final Member<String> ERROR =
                Member.optional("error", MemberType.secret(0, 256));
        private static final Member<String> CAUSE =
                Member.optional("cause", MemberType.secret(0, 32_768));
        static final Shape<Failure> SHAPE =
                new Shape<>(
                        "MockErrorOutput",
                        List.of(ERROR, CAUSE),
                        in -> new Failure(in.optional(ERROR), in.optional(CAUSE)));
    }

    /** TestStateConfiguration. */
    private static final class StateConfiguration {
        private static final Member<Integer> RETRIER_RETRY_COUNT =
                Member.optional("retrierRetryCount", COUNT);
        private static final Member<String> ERROR_CAUSED_BY_STATE =
                Member.optional("errorCausedByState", STATE_NAME);
        private static final Member<Integer> MAP_ITERATION_FAILURE_COUNT =
                Member.optional("mapIterationFailureCount", COUNT);
        private static final Member<String> MAP_ITEM_READER_DATA =
                Member.optional("mapItemReaderData", DATA);
        static final Shape<Configuration> SHAPE =
                new Shape<>(
                        "TestStateConfiguration",
                        List.of(
                                RETRIER_RETRY_COUNT,
                                ERROR_CAUSED_BY_STATE,
                                MAP_ITERATION_FAILURE_COUNT,
                                MAP_ITEM_READER_DATA),
                        in ->
                                new Configuration(
                                        count(in.optional(RETRIER_RETRY_COUNT)),
                                        in.optional(ERROR_CAUSED_BY_STATE),
                                        count(in.optional(MAP_ITERATION_FAILURE_COUNT)),
                                        in.optional(MAP_ITEM_READER_DATA)));

        private static OptionalInt count(Optional<Integer> member) {
            return member.map(OptionalInt::of).orElseGet(OptionalInt::empty);
        }
    }

    private StateTestInputs() {}
}
