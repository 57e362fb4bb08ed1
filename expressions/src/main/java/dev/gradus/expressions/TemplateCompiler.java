package dev.gradus.expressions;

import dev.gradus.expressions.PayloadTemplate.Part;
import java.util.ArrayList;
import java.util.List;

/** Compiles payload templates, collecting the faults of all fields. */
final class TemplateCompiler {
    private static final String SUFFIX = ".$";

    private final List<TemplateSyntaxException.Fault> faults = new ArrayList<>();

    private TemplateCompiler() {}

    static Part compile(Json template) {
        var compiler = new TemplateCompiler();
        var part = compiler.part(template, "");
        if (!compiler.faults.isEmpty()) {
            throw new TemplateSyntaxException(compiler.faults);
        }
        return part;
    }

    private Part part(Json template, String location) {
        return switch (template) {
            case JsonNull _, JsonBoolean _, JsonNumber _, JsonString _ ->
                    new Part.Constant(template);
            case JsonArray array -> array(array, location);
            case JsonObject object -> object(object, location);
        };
    }

    private Part array(JsonArray array, String location) {
        var elements = new ArrayList<Part>(array.size());
        for (var i = 0; i < array.size(); i++) {
            elements.add(part(array.get(i), location + "[" + i + "]"));
        }
        return elements.stream().allMatch(Part.Constant.class::isInstance)
                ? new Part.Constant(array)
                : new Part.Elements(List.copyOf(elements));
    }

    private Part object(JsonObject object, String location) {
        var plain = new ArrayList<Named>();
        var evaluated = new ArrayList<Named>();
        for (var member : object.members()) {
            var name = member.name();
            var here = location + "/" + name;
            if (!name.endsWith(SUFFIX)) {
                plain.add(new Named(name, part(member.value(), here)));
                continue;
            }
            var stripped = name.substring(0, name.length() - SUFFIX.length());
            if (object.has(stripped)) {
                faults.add(
                        new TemplateSyntaxException.Fault(
                                name,
                                here,
                                "The field '" + stripped + "' is defined twice: '" + name + "'",
                                "'" + name + "' and '" + stripped + "' make the same member"));
            } else {
                evaluated.add(new Named(stripped, evaluated(name, member.value(), here)));
            }
        }
        if (evaluated.isEmpty() && plain.stream().allMatch(n -> n.part instanceof Part.Constant)) {
            return new Part.Constant(object);
        }
        plain.addAll(HashOrder.of(evaluated, Named::name));
        return new Part.Members(
                new PayloadTemplate.Names(plain.stream().map(Named::name).toList()),
                plain.stream().map(Named::part).toList());
    }

    private Part evaluated(String field, Json value, String location) {
        if (!(value instanceof JsonString(var text))) {
            return refused(field, location, "The value must be a string but is " + value.text());
        }
        try {
            return new Part.Evaluated(field, ValueExpression.compile(text));
        } catch (ExpressionSyntaxException notAnExpression) {
            return refused(field, location, notAnExpression.message());
        }
    }

    private Part refused(String field, String location, String detail) {
        // AWS's text (recorded) for whatever is wrong with the expression.
        faults.add(
                new TemplateSyntaxException.Fault(
                        field,
                        location,
                        "The value for the field '"
                                + field
                                + "' must be a valid JSONPath or a valid intrinsic function call",
                        detail));
        return new Part.Constant(Json.NULL);
    }

    private record Named(String name, Part part) {}
}
