package dev.gradus.expressions;

import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What the names in an expression mean during one evaluation: {@code $} the input, {@code $$} the
 * context object, {@code $name} a variable; and where its random numbers come from.
 *
 * <p>The context object is made at the first expression that looks at it. Bindings belong to one
 * evaluation on one thread.
 */
public final class Bindings {
    private final Supplier<Json> inputSource;
    private final Supplier<Json> contextSource;
    private final Function<String, Optional<Json>> variables;
    private final @Nullable Randomness randomness;
    private @Nullable Json context;

    /** Binds an input and a context object that is there already; no random numbers. */
    public Bindings(Json input, Json context, Map<String, Json> variables) {
        this(
                () -> input,
                () -> context,
                name -> Optional.ofNullable(variables.get(name)),
                (Randomness) null);
    }

    /**
     * Binds everything.
     *
     * @param input asked for by each expression that looks at it
     * @param context asked for at most once
     * @param variables the value of a variable by its name without the dollar
     */
    public static Bindings of(
            Supplier<Json> input,
            Supplier<Json> context,
            Function<String, Optional<Json>> variables,
            Randomness randomness) {
        return new Bindings(input, context, variables, randomness);
    }

    private Bindings(
            Supplier<Json> inputSource,
            Supplier<Json> contextSource,
            Function<String, Optional<Json>> variables,
            @Nullable Randomness randomness) {
        this.inputSource = inputSource;
        this.contextSource = contextSource;
        this.variables = variables;
        this.randomness = randomness;
    }

    /** Returns these bindings with another input: the context, once made, is shared. */
    public Bindings withInput(Json newInput) {
        var known = context;
        return new Bindings(
                () -> newInput, known == null ? this::context : () -> known, variables, randomness);
    }

    /** Returns what {@code $} means. */
    public Json input() {
        return inputSource.get();
    }

    /** Returns what {@code $$} means. */
    public Json context() {
        var known = context;
        if (known == null) {
            known = contextSource.get();
            context = known;
        }
        return known;
    }

    /** Returns what {@code $name} means, if the variable is assigned. */
    public Optional<Json> variable(String name) {
        return variables.apply(name);
    }

    /**
     * Returns the source of random numbers.
     *
     * @throws IllegalStateException if the caller bound none: an evaluation that may draw must be
     *     given a seed, because the same evaluation must always give the same value
     */
    public Randomness randomness() {
        var bound = randomness;
        if (bound == null) {
            throw new IllegalStateException(
                    "The expression draws a random number but its bindings have no randomness");
        }
        return bound;
    }
}
