package dev.gradus.engine;

import java.util.Collection;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * An immutable map from scope id to scope, made for dense growing ids: a change copies one path of
 * a 32-way tree, so that one iteration of a Map of thousands costs the same as the root alone.
 */
public final class Scopes {
    private static final int BITS = 5;
    private static final int WIDTH = 1 << BITS;
    private static final int MASK = WIDTH - 1;

    public static final Scopes EMPTY = new Scopes(new Object[WIDTH], 0, 0, 0);

    /**
     * Slots hold scopes when {@code shift} is 0, else nodes of the same shape; absent ones are
     * null.
     */
    private final @Nullable Object[] root;

    private final int shift;
    private final int size;
    private final long variableBytes;

    private Scopes(@Nullable Object[] root, int shift, int size, long variableBytes) {
        this.root = root;
        this.shift = shift;
        this.size = size;
        this.variableBytes = variableBytes;
    }

    /** Returns the map of the given scopes; of two with one id the later counts. */
    public static Scopes of(Collection<Scope> scopes) {
        var all = EMPTY;
        for (var scope : scopes) {
            all = all.put(scope);
        }
        return all;
    }

    public Optional<Scope> find(int id) {
        return Optional.ofNullable(lookUp(id));
    }

    /** Returns the scope, which must be there. */
    public Scope get(int id) {
        var scope = lookUp(id);
        if (scope == null) {
            throw new IllegalStateException("no scope " + id);
        }
        return scope;
    }

    public int size() {
        return size;
    }

    /** Returns the bytes of the variables of all scopes. */
    long variableBytes() {
        return variableBytes;
    }

    /** Returns this map with a scope added or replaced. */
    public Scopes put(Scope scope) {
        int id = scope.id();
        if (id < 0) {
            throw new IllegalArgumentException("scope ids start at 0, not " + id);
        }
        var top = root;
        int topShift = shift;
        while (id >>> topShift >= WIDTH) {
            var higher = new Object[WIDTH];
            higher[0] = top;
            top = higher;
            topShift += BITS;
        }
        var before = lookUp(id);
        int grown = before == null ? size + 1 : size;
        long bytes = variableBytes + scope.variables().bytes() - bytes(before);
        return new Scopes(with(top, topShift, scope), topShift, grown, bytes);
    }

    /** Returns this map without the scope of that id, if it has one. */
    public Scopes remove(int id) {
        var before = lookUp(id);
        if (before == null) {
            return this;
        }
        var rest = without(root, shift, id);
        return rest == null
                ? EMPTY
                : new Scopes(rest, shift, size - 1, variableBytes - bytes(before));
    }

    private static long bytes(@Nullable Scope scope) {
        return scope == null ? 0 : scope.variables().bytes();
    }

    /** Visits every scope in ascending order of its id. */
    public void forEach(Consumer<Scope> visitor) {
        visit(root, visitor);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        if (!(other instanceof Scopes scopes) || scopes.size != size) {
            return false;
        }
        var same = new boolean[] {true};
        forEach(scope -> same[0] &= scope.equals(scopes.lookUp(scope.id())));
        return same[0];
    }

    @Override
    public int hashCode() {
        var sum = new int[1];
        forEach(scope -> sum[0] = 31 * sum[0] + scope.hashCode());
        return sum[0];
    }

    @Override
    public String toString() {
        var text = new StringBuilder("Scopes");
        forEach(scope -> text.append("\n  ").append(scope));
        return text.toString();
    }

    private @Nullable Scope lookUp(int id) {
        if (id < 0 || id >>> shift >= WIDTH) {
            return null;
        }
        var node = root;
        for (int level = shift; level > 0; level -= BITS) {
            if (!(node[id >>> level & MASK] instanceof Object[] child)) {
                return null;
            }
            node = child;
        }
        return (Scope) node[id & MASK];
    }

    private static @Nullable Object[] with(@Nullable Object[] node, int level, Scope scope) {
        var copy = node.clone();
        int slot = scope.id() >>> level & MASK;
        if (level == 0) {
            copy[slot] = scope;
        } else {
            var child = copy[slot] instanceof Object[] known ? known : new Object[WIDTH];
            copy[slot] = with(child, level - BITS, scope);
        }
        return copy;
    }

    /** Returns the node without the scope, null when nothing is left of it. */
    private static @Nullable Object @Nullable [] without(
            @Nullable Object[] node, int level, int id) {
        var copy = node.clone();
        int slot = id >>> level & MASK;
        if (level == 0) {
            copy[slot] = null;
        } else if (copy[slot] instanceof Object[] child) {
            copy[slot] = without(child, level - BITS, id);
        }
        return isEmpty(copy) ? null : copy;
    }

    private static boolean isEmpty(@Nullable Object[] node) {
        for (var held : node) {
            if (held != null) {
                return false;
            }
        }
        return true;
    }

    private static void visit(@Nullable Object[] node, Consumer<Scope> visitor) {
        for (var held : node) {
            if (held instanceof Scope scope) {
                visitor.accept(scope);
            } else if (held instanceof Object[] child) {
                visit(child, visitor);
            }
        }
    }
}
