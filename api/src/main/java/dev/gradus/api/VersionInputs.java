package dev.gradus.api;

import java.util.List;
import java.util.Optional;

/** The requests about versions, aliases and tags, each with its members as AWS's model has them. */
final class VersionInputs {
    private static final MemberType.Text ARN = MemberType.text(1, 256);
    private static final MemberType.Text DESCRIPTION = MemberType.secret(0, 256);
    private static final Member<String> STATE_MACHINE_ARN = Member.required("stateMachineArn", ARN);
    private static final Member<String> ALIAS_ARN = Member.required("stateMachineAliasArn", ARN);
    private static final Member<String> RESOURCE_ARN = Member.required("resourceArn", ARN);
    private static final Member<String> OPTIONAL_DESCRIPTION =
            Member.optional("description", DESCRIPTION);

    record PublishStateMachineVersion(
            String stateMachineArn, Optional<String> revisionId, Optional<String> description) {
        private static final Member<String> REVISION_ID =
                Member.optional("revisionId", MemberType.anyText());
        static final Shape<PublishStateMachineVersion> SHAPE =
                new Shape<>(
                        "PublishStateMachineVersionInput",
                        List.of(STATE_MACHINE_ARN, REVISION_ID, OPTIONAL_DESCRIPTION),
                        in ->
                                new PublishStateMachineVersion(
                                        in.get(STATE_MACHINE_ARN),
                                        in.optional(REVISION_ID),
                                        in.optional(OPTIONAL_DESCRIPTION)));
    }

    record DeleteStateMachineVersion(String stateMachineVersionArn) {
        private static final Member<String> VERSION_ARN =
                Member.required("stateMachineVersionArn", MemberType.text(1, 2000));
        static final Shape<DeleteStateMachineVersion> SHAPE =
                new Shape<>(
                        "DeleteStateMachineVersionInput",
                        List.of(VERSION_ARN),
                        in -> new DeleteStateMachineVersion(in.get(VERSION_ARN)));
    }

    record ListStateMachineVersions(String stateMachineArn, PageInput page) {
        static final Shape<ListStateMachineVersions> SHAPE =
                new Shape<>(
                        "ListStateMachineVersionsInput",
                        List.of(STATE_MACHINE_ARN, PageInput.MAX_RESULTS, PageInput.NEXT_TOKEN),
                        in ->
                                new ListStateMachineVersions(
                                        in.get(STATE_MACHINE_ARN), PageInput.of(in)));
    }

    record RoutingConfigurationListItem(String stateMachineVersionArn, int weight) {
        private static final Member<String> VERSION_ARN =
                Member.required("stateMachineVersionArn", ARN);
        private static final Member<Integer> WEIGHT =
                Member.required("weight", new MemberType.Whole(0, 100));
        static final Shape<RoutingConfigurationListItem> SHAPE =
                new Shape<>(
                        "RoutingConfigurationListItem",
                        List.of(VERSION_ARN, WEIGHT),
                        in ->
                                new RoutingConfigurationListItem(
                                        in.get(VERSION_ARN), in.get(WEIGHT)));
    }

    private static final MemberType<List<RoutingConfigurationListItem>> ROUTES =
            new MemberType.ListOf<>(
                    new MemberType.Structure<>(RoutingConfigurationListItem.SHAPE), 1, 2);

    record CreateStateMachineAlias(
            Optional<String> description,
            String name,
            List<RoutingConfigurationListItem> routingConfiguration) {
        private static final Member<String> NAME =
                Member.required(
                        "name",
                        MemberType.text(1, 80, "^(?=.*[a-zA-Z_\\-\\.])[a-zA-Z0-9_\\-\\.]+$"));
        private static final Member<List<RoutingConfigurationListItem>> ROUTING =
                Member.required("routingConfiguration", ROUTES);
        static final Shape<CreateStateMachineAlias> SHAPE =
                new Shape<>(
                        "CreateStateMachineAliasInput",
                        List.of(OPTIONAL_DESCRIPTION, NAME, ROUTING),
                        in ->
                                new CreateStateMachineAlias(
                                        in.optional(OPTIONAL_DESCRIPTION),
                                        in.get(NAME),
                                        in.get(ROUTING)));
    }

    record DescribeStateMachineAlias(String stateMachineAliasArn) {
        static final Shape<DescribeStateMachineAlias> SHAPE =
                new Shape<>(
                        "DescribeStateMachineAliasInput",
                        List.of(ALIAS_ARN),
                        in -> new DescribeStateMachineAlias(in.get(ALIAS_ARN)));
    }

    record UpdateStateMachineAlias(
            String stateMachineAliasArn,
            Optional<String> description,
            Optional<List<RoutingConfigurationListItem>> routingConfiguration) {
        private static final Member<List<RoutingConfigurationListItem>> ROUTING =
                Member.optional("routingConfiguration", ROUTES);
        static final Shape<UpdateStateMachineAlias> SHAPE =
                new Shape<>(
                        "UpdateStateMachineAliasInput",
                        List.of(ALIAS_ARN, OPTIONAL_DESCRIPTION, ROUTING),
                        in ->
                                new UpdateStateMachineAlias(
                                        in.get(ALIAS_ARN),
                                        in.optional(OPTIONAL_DESCRIPTION),
                                        in.optional(ROUTING)));
    }

    record DeleteStateMachineAlias(String stateMachineAliasArn) {
        static final Shape<DeleteStateMachineAlias> SHAPE =
                new Shape<>(
                        "DeleteStateMachineAliasInput",
                        List.of(ALIAS_ARN),
                        in -> new DeleteStateMachineAlias(in.get(ALIAS_ARN)));
    }

    record ListStateMachineAliases(String stateMachineArn, PageInput page) {
        static final Shape<ListStateMachineAliases> SHAPE =
                new Shape<>(
                        "ListStateMachineAliasesInput",
                        List.of(STATE_MACHINE_ARN, PageInput.MAX_RESULTS, PageInput.NEXT_TOKEN),
                        in ->
                                new ListStateMachineAliases(
                                        in.get(STATE_MACHINE_ARN), PageInput.of(in)));
    }

    record TagResource(String resourceArn, List<StateMachineInputs.Tag> tags) {
        private static final Member<List<StateMachineInputs.Tag>> TAGS =
                Member.required("tags", StateMachineInputs.TAGS);
        static final Shape<TagResource> SHAPE =
                new Shape<>(
                        "TagResourceInput",
                        List.of(RESOURCE_ARN, TAGS),
                        in -> new TagResource(in.get(RESOURCE_ARN), in.get(TAGS)));
    }

    record UntagResource(String resourceArn, List<String> tagKeys) {
        private static final Member<List<String>> TAG_KEYS =
                Member.required("tagKeys", new MemberType.ListOf<>(MemberType.text(1, 128)));
        static final Shape<UntagResource> SHAPE =
                new Shape<>(
                        "UntagResourceInput",
                        List.of(RESOURCE_ARN, TAG_KEYS),
                        in -> new UntagResource(in.get(RESOURCE_ARN), in.get(TAG_KEYS)));
    }

    record ListTagsForResource(String resourceArn) {
        static final Shape<ListTagsForResource> SHAPE =
                new Shape<>(
                        "ListTagsForResourceInput",
                        List.of(RESOURCE_ARN),
                        in -> new ListTagsForResource(in.get(RESOURCE_ARN)));
    }

    private VersionInputs() {}
}
