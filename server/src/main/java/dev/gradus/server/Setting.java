package dev.gradus.server;

/**
 * One effective setting, with where it came from.
 *
 * @param name as flags write it, without the dashes
 * @param source a flag, an environment variable, or {@code default}
 */
record Setting<T>(String name, T value, String source) {}
