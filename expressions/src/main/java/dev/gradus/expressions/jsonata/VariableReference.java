package dev.gradus.expressions.jsonata;

import java.util.List;

/**
 * Something that an expression reads from outside itself: a variable that it does not bind, the
 * context item, or the document.
 *
 * @param name the variable's name without its dollar; {@code ""} for the context item, which a bare
 *     field name, {@code *}, {@code **} and {@code %} read too; {@code "$"} for {@code $$}
 * @param text what is read as it is written: {@code $states}, {@code $}, {@code $$}, {@code phone}
 * @param steps the plain field names that follow: {@code $states.input.a} has {@code input} and
 *     {@code a}, the bare name {@code phone} has {@code phone}; they end at the first step that is
 *     more than a name
 * @param position the character, counted from 0, where it is written
 * @param builtIn whether the name is also one of JSONata's functions, so that {@code $count} means
 *     the function where no such variable is assigned; a call of a function is no reference
 */
public record VariableReference(
        String name, String text, List<String> steps, int position, boolean builtIn) {
    /** The name of the context item, {@code $}. */
    public static final String CONTEXT = "";

    /** The name of the document, {@code $$}. */
    public static final String DOCUMENT = "$";

    /** Keeps the steps as they are now. */
    public VariableReference {
        steps = List.copyOf(steps);
    }
}
