package dev.gradus.api;

import dev.gradus.api.Operation.Call;
import dev.gradus.api.Operation.Reply;
import dev.gradus.asl.Diagnostic.Severity;
import dev.gradus.asl.MachineType;
import dev.gradus.asl.Validator;
import dev.gradus.runtime.ApiException;
import dev.gradus.runtime.Arn;
import dev.gradus.runtime.ErrorShape;
import dev.gradus.runtime.StateMachineRequests;
import dev.gradus.runtime.StateMachineView.Logging;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The operations on state machines. */
final class StateMachineOperations {
    private final Service service;
    private final PageTokens tokens;

    StateMachineOperations(Service service, PageTokens tokens) {
        this.service = service;
        this.tokens = tokens;
    }

    List<Operation<?>> table() {
        return List.of(
                new Operation<>(
                        "CreateStateMachine",
                        StateMachineInputs.CreateStateMachine.SHAPE,
                        this::create),
                new Operation<>(
                        "DescribeStateMachine",
                        StateMachineInputs.DescribeStateMachine.SHAPE,
                        this::describe),
                new Operation<>(
                        "UpdateStateMachine",
                        StateMachineInputs.UpdateStateMachine.SHAPE,
                        this::update),
                new Operation<>(
                        "DeleteStateMachine",
                        StateMachineInputs.DeleteStateMachine.SHAPE,
                        this::delete),
                new Operation<>(
                        "ListStateMachines",
                        StateMachineInputs.ListStateMachines.SHAPE,
                        this::list),
                new Operation<>(
                        "ValidateStateMachineDefinition",
                        StateMachineInputs.ValidateStateMachineDefinition.SHAPE,
                        this::validate));
    }

    private CompletionStage<Reply> create(StateMachineInputs.CreateStateMachine in, Call call) {
        var arn = new Arn.StateMachine(call.place(), Names.valid(in.name()));
        var role = ArnParser.role(in.roleArn());
        in.settings().encryption().ifPresent(MachineSettings::refuseOwnKey);
        var request =
                new StateMachineRequests.Create(
                        arn,
                        in.definition(),
                        role,
                        in.type().orElse(MachineType.STANDARD),
                        in.settings().logging().map(MachineSettings::logging).orElse(Logging.OFF),
                        in.settings()
                                .tracing()
                                .flatMap(StateMachineInputs.TracingConfiguration::enabled)
                                .orElse(false),
                        MachineSettings.publish(in.settings()),
                        in.tags().map(TagOperations::valid).orElse(Map.of()));
        return service.create(request)
                .thenApply(created -> out -> StateMachineOutputs.created(created, out));
    }

    // AWS decrypts for ALL_DATA only. Nothing is encrypted with a caller's key in this release, and
    // then includedData changes nothing.
    private CompletionStage<Reply> describe(StateMachineInputs.DescribeStateMachine in, Call call) {
        return service.describe(call.own(ArnParser.startable(in.stateMachineArn())))
                .thenApply(machine -> out -> StateMachineOutputs.described(machine, out));
    }

    private CompletionStage<Reply> update(StateMachineInputs.UpdateStateMachine in, Call call) {
        var settings = in.settings();
        var arn = call.own(ArnParser.stateMachine(in.stateMachineArn()));
        if (in.definition().isEmpty()
                && in.roleArn().isEmpty()
                && settings.logging().isEmpty()
                && settings.tracing().isEmpty()
                && settings.encryption().isEmpty()) {
            throw ErrorShape.MissingRequiredParameter.because(
                    "Either the definition, the role ARN, the LoggingConfiguration, or the"
                            + " TracingConfiguration must be specified");
        }
        settings.encryption().ifPresent(MachineSettings::refuseOwnKey);
        var request =
                new StateMachineRequests.Update(
                        arn,
                        in.definition(),
                        in.roleArn().map(ArnParser::role),
                        settings.logging().map(MachineSettings::logging),
                        settings.tracing().map(tracing -> tracing.enabled().orElse(false)),
                        MachineSettings.publish(settings));
        return service.update(request)
                .thenApply(updated -> out -> StateMachineOutputs.updated(updated, out));
    }

    private CompletionStage<Reply> delete(StateMachineInputs.DeleteStateMachine in, Call call) {
        // AWS: StateMachineDoesNotExist is no error of this operation, so that a version's ARN gets
        // one that is.
        return switch (ArnParser.startable(in.stateMachineArn())) {
            case Arn.StateMachine machine ->
                    call.owns(machine)
                            ? service.delete(machine).thenApply(_ -> Reply.EMPTY)
                            : Operation.nothingThere();
            case Arn.StateMachineVersion version -> throw notDeletedBy(version);
            case Arn.StateMachineAlias alias -> throw notDeletedBy(alias);
        };
    }

    private static ApiException notDeletedBy(Arn arn) {
        return ErrorShape.ValidationException.because(
                "A state machine is deleted by its own ARN, not by that of a version or an alias: '"
                        + arn.text()
                        + "'");
    }

    private CompletionStage<Reply> list(StateMachineInputs.ListStateMachines in, Call call) {
        var binding = new PageTokens.Binding("ListStateMachines", List.of(call.place().toString()));
        return service.stateMachines(call.place(), in.page().request(tokens, binding))
                .thenApply(page -> {
                    var next = page.next().map(after -> tokens.issue(binding, after));
                    return out -> StateMachineOutputs.listed(page.items(), next, out);
                });
    }

    private CompletionStage<Reply> validate(
            StateMachineInputs.ValidateStateMachineDefinition in, Call call) {
        var type = in.type().orElse(MachineType.STANDARD);
        var found =
                switch (in.severity().orElse(Severity.ERROR)) {
                    case ERROR -> Validator.validate(in.definition(), type);
                    case WARNING -> Validator.validateAndWarn(in.definition(), type);
                };
        return CompletableFuture.completedFuture(
                out -> StateMachineOutputs.validated(found, in.size(), out));
    }
}
