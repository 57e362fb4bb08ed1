package dev.gradus.api;

import dev.gradus.api.Operation.Call;
import dev.gradus.api.Operation.Reply;
import dev.gradus.runtime.AliasRequests;
import dev.gradus.runtime.AliasView;
import dev.gradus.runtime.ApiException;
import dev.gradus.runtime.Arn;
import dev.gradus.runtime.ErrorShape;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/** The operations on aliases. */
final class AliasOperations {
    private final Service service;
    private final PageTokens tokens;

    AliasOperations(Service service, PageTokens tokens) {
        this.service = service;
        this.tokens = tokens;
    }

    List<Operation<?>> table() {
        return List.of(
                new Operation<>(
                        "CreateStateMachineAlias",
                        VersionInputs.CreateStateMachineAlias.SHAPE,
                        this::create),
                new Operation<>(
                        "DescribeStateMachineAlias",
                        VersionInputs.DescribeStateMachineAlias.SHAPE,
                        this::describe),
                new Operation<>(
                        "UpdateStateMachineAlias",
                        VersionInputs.UpdateStateMachineAlias.SHAPE,
                        this::update),
                new Operation<>(
                        "DeleteStateMachineAlias",
                        VersionInputs.DeleteStateMachineAlias.SHAPE,
                        this::delete),
                new Operation<>(
                        "ListStateMachineAliases",
                        VersionInputs.ListStateMachineAliases.SHAPE,
                        this::list));
    }

    private CompletionStage<Reply> create(VersionInputs.CreateStateMachineAlias in, Call call) {
        var routes = Routes.valid(in.routingConfiguration());
        var machine = Routes.machine(routes);
        if (!call.owns(machine)) {
            throw Refusals.noAlias();
        }
        var arn = new Arn.StateMachineAlias(machine.place(), machine.name(), in.name());
        return service.createAlias(new AliasRequests.Create(arn, in.description(), routes))
                .thenApply(alias -> out -> item(alias.arn(), alias.creationMillis(), out));
    }

    private CompletionStage<Reply> describe(VersionInputs.DescribeStateMachineAlias in, Call call) {
        return service.describeAlias(existing(in.stateMachineAliasArn(), call))
                .thenApply(alias -> out -> described(alias, out));
    }

    private CompletionStage<Reply> update(VersionInputs.UpdateStateMachineAlias in, Call call) {
        var arn = existing(in.stateMachineAliasArn(), call);
        if (in.description().isEmpty() && in.routingConfiguration().isEmpty()) {
            throw new ApiException(
                    ErrorShape.ValidationException,
                    "Either the description or the routing configuration must be specified",
                    Map.of("reason", "MISSING_REQUIRED_PARAMETER"));
        }
        var routes = in.routingConfiguration().map(Routes::valid);
        routes.ifPresent(given -> Routes.checkMachine(arn, given));
        return service.updateAlias(new AliasRequests.Update(arn, in.description(), routes))
                .thenApply(alias -> out -> out.date("updateDate", alias.updateMillis()));
    }

    private CompletionStage<Reply> delete(VersionInputs.DeleteStateMachineAlias in, Call call) {
        var arn = ArnParser.alias(in.stateMachineAliasArn());
        if (arn.filter(alias -> !call.owns(alias)).isPresent()) {
            throw Refusals.noAlias(); // As where the machine does not exist.
        }
        return arn.isEmpty()
                ? Operation.nothingThere()
                : service.deleteAlias(arn.get()).thenApply(_ -> Reply.EMPTY);
    }

    private CompletionStage<Reply> list(VersionInputs.ListStateMachineAliases in, Call call) {
        var of = ArnParser.startable(in.stateMachineArn());
        call.own(of.unqualified());
        var binding = new PageTokens.Binding("ListStateMachineAliases", List.of(of.text()));
        var request = new AliasRequests.ListOf(of, in.page().request(tokens, binding));
        return service.aliases(request)
                .thenApply(page -> {
                    var next = page.next().map(after -> tokens.issue(binding, after));
                    return out ->
                            out.array(
                                            "stateMachineAliases",
                                            page.items(),
                                            each ->
                                                    out.object(() ->
                                                            item(
                                                                    each.arn(),
                                                                    each.creationMillis(),
                                                                    out)))
                                    .string("nextToken", next);
                });
    }

    /** A number is no alias's name: there is no such alias. */
    private static Arn.StateMachineAlias existing(String text, Call call) {
        return ArnParser.alias(text).filter(call::owns).orElseThrow(Refusals::noAlias);
    }

    private static void described(AliasView alias, WireWriter out) {
        out.string("stateMachineAliasArn", alias.arn().text())
                .string("name", alias.arn().alias())
                .string("description", alias.description())
                .array(
                        "routingConfiguration",
                        alias.routes(),
                        route ->
                                out.object(() ->
                                        out.string("stateMachineVersionArn", route.version().text())
                                                .number("weight", route.weight())))
                .date("creationDate", alias.creationMillis())
                .date("updateDate", alias.updateMillis());
    }

    private static void item(Arn.StateMachineAlias arn, long creationMillis, WireWriter out) {
        out.string("stateMachineAliasArn", arn.text()).date("creationDate", creationMillis);
    }
}
