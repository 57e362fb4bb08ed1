package dev.gradus.asl;

import dev.gradus.expressions.jsonata.JsonataExpression;
import java.util.Set;

/**
 * A JSONata expression in a field of a state.
 *
 * @param compiled what stands between <code>{%</code> and <code>%}</code>
 * @param location where it stands in its state, as causes and events name it: {@code
 *     Choices[1]/Condition}
 * @param reads the members of {@code $states} that it looks at; all where that cannot be told
 */
public record Expression(JsonataExpression compiled, String location, Set<StatesMember> reads) {
    public Expression {
        reads = Set.copyOf(reads);
    }
}
