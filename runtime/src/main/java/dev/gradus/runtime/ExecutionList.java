package dev.gradus.runtime;

import dev.gradus.runtime.spi.Cursor;
import dev.gradus.runtime.spi.Table;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;

/** One list of executions, merged newest first from the list rows of all shards. */
final class ExecutionList {
    private final Reads reads;
    private final byte[] owner;
    private final int status;

    ExecutionList(Reads reads, byte[] owner, int status) {
        this.reads = reads;
        this.owner = owner;
        this.status = status;
    }

    /**
     * Where the list stands: newest first, and by shard where two shards gave out the same number.
     */
    private record Position(long xid, int shard) {
        static final Comparator<Position> NEWEST_FIRST =
                Comparator.comparingLong((Position p) -> ~p.xid).thenComparingInt(Position::shard);

        String text() {
            return Long.toHexString(xid) + "-" + shard;
        }

        static Position parse(String text) {
            int dash = text.indexOf('-');
            return new Position(
                    Long.parseUnsignedLong(text.substring(0, dash), 16),
                    Integer.parseInt(text.substring(dash + 1)));
        }
    }

    private record Head(Position position, Cursor cursor) {}

    Page<ExecutionView.Summary> page(Page.Request page) {
        var after = page.after().map(Position::parse);
        var heads =
                new PriorityQueue<Head>(
                        Comparator.comparing(Head::position, Position.NEWEST_FIRST));
        var cursors = new ArrayList<Cursor>();
        try {
            for (int shard = 1; shard < reads.shardCount(); shard++) {
                var cursor = open(shard, after);
                cursors.add(cursor);
                advance(heads, shard, cursor);
            }
            return merged(heads, page.size());
        } finally {
            cursors.forEach(Cursor::close);
        }
    }

    private Page<ExecutionView.Summary> merged(PriorityQueue<Head> heads, int size) {
        List<ExecutionView.Summary> items = new ArrayList<>();
        Optional<Position> last = Optional.empty();
        while (!heads.isEmpty()) {
            if (items.size() == size) {
                return new Page<>(items, last.map(Position::text));
            }
            var head = heads.remove();
            var position = head.position();
            summary(position).ifPresent(items::add);
            last = Optional.of(position);
            advance(heads, position.shard(), head.cursor());
        }
        return new Page<>(items, Optional.empty());
    }

    private Cursor open(int shard, Optional<Position> after) {
        var prefix = Keys.listPrefix(owner, status);
        // Behind the last position: the same number again only in a shard that comes later.
        var from =
                after.map(position ->
                                Keys.listEntry(
                                        owner,
                                        status,
                                        shard > position.shard()
                                                ? position.xid()
                                                : position.xid() - 1))
                        .orElse(prefix);
        return reads.view(shard).scan(Table.LIST_INDEX, from, Keys.behind(prefix), false);
    }

    private static void advance(PriorityQueue<Head> heads, int shard, Cursor cursor) {
        if (cursor.next()) {
            var key = new RowReader(cursor.key());
            key.fixed(17);
            heads.add(new Head(new Position(~key.u64(), shard), cursor));
        }
    }

    private Optional<ExecutionView.Summary> summary(Position position) {
        var view = reads.view(position.shard());
        return view.get(Table.EXECUTION, Keys.xid(position.xid()))
                .map(row ->
                        ExecutionRow.decode(row, PayloadRows.Source.of(position.xid(), view))
                                .summary());
    }
}
