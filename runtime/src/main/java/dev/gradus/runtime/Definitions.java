package dev.gradus.runtime;

import dev.gradus.asl.ParseResult;
import dev.gradus.asl.Parser;
import dev.gradus.asl.StateMachine;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Parsed definitions, shared by all shards: a stored definition is parsed, never validated again.
 *
 * <p>Bounded by count and by characters; the least recently used goes first. Safe for many threads.
 */
final class Definitions {
    private final Map<RevisionKey, Parsed> parsed = new LinkedHashMap<>(64, 0.75f, true);
    private long chars;

    private record Parsed(StateMachine machine, int chars) {}

    /** Returns the parsed form of a revision's definition. */
    StateMachine of(RevisionKey key, Supplier<String> definition) {
        var known = find(key);
        if (known.isPresent()) {
            return known.get();
        }
        var text = definition.get();
        var machine = parsed(text);
        remember(key, new Parsed(machine, text.length()));
        return machine;
    }

    private static StateMachine parsed(String definition) {
        return switch (Parser.parse(definition)) {
            case ParseResult.Parsed parsed -> parsed.machine();
            case ParseResult.Refused refused ->
                    throw new IllegalStateException(
                            "a stored definition is not read: " + refused.diagnostics());
        };
    }

    private synchronized Optional<StateMachine> find(RevisionKey key) {
        return Optional.ofNullable(parsed.get(key)).map(Parsed::machine);
    }

    private synchronized void remember(RevisionKey key, Parsed value) {
        var before = parsed.put(key, value);
        chars += value.chars() - (before == null ? 0 : before.chars());
        var oldest = parsed.entrySet().iterator();
        while (parsed.size() > 1
                && (parsed.size() > RuntimeLimits.PARSED_DEFINITIONS
                        || chars > RuntimeLimits.PARSED_DEFINITION_CHARS)) {
            chars -= oldest.next().getValue().chars();
            oldest.remove();
        }
    }
}
