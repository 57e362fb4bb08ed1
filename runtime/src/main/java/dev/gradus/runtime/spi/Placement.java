package dev.gradus.runtime.spi;

import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Which shards this node should hold, and where the others are, at one moment.
 *
 * @param wanted the shards that this node should acquire
 * @param owners the address of the node that holds a shard, as far as it is known; this node's own
 *     shards need no entry
 */
public record Placement(Set<Integer> wanted, Map<Integer, URI> owners) {

    public Placement {
        wanted = Set.copyOf(wanted);
        owners = Map.copyOf(owners);
    }

    /** The placement of a store with one node: it holds every shard. */
    public static Placement allHere(int shardCount) {
        return new Placement(
                IntStream.range(0, shardCount).boxed().collect(Collectors.toUnmodifiableSet()),
                Map.of());
    }

    /** The address of the node that holds a shard; empty if it is this node or not known. */
    public Optional<URI> owner(int shard) {
        return Optional.ofNullable(owners.get(shard));
    }
}
