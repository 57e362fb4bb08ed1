package dev.gradus.api;

import dev.gradus.asl.Diagnostic;
import dev.gradus.asl.Diagnostic.Severity;
import dev.gradus.runtime.ExecutionView;
import dev.gradus.runtime.StateMachineRequests;
import dev.gradus.runtime.StateMachineView;
import dev.gradus.runtime.StateMachineView.Logging;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Writes the answers about state machines. */
final class StateMachineOutputs {
    private StateMachineOutputs() {}

    static void created(StateMachineRequests.Created created, WireWriter out) {
        out.string("stateMachineArn", created.arn().text())
                .date("creationDate", created.creationMillis());
    }

    static void updated(StateMachineRequests.Updated updated, WireWriter out) {
        out.date("updateDate", updated.updateMillis()).string("revisionId", updated.revisionId());
    }

    static void described(StateMachineView machine, WireWriter out) {
        var revision = machine.revision();
        out.string("stateMachineArn", machine.arn().text())
                .string("name", machine.arn().name())
                .string("status", machine.status().name())
                .string("definition", revision.definition())
                .string("roleArn", revision.roleArn())
                .string("type", machine.type().name())
                .date("creationDate", machine.creationMillis());
        revision(revision, out);
        variableReferences(machine.variableReferences(), out);
    }

    /** DescribeStateMachineForExecution. */
    static void definition(ExecutionView.Definition definition, WireWriter out) {
        var revision = definition.revision();
        out.string("stateMachineArn", definition.machine().text())
                .string("name", definition.machine().name())
                .string("definition", revision.definition())
                .string("roleArn", revision.roleArn())
                .date("updateDate", revision.updateMillis());
        revision(revision, out);
        variableReferences(definition.variableReferences(), out);
    }

    /** ValidateStateMachineDefinition: of what was found, so many at most. */
    static void validated(List<Diagnostic> found, int size, WireWriter out) {
        boolean fails = found.stream().anyMatch(it -> it.severity() == Severity.ERROR);
        out.string("result", fails ? "FAIL" : "OK")
                .array(
                        "diagnostics",
                        found.subList(0, Math.min(size, found.size())),
                        diagnostic ->
                                out.object(() ->
                                        out.string("severity", diagnostic.severity().name())
                                                .string("code", diagnostic.code())
                                                .string("message", diagnostic.message())
                                                .string("location", diagnostic.location())))
                .flag("truncated", found.size() > size);
    }

    static void listed(
            List<StateMachineView.Summary> machines, Optional<String> next, WireWriter out) {
        out.array(
                        "stateMachines",
                        machines,
                        machine ->
                                out.object(() ->
                                        out.string("stateMachineArn", machine.arn().text())
                                                .string("name", machine.arn().name())
                                                .string("type", machine.type().name())
                                                .date("creationDate", machine.creationMillis())))
                .string("nextToken", next);
    }

    /** Writes the encryption that everything has in this release. */
    static void encryption(WireWriter out) {
        out.object("encryptionConfiguration", () -> out.string("type", "AWS_OWNED_KEY"));
    }

    private static void revision(StateMachineView.Revision revision, WireWriter out) {
        out.object("loggingConfiguration", () -> logging(revision.logging(), out))
                .object(
                        "tracingConfiguration",
                        () -> out.flag("enabled", revision.tracingEnabled()))
                .string("revisionId", revision.id());
        encryption(out);
    }

    // AWS: the member is absent when no state reads a variable (recorded).
    private static void variableReferences(Map<String, List<String>> references, WireWriter out) {
        if (!references.isEmpty()) {
            out.object(
                    "variableReferences",
                    () ->
                            references.forEach(
                                    (state, names) -> out.array(state, names, out::string)));
        }
    }

    private static void logging(Logging logging, WireWriter out) {
        out.string("level", logging.level())
                .flag("includeExecutionData", logging.includeExecutionData());
        logging.destinations()
                .ifPresent(groups ->
                        out.array(
                                "destinations",
                                groups,
                                group -> out.object(() -> destination(group, out))));
    }

    private static void destination(String logGroupArn, WireWriter out) {
        out.object("cloudWatchLogsLogGroup", () -> out.string("logGroupArn", logGroupArn));
    }
}
