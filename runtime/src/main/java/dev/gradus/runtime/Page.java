package dev.gradus.runtime;

import java.util.List;
import java.util.Optional;

/**
 * One page of a list.
 *
 * @param items at most as many as were asked for
 * @param next where the next page starts, opaque, to be handed back; absent on the last page
 */
public record Page<T>(List<T> items, Optional<String> next) {
    public Page {
        items = List.copyOf(items);
    }

    /**
     * What part of a list is wanted.
     *
     * @param size items at most, from 1
     * @param after the {@code next} of the page before, absent for the first
     */
    public record Request(int size, Optional<String> after) {}
}
