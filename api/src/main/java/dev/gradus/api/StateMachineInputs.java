package dev.gradus.api;

import dev.gradus.asl.Diagnostic;
import dev.gradus.asl.MachineType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The requests about state machines, each with its members as AWS's model declares them. */
final class StateMachineInputs {
    private static final MemberType.Text ARN = MemberType.text(1, 256);
    private static final MemberType.Text DEFINITION = MemberType.secret(1, 1_048_576);
    private static final MemberType.Text DESCRIPTION = MemberType.secret(0, 256);

    /** How much of what is encrypted the caller wants to see. */
    enum Included {
        ALL_DATA,
        METADATA_ONLY
    }

    /** What is logged. */
    enum LogLevel {
        ALL,
        ERROR,
        FATAL,
        OFF
    }

    /** Whose key encrypts. */
    enum EncryptionType {
        AWS_OWNED_KEY,
        CUSTOMER_MANAGED_KMS_KEY
    }

    record Tag(Optional<String> key, Optional<String> value) {
        private static final Member<String> KEY = Member.optional("key", MemberType.text(1, 128));
        private static final Member<String> VALUE =
                Member.optional("value", MemberType.text(0, 256));
        static final Shape<Tag> SHAPE =
                new Shape<>(
                        "Tag",
                        List.of(KEY, VALUE),
                        in -> new Tag(in.optional(KEY), in.optional(VALUE)));
    }

    record CloudWatchLogsLogGroup(Optional<String> logGroupArn) {
        private static final Member<String> LOG_GROUP_ARN = Member.optional("logGroupArn", ARN);
        static final Shape<CloudWatchLogsLogGroup> SHAPE =
                new Shape<>(
                        "CloudWatchLogsLogGroup",
                        List.of(LOG_GROUP_ARN),
                        in -> new CloudWatchLogsLogGroup(in.optional(LOG_GROUP_ARN)));
    }

    record LogDestination(Optional<CloudWatchLogsLogGroup> cloudWatchLogsLogGroup) {
        private static final Member<CloudWatchLogsLogGroup> LOG_GROUP =
                Member.optional(
                        "cloudWatchLogsLogGroup",
                        new MemberType.Structure<>(CloudWatchLogsLogGroup.SHAPE));
        static final Shape<LogDestination> SHAPE =
                new Shape<>(
                        "LogDestination",
                        List.of(LOG_GROUP),
                        in -> new LogDestination(in.optional(LOG_GROUP)));
    }

    record LoggingConfiguration(
            Optional<LogLevel> level,
            Optional<Boolean> includeExecutionData,
            Optional<List<LogDestination>> destinations) {
        private static final Member<LogLevel> LEVEL =
                Member.optional("level", MemberType.choice(LogLevel.class));
        private static final Member<Boolean> INCLUDE_EXECUTION_DATA =
                Member.optional("includeExecutionData", new MemberType.Flag());
        private static final Member<List<LogDestination>> DESTINATIONS =
                Member.optional(
                        "destinations",
                        new MemberType.ListOf<>(new MemberType.Structure<>(LogDestination.SHAPE)));
        static final Shape<LoggingConfiguration> SHAPE =
                new Shape<>(
                        "LoggingConfiguration",
                        List.of(LEVEL, INCLUDE_EXECUTION_DATA, DESTINATIONS),
                        in ->
                                new LoggingConfiguration(
                                        in.optional(LEVEL),
                                        in.optional(INCLUDE_EXECUTION_DATA),
                                        in.optional(DESTINATIONS)));
    }

    record TracingConfiguration(Optional<Boolean> enabled) {
        private static final Member<Boolean> ENABLED =
                Member.optional("enabled", new MemberType.Flag());
        static final Shape<TracingConfiguration> SHAPE =
                new Shape<>(
                        "TracingConfiguration",
                        List.of(ENABLED),
                        in -> new TracingConfiguration(in.optional(ENABLED)));
    }

