package dev.gradus.asl;

import java.util.Map;

/**
 * A set of states with one start: the machine's own body, a Parallel branch or a Map's item
 * processor.
 *
 * @param startAt name of the first state, a key of {@code states}
 * @param states the states by name, in the order of the definition
 */
public record Block(String startAt, Map<String, State> states) {}
