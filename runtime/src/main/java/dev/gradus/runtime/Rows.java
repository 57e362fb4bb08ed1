package dev.gradus.runtime;

import dev.gradus.runtime.spi.Cursor;
import dev.gradus.runtime.spi.Table;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An immutable ordered map from table and key to value: each change gives a new map that shares all
 * but a path with the old one.
 *
 * <p>It is a treap, a search tree by key that is a heap by a hash of the key, so that its shape
 * depends on the keys alone and a range is cut out in logarithmic time. A snapshot is a reference,
 * and readers need no lock, which is why the in-memory stores are built on it and not on a
 * concurrent skip list: that would have to copy, or to keep versions, for each snapshot.
 * Thread-safe because nothing in it changes.
 */
public final class Rows {
    /** The map with no rows. */
    public static final Rows EMPTY = new Rows(null);

    private final @Nullable Node root;

    private Rows(@Nullable Node root) {
        this.root = root;
    }

    /** Bytes of all keys and values, tables included. */
    public long bytes() {
        return bytesOf(root);
    }

    /** The value of a row, or empty if there is no such row. */
    public Optional<byte[]> get(Table table, byte[] key) {
        var wanted = rowKey(table, key);
        var node = root;
        while (node != null) {
            int order = Arrays.compareUnsigned(wanted, node.key);
            if (order == 0) {
                return Optional.of(node.value);
            }
            node = order < 0 ? node.left : node.right;
        }
        return Optional.empty();
    }

    /** The map with the row added or replaced. The map keeps the value's array, not a copy. */
    public Rows put(Table table, byte[] key, byte[] value) {
        var rowKey = rowKey(table, key);
        return new Rows(insert(root, rowKey, value, priority(rowKey)));
    }

    /** The map without the row, itself if there is none. */
    public Rows delete(Table table, byte[] key) {
        var rest = remove(root, rowKey(table, key));
        return rest == root ? this : new Rows(rest);
    }

    /** The map without the rows of a table in a range; empty bounds as in {@link #scan}. */
    public Rows deleteRange(Table table, byte[] from, byte[] toExclusive) {
        var lower = rowKey(table, from);
        var upper = upperBound(table, toExclusive);
        if (Arrays.compareUnsigned(lower, upper) >= 0) {
            return this;
        }
        var low = split(root, lower);
        var high = split(low.notBelow, upper);
        return high.below == null ? this : new Rows(merge(low.below, high.notBelow));
    }

    /** Walks a table; bounds and order as in {@link dev.gradus.runtime.spi.View#scan}. */
    public Cursor scan(Table table, byte[] from, byte[] to, boolean reverse) {
        return new Walk(root, rowKey(table, from), upperBound(table, to), reverse);
    }

    private static byte[] rowKey(Table table, byte[] key) {
        var rowKey = new byte[key.length + 1];
        rowKey[0] = table.prefix();
        System.arraycopy(key, 0, rowKey, 1, key.length);
        return rowKey;
    }

    private static byte[] upperBound(Table table, byte[] to) {
        return to.length == 0 ? new byte[] {(byte) (table.prefix() + 1)} : rowKey(table, to);
    }

    private static int priority(byte[] rowKey) {
        int mixed = Arrays.hashCode(rowKey);
        mixed = (mixed ^ (mixed >>> 16)) * 0x85ebca6b;
        mixed = (mixed ^ (mixed >>> 13)) * 0xc2b2ae35;
        return mixed ^ (mixed >>> 16);
    }

    private static Node insert(@Nullable Node node, byte[] key, byte[] value, int priority) {
        if (node == null) {
            return new Node(key, value, priority, null, null);
        }
        if (priority > node.priority) {
            // A row with this key would have this priority, so there is none below this node.
            var halves = split(node, key);
            return new Node(key, value, priority, halves.below, halves.notBelow);
        }
        int order = Arrays.compareUnsigned(key, node.key);
        if (order == 0) {
            return new Node(node.key, value, priority, node.left, node.right);
        }
        return order < 0
                ? node.with(insert(node.left, key, value, priority), node.right)
                : node.with(node.left, insert(node.right, key, value, priority));
    }

