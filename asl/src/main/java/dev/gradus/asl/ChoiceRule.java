package dev.gradus.asl;

/**
 * One element of Choices.
 *
 * @param condition what must hold
 * @param flow how data leaves the state when it does: what the rule says stands in the place of the
 *     state's own Assign and Output
 * @param next state that control goes to then
 */
public record ChoiceRule(Condition condition, DataFlow flow, String next) {}
