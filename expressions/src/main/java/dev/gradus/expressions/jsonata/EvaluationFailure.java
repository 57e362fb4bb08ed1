package dev.gradus.expressions.jsonata;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Ends an evaluation: JSONata's error with what its sentence names, a limit, or a refusal of the
 * platform. It crosses only this package, has no stack trace, and becomes a {@link JsonataOutcome}.
 */
final class EvaluationFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private static final String TOKEN = "token";
    private static final String FUNCTION = "function";

    /** What kind of end it is. */
    private enum Kind {
        CODED,
        LIMIT,
        INTERNAL
    }

    private final Kind kind;
    private final String code;
    private final transient Map<String, Object> details = new HashMap<>();

    private EvaluationFailure(Kind kind, String codeOrMessage) {
        super(codeOrMessage, null, false, false);
        this.kind = kind;
        this.code = codeOrMessage;
    }

    /** Starts one of JSONata's errors. */
    static EvaluationFailure of(String code) {
        return new EvaluationFailure(Kind.CODED, code);
    }

    /** Starts one of JSONata's errors about a value. */
    static EvaluationFailure of(String code, Value value) {
        return of(code).with("value", value);
    }

    static EvaluationFailure time() {
        return new EvaluationFailure(
                Kind.LIMIT, "Expression evaluation timeout: Check for infinite loop");
    }

    static EvaluationFailure memory() {
        return new EvaluationFailure(
                Kind.LIMIT,
                "Expression evaluation memory limit exceeded: Check for excessive memory usage");
    }

    static EvaluationFailure depth() {
        return new EvaluationFailure(
                Kind.LIMIT,
                "Stack overflow error: Check for non-terminating recursive function. Consider"
                        + " rewriting as tail-recursive.");
    }

    /** Starts a refusal that JSONata has no code for. */
    static EvaluationFailure internal(String message) {
        return new EvaluationFailure(Kind.INTERNAL, message);
    }

    /** Adds something that the sentence may name: a {@link Value}, a string or an integer. */
    EvaluationFailure with(String name, Object detail) {
        details.put(name, detail);
        return this;
    }

    /** Names the operator, whatever was named before. */
    EvaluationFailure withToken(String token) {
        details.put(TOKEN, token);
        return this;
    }

    /** Names the function, unless something inside it was named before. */
    EvaluationFailure withTokenIfNone(@Nullable String token) {
        if (token != null) {
            details.putIfAbsent(TOKEN, token);
        }
        return this;
    }

    /** Names the function that nothing calls by a name, for when nothing around it has one. */
    EvaluationFailure withFunction(String name) {
        details.putIfAbsent(FUNCTION, name);
        return this;
    }

    JsonataOutcome outcome() {
        return switch (kind) {
            case CODED ->
                    new JsonataOutcome.Failed(
                            Optional.of(code), Messages.render(code, this::detail));
            case LIMIT -> new JsonataOutcome.Failed(Optional.empty(), code);
            case INTERNAL -> new JsonataOutcome.Internal(code);
        };
    }

    private @Nullable Object detail(String name) {
        var detail = details.get(name);
        return detail == null && name.equals(TOKEN) ? details.get(FUNCTION) : detail;
    }
}