    record EncryptionConfiguration(
            EncryptionType type,
            Optional<String> kmsKeyId,
            Optional<Integer> kmsDataKeyReusePeriodSeconds) {
        private static final Member<String> KMS_KEY_ID =
                Member.optional("kmsKeyId", MemberType.text(1, 2048));
        private static final Member<Integer> REUSE_PERIOD =
                Member.optional("kmsDataKeyReusePeriodSeconds", new MemberType.Whole(60, 900));
        private static final Member<EncryptionType> TYPE =
                Member.required("type", MemberType.choice(EncryptionType.class));
        static final Shape<EncryptionConfiguration> SHAPE =
                new Shape<>(
                        "EncryptionConfiguration",
                        List.of(KMS_KEY_ID, REUSE_PERIOD, TYPE),
                        in ->
                                new EncryptionConfiguration(
                                        in.get(TYPE),
                                        in.optional(KMS_KEY_ID),
                                        in.optional(REUSE_PERIOD)));
    }

    static final MemberType<List<Tag>> TAGS =
            new MemberType.ListOf<>(new MemberType.Structure<>(Tag.SHAPE));
    static final MemberType<EncryptionConfiguration> ENCRYPTION =
            new MemberType.Structure<>(EncryptionConfiguration.SHAPE);
    private static final MemberType<LoggingConfiguration> LOGGING =
            new MemberType.Structure<>(LoggingConfiguration.SHAPE);
    private static final MemberType<TracingConfiguration> TRACING =
            new MemberType.Structure<>(TracingConfiguration.SHAPE);

    record CreateStateMachine(
            String name,
            String definition,
            String roleArn,
            Optional<MachineType> type,
            Settings settings,
            Optional<List<Tag>> tags) {
        private static final Member<String> NAME = Member.required("name", MemberType.text(1, 80));
        private static final Member<String> DEFINITION_TEXT =
                Member.required("definition", DEFINITION);
        private static final Member<String> ROLE_ARN = Member.required("roleArn", ARN);
        private static final Member<MachineType> TYPE =
                Member.optional("type", MemberType.choice(MachineType.class));
        private static final Member<List<Tag>> TAG_LIST = Member.optional("tags", TAGS);
        static final Shape<CreateStateMachine> SHAPE =
                new Shape<>(
                        "CreateStateMachineInput",
                        Settings.with(NAME, DEFINITION_TEXT, ROLE_ARN, TYPE, TAG_LIST),
                        in ->
                                new CreateStateMachine(
                                        in.get(NAME),
                                        in.get(DEFINITION_TEXT),
                                        in.get(ROLE_ARN),
                                        in.optional(TYPE),
                                        Settings.of(in),
                                        in.optional(TAG_LIST)));
    }

    record UpdateStateMachine(
            String stateMachineArn,
            Optional<String> definition,
            Optional<String> roleArn,
            Settings settings) {
        private static final Member<String> STATE_MACHINE_ARN =
                Member.required("stateMachineArn", ARN);
        private static final Member<String> DEFINITION_TEXT =
                Member.optional("definition", DEFINITION);
        private static final Member<String> ROLE_ARN = Member.optional("roleArn", ARN);
        static final Shape<UpdateStateMachine> SHAPE =
                new Shape<>(
                        "UpdateStateMachineInput",
                        Settings.with(STATE_MACHINE_ARN, DEFINITION_TEXT, ROLE_ARN),
                        in ->
                                new UpdateStateMachine(
                                        in.get(STATE_MACHINE_ARN),
                                        in.optional(DEFINITION_TEXT),
                                        in.optional(ROLE_ARN),
                                        Settings.of(in)));
    }

