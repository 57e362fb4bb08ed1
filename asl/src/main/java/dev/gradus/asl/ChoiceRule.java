package dev.gradus.asl;

/**
 * One element of Choices.
 *
 * @param condition what must hold
 * @param next state that control goes to when it does
 */
public record ChoiceRule(Condition condition, String next) {}
