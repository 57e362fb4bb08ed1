package dev.gradus.asl;

/**
 * The two kinds of state machine; an express one may not use everything that the language offers.
 */
public enum MachineType {
    STANDARD,
    EXPRESS
}