    private static @Nullable Node remove(@Nullable Node node, byte[] key) {
        if (node == null) {
            return null;
        }
        int order = Arrays.compareUnsigned(key, node.key);
        if (order == 0) {
            return merge(node.left, node.right);
        }
        if (order < 0) {
            var left = remove(node.left, key);
            return left == node.left ? node : node.with(left, node.right);
        }
        var right = remove(node.right, key);
        return right == node.right ? node : node.with(node.left, right);
    }

    private static Halves split(@Nullable Node node, byte[] key) {
        if (node == null) {
            return Halves.NONE;
        }
        if (Arrays.compareUnsigned(node.key, key) < 0) {
            var halves = split(node.right, key);
            return new Halves(node.with(node.left, halves.below), halves.notBelow);
        }
        var halves = split(node.left, key);
        return new Halves(halves.below, node.with(halves.notBelow, node.right));
    }

    private static @Nullable Node merge(@Nullable Node low, @Nullable Node high) {
        if (low == null) {
            return high;
        }
        if (high == null) {
            return low;
        }
        return low.priority >= high.priority
                ? low.with(low.left, merge(low.right, high))
                : high.with(merge(low, high.left), high.right);
    }

    private static long bytesOf(@Nullable Node node) {
        return node == null ? 0 : node.bytes;
    }

    private static final class Halves {
        static final Halves NONE = new Halves(null, null);

        final @Nullable Node below;
        final @Nullable Node notBelow;

        Halves(@Nullable Node below, @Nullable Node notBelow) {
            this.below = below;
            this.notBelow = notBelow;
        }
    }

    private static final class Node {
        final byte[] key;
        final byte[] value;
        final int priority;
        final long bytes;
        final @Nullable Node left;
        final @Nullable Node right;

        Node(byte[] key, byte[] value, int priority, @Nullable Node left, @Nullable Node right) {
            this.key = key;
            this.value = value;
            this.priority = priority;
            this.left = left;
            this.right = right;
            this.bytes = key.length + value.length + bytesOf(left) + bytesOf(right);
        }

        Node with(@Nullable Node newLeft, @Nullable Node newRight) {
            return new Node(key, value, priority, newLeft, newRight);
        }
    }

    /** In-order walk with a stack of the nodes that are still to come, nearest on top. */
    private static final class Walk implements Cursor {
        private final ArrayDeque<Node> ahead = new ArrayDeque<>();
        private final byte[] from;
        private final byte[] to;
        private final boolean reverse;
        private @Nullable Node current;

        Walk(@Nullable Node root, byte[] from, byte[] to, boolean reverse) {
            this.from = from;
            this.to = to;
            this.reverse = reverse;
            descend(root);
        }

        @Override
        public boolean next() {
            var node = ahead.poll();
            if (node != null) {
                descend(reverse ? node.left : node.right);
                boolean inside =
                        reverse
                                ? Arrays.compareUnsigned(node.key, from) >= 0
                                : Arrays.compareUnsigned(node.key, to) < 0;
                if (!inside) {
                    ahead.clear();
                    node = null;
                }
            }
            current = node;
            return node != null;
        }

        private void descend(@Nullable Node top) {
            var node = top;
            while (node != null) {
                if (reverse) {
                    boolean wanted = Arrays.compareUnsigned(node.key, to) < 0;
                    if (wanted) {
                        ahead.push(node);
                    }
                    node = wanted ? node.right : node.left;
                } else {
                    boolean wanted = Arrays.compareUnsigned(node.key, from) >= 0;
                    if (wanted) {
                        ahead.push(node);
                    }
                    node = wanted ? node.left : node.right;
                }
            }
        }

        @Override
        public byte[] key() {
            var node = row();
            return Arrays.copyOfRange(node.key, 1, node.key.length);
        }

        @Override
        public byte[] value() {
            return row().value;
        }

        private Node row() {
            if (current == null) {
                throw new IllegalStateException("the cursor is not on a row: call next() first");
            }
            return current;
        }

        @Override
        public void close() {
            ahead.clear();
            current = null;
        }
    }
}
