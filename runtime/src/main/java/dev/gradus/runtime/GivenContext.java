package dev.gradus.runtime;

import dev.gradus.asl.State;
import dev.gradus.asl.TaskResource;
import dev.gradus.expressions.Json;
import dev.gradus.expressions.JsonNumber;
import dev.gradus.expressions.JsonObject;
import dev.gradus.expressions.JsonString;
import dev.gradus.expressions.JsonSyntaxException;
import java.util.Map;

/**
 * The rules of a context object that a caller gives to a test.
 *
 * <p>Texts as recorded on AWS for Execution.Id, unknown members, Map and Task; the others follow
 * their pattern.
 */
final class GivenContext {
    /** What a member must be. */
    private enum Kind {
        STRING,
        NUMBER,
        ANYTHING
    }

    private static final Map<String, Map<String, Kind>> MEMBERS =
            Map.of(
                    "Execution",
                    Map.of(
                            "Id", Kind.STRING,
                            "Input", Kind.ANYTHING,
                            "Name", Kind.STRING,
                            "RoleArn", Kind.STRING,
                            "StartTime", Kind.STRING,
                            "RedriveCount", Kind.NUMBER,
                            "RedriveTime", Kind.STRING),
                    "State",
                    Map.of(
                            "EnteredTime", Kind.STRING,
                            "Name", Kind.STRING,
                            "RetryCount", Kind.NUMBER),
                    "StateMachine",
                    Map.of("Id", Kind.STRING, "Name", Kind.STRING),
                    "Task",
                    Map.of("Token", Kind.STRING));

    private GivenContext() {}

    /** Returns the context if it may be given to that state; throws ValidationException else. */
    static Json checked(String text, State state) {
        if (!(parsed(text) instanceof JsonObject context)) {
            throw refused("Context must be a JSON object");
        }
        for (var section : context) {
            checkSection(section, state);
        }
        return context;
    }

    private static Json parsed(String text) {
        try {
            return Json.parse(text);
        } catch (JsonSyntaxException notJson) {
            throw refused("Context must be valid JSON");
        }
    }

    private static void checkSection(JsonObject.Member section, State state) {
        var name = section.name();
        if (name.equals("Map")) {
            throw refused("'Map' field is not supported when mocking a Context object");
        }
        var members = MEMBERS.get(name);
        if (members == null) {
            throw notAllowed(name);
        }
        if (name.equals("Task") && !hasToken(state)) {
            throw refused(
                    "Context object contains 'Task' when state is not a Task state with a '.sync'"
                            + " or '.waitForTaskToken' service integration pattern");
        }
        if (!(section.value() instanceof JsonObject object)) {
            throw refused(name + " must be an object");
        }
        for (var member : object) {
            var kind = members.get(member.name());
            if (kind == null) {
                throw notAllowed(member.name());
            }
            if (kind == Kind.STRING && !(member.value() instanceof JsonString)) {
                throw refused(name + "." + member.name() + " must be a string");
            }
            if (kind == Kind.NUMBER && !(member.value() instanceof JsonNumber)) {
                throw refused(name + "." + member.name() + " must be a number");
            }
        }
    }

    private static boolean hasToken(State state) {
        return state instanceof State.TaskState task
                && task.resource() instanceof TaskResource.Service service
                && service.pattern() != TaskResource.Pattern.REQUEST_RESPONSE;
    }

    private static ApiException notAllowed(String field) {
        return refused("Field '" + field + "' is not allowed");
    }

    private static ApiException refused(String why) {
        return ErrorShape.ValidationException.because("Invalid Context object provided: " + why);
    }
}