    /** The members that creating and updating have in common. */
    record Settings(
            Optional<LoggingConfiguration> logging,
            Optional<TracingConfiguration> tracing,
            Optional<EncryptionConfiguration> encryption,
            boolean publish,
            Optional<String> versionDescription) {
        private static final Member<LoggingConfiguration> LOGGING_CONFIGURATION =
                Member.optional("loggingConfiguration", LOGGING);
        private static final Member<TracingConfiguration> TRACING_CONFIGURATION =
                Member.optional("tracingConfiguration", TRACING);
        private static final Member<EncryptionConfiguration> ENCRYPTION_CONFIGURATION =
                Member.optional("encryptionConfiguration", ENCRYPTION);
        private static final Member<Boolean> PUBLISH =
                Member.optional("publish", new MemberType.Flag());
        private static final Member<String> VERSION_DESCRIPTION =
                Member.optional("versionDescription", DESCRIPTION);

        private static List<Member<?>> with(Member<?>... own) {
            var members = new ArrayList<Member<?>>(List.of(own));
            members.addAll(
                    List.of(
                            LOGGING_CONFIGURATION,
                            TRACING_CONFIGURATION,
                            ENCRYPTION_CONFIGURATION,
                            PUBLISH,
                            VERSION_DESCRIPTION));
            return members;
        }

        private static Settings of(Members in) {
            return new Settings(
                    in.optional(LOGGING_CONFIGURATION),
                    in.optional(TRACING_CONFIGURATION),
                    in.optional(ENCRYPTION_CONFIGURATION),
                    in.optional(PUBLISH).orElse(false),
                    in.optional(VERSION_DESCRIPTION));
        }
    }

    record DescribeStateMachine(String stateMachineArn, Optional<Included> includedData) {
        private static final Member<String> STATE_MACHINE_ARN =
                Member.required("stateMachineArn", ARN);
        private static final Member<Included> INCLUDED_DATA =
                Member.optional("includedData", MemberType.choice(Included.class));
        static final Shape<DescribeStateMachine> SHAPE =
                new Shape<>(
                        "DescribeStateMachineInput",
                        List.of(STATE_MACHINE_ARN, INCLUDED_DATA),
                        in ->
                                new DescribeStateMachine(
                                        in.get(STATE_MACHINE_ARN), in.optional(INCLUDED_DATA)));
    }

    record DeleteStateMachine(String stateMachineArn) {
        private static final Member<String> STATE_MACHINE_ARN =
                Member.required("stateMachineArn", ARN);
        static final Shape<DeleteStateMachine> SHAPE =
                new Shape<>(
                        "DeleteStateMachineInput",
                        List.of(STATE_MACHINE_ARN),
                        in -> new DeleteStateMachine(in.get(STATE_MACHINE_ARN)));
    }

    record ListStateMachines(PageInput page) {
        static final Shape<ListStateMachines> SHAPE =
                new Shape<>(
                        "ListStateMachinesInput",
                        List.of(PageInput.MAX_RESULTS, PageInput.NEXT_TOKEN),
                        in -> new ListStateMachines(PageInput.of(in)));
    }

    /**
     * A definition to look at.
     *
     * @param severity the least one that is told
     * @param size findings at most, from 1
     */
    record ValidateStateMachineDefinition(
            String definition,
            Optional<MachineType> type,
            Optional<Diagnostic.Severity> severity,
            int size) {
        private static final int DEFAULT_SIZE = 100; // AWS: 0 and absent mean 100
        private static final Member<String> DEFINITION_TEXT =
                Member.required("definition", DEFINITION);
        private static final Member<MachineType> TYPE =
                Member.optional("type", MemberType.choice(MachineType.class));
        private static final Member<Diagnostic.Severity> SEVERITY =
                Member.optional("severity", MemberType.choice(Diagnostic.Severity.class));
        private static final Member<Integer> MAX_RESULTS =
                Member.optional("maxResults", new MemberType.Whole(0, 100));
        static final Shape<ValidateStateMachineDefinition> SHAPE =
                new Shape<>(
                        "ValidateStateMachineDefinitionInput",
                        List.of(DEFINITION_TEXT, TYPE, SEVERITY, MAX_RESULTS),
                        in -> {
                            int asked = in.optional(MAX_RESULTS).orElse(0);
                            return new ValidateStateMachineDefinition(
                                    in.get(DEFINITION_TEXT),
                                    in.optional(TYPE),
                                    in.optional(SEVERITY),
                                    asked == 0 ? DEFAULT_SIZE : asked);
                        });
    }

    private StateMachineInputs() {}
}
