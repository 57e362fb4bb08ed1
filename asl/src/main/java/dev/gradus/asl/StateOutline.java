package dev.gradus.asl;

import java.util.List;

/**
 * What the walk over the transitions needs to know of a state, in either query language.
 *
 * @param at where the state is
 * @param targets where it may go, in the order of the definition
 * @param terminal whether it ends its block by itself
 */
record StateOutline(String name, Location at, List<Target> targets, boolean terminal) {

    /** One place that names a state to go to. */
    record Target(String state, Location at) {}
}
