package dev.gradus.asl;

import dev.gradus.expressions.Intrinsic;
import dev.gradus.expressions.IntrinsicSyntaxException;
import dev.gradus.expressions.JsonNull;
import dev.gradus.expressions.JsonPath;
import dev.gradus.expressions.PathSyntaxException;
import dev.gradus.expressions.PayloadTemplate;
import dev.gradus.expressions.ReferencePath;
import dev.gradus.expressions.TemplateSyntaxException;
import java.util.Optional;
import java.util.Set;

/**
 * Compiles the paths, templates and intrinsic calls that fields hold.
 *
 * <p>The texts of findings about paths: measured by others with ValidateStateMachineDefinition in
 * September 2026.
 */
final class ExpressionReader {
    /** The intrinsic functions that a Fail state may call: those that give a string. */
    private static final Set<String> STRING_FUNCTIONS =
            Set.of(
                    "States.Format",
                    "States.JsonToString",
                    "States.ArrayGetItem",
                    "States.Base64Encode",
                    "States.Base64Decode",
                    "States.Hash",
                    "States.UUID");

    private static final String NOT_A_PATH = "Value must be a valid JSONPath.";
    private static final String NOT_A_REFERENCE = "Value is not a Reference Path";

    private ExpressionReader() {}

    /** Reads any path, also one that finds many nodes. */
    static Optional<JsonPath> path(FieldReader fields, String field) {
        return fields.string(field)
                .flatMap(text -> {
                    try {
                        var path = JsonPath.compile(text);
                        fields.readsVariables(path.variables());
                        return Optional.of(path);
                    } catch (PathSyntaxException refused) {
                        fields.findings().spoil(fields.at(field), NOT_A_PATH);
                        return Optional.empty();
                    }
                });
    }

    /** Reads a path that finds one node. */
    static Optional<ReferencePath> referencePath(FieldReader fields, String field) {
        return fields.string(field).flatMap(text -> reference(fields, field, text, NOT_A_PATH));
    }

    /** Reads a path of a Choice rule: one node, and another text when it is no path at all. */
    static Optional<ReferencePath> choicePath(FieldReader fields, String field) {
        return fields.string(field)
                .flatMap(text ->
                        reference(
                                fields,
                                field,
                                text,
                                NOT_A_REFERENCE + ": Reference path didn't start with '$'"));
    }

    /**
     * Reads a path that says where in the state's input a result goes: never into the context or a
     * variable.
     */
    static Optional<ReferencePath> pathIntoInput(FieldReader fields, String field) {
        return fields.string(field)
                .flatMap(text -> compile(fields, field, text, NOT_A_PATH))
                .filter(path -> {
                    if (!path.startsFromInput()) {
                        fields.findings().spoil(fields.at(field), NOT_A_REFERENCE);
                    }
                    return path.startsFromInput();
                });
    }

    /** Reads a value with something to evaluate in it, before the work of the state is done. */
    static Optional<Template> template(StateDraft draft, String field) {
        return switch (draft.language()) {
            case JSON_PATH -> template(draft.fields(), field).map(Template.OfPaths::new);
            case JSONATA ->
                    JsonataReader.before(draft)
                            .template(draft.fields(), field)
                            .map(Template.OfExpressions::new);
        };
    }

    /** Reads a payload template: any JSON but {@code null}. */
    static Optional<PayloadTemplate> template(FieldReader fields, String field) {
        return fields.value(field)
                .flatMap(value -> {
                    if (value instanceof JsonNull) {
                        fields.findings().spoil(fields.at(field), FieldReader.expected("Object"));
                        return Optional.empty();
                    }
                    try {
                        var template = PayloadTemplate.compile(value);
                        fields.readsVariables(template.variables());
                        StaticTexts.inTemplate(fields, field, value);
                        return Optional.of(template);
                    } catch (TemplateSyntaxException refused) {
                        // AWS names the field inside of the template but gives the place of the
                        // whole (recorded).
                        refused.faults()
                                .forEach(fault ->
                                        fields.findings().spoil(fields.at(field), fault.message()));
                        return Optional.empty();
                    }
                });
    }

    /**
     * Reads ErrorPath or CausePath: a path to one node, or a call of a function that gives a
     * string.
     */
    static Optional<FailText> failText(FieldReader fields, String field) {
        return fields.string(field)
                .flatMap(text -> {
                    if (!text.startsWith("States.")) {
                        return reference(fields, field, text, NOT_A_PATH).map(FailText.Path::new);
                    }
                    var call = stringCall(text);
                    if (call.isEmpty()) {
                        fields.findings()
                                .spoil(
                                        fields.at(field),
                                        "The value for the field '"
                                                + field
                                                + "' must be a valid JSONPath or a valid intrinsic function call");
                    }
                    call.ifPresent(it -> fields.readsVariables(it.variables()));
                    return call.map(FailText.Call::new);
                });
    }

    private static Optional<Intrinsic> stringCall(String text) {
        try {
            return Optional.of(Intrinsic.compile(text))
                    .filter(call -> STRING_FUNCTIONS.contains(call.functionName()));
        } catch (IntrinsicSyntaxException refused) {
            return Optional.empty(); // AWS says the same of every kind of fault in a call.
        }
    }

    private static Optional<ReferencePath> reference(
            FieldReader fields, String field, String text, String notAPath) {
        var path = compile(fields, field, text, notAPath);
        path.ifPresent(it -> fields.readsVariables(it.variable().stream().toList()));
        return path;
    }

    private static Optional<ReferencePath> compile(
            FieldReader fields, String field, String text, String notAPath) {
        try {
            return Optional.of(ReferencePath.compile(text));
        } catch (PathSyntaxException refused) {
            fields.findings()
                    .spoil(fields.at(field), text.startsWith("$") ? NOT_A_REFERENCE : notAPath);
            return Optional.empty();
        }
    }
}
