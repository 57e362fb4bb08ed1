package dev.gradus.api;

import dev.gradus.api.Operation.Call;
import dev.gradus.api.Operation.Reply;
import dev.gradus.runtime.Arn;
import dev.gradus.runtime.Page;
import dev.gradus.runtime.StateMachineRequests;
import dev.gradus.runtime.VersionView;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The operations on versions. */
final class VersionOperations {
    private final Service service;
    private final PageTokens tokens;

    VersionOperations(Service service, PageTokens tokens) {
        this.service = service;
        this.tokens = tokens;
    }

    List<Operation<?>> table() {
        return List.of(
                new Operation<>(
                        "PublishStateMachineVersion",
                        VersionInputs.PublishStateMachineVersion.SHAPE,
                        this::publish),
                new Operation<>(
                        "ListStateMachineVersions",
                        VersionInputs.ListStateMachineVersions.SHAPE,
                        this::list),
                new Operation<>(
                        "DeleteStateMachineVersion",
                        VersionInputs.DeleteStateMachineVersion.SHAPE,
                        this::delete));
    }

    private CompletionStage<Reply> publish(VersionInputs.PublishStateMachineVersion in, Call call) {
        var request =
                new StateMachineRequests.PublishVersion(
                        call.own(ArnParser.stateMachine(in.stateMachineArn())),
                        in.revisionId(),
                        in.description());
        return service.publishVersion(request).thenApply(version -> out -> item(version, out));
    }

    private CompletionStage<Reply> delete(VersionInputs.DeleteStateMachineVersion in, Call call) {
        var version = ArnParser.version(in.stateMachineVersionArn());
        return call.owns(version)
                ? service.deleteVersion(version).thenApply(_ -> Reply.EMPTY)
                : Operation.nothingThere();
    }

    private CompletionStage<Reply> list(VersionInputs.ListStateMachineVersions in, Call call) {
        var of = ArnParser.startable(in.stateMachineArn());
        var binding = new PageTokens.Binding("ListStateMachineVersions", List.of(of.text()));
        var wanted = in.page().request(tokens, binding);
        return versions(of, wanted, call)
                .thenApply(page -> {
                    var next = page.next().map(after -> tokens.issue(binding, after));
                    return out ->
                            out.array(
                                            "stateMachineVersions",
                                            page.items(),
                                            each -> out.object(() -> item(each, out)))
                                    .string("nextToken", next);
                });
    }

    /** No version or alias has versions, as little as a machine that is not there. */
    private CompletionStage<Page<VersionView>> versions(
            Arn.Startable of, Page.Request page, Call call) {
        return switch (of) {
            case Arn.StateMachine machine when call.owns(machine) ->
                    service.versions(machine, page);
            case Arn.StateMachine _, Arn.StateMachineVersion _, Arn.StateMachineAlias _ ->
                    CompletableFuture.completedFuture(new Page<>(List.of(), Optional.empty()));
        };
    }

    private static void item(VersionView version, WireWriter out) {
        out.string("stateMachineVersionArn", version.arn().text())
                .date("creationDate", version.creationMillis());
    }
}
