package dev.gradus.runtime.encryption;

import dev.gradus.runtime.spi.Cursor;
import dev.gradus.runtime.spi.Table;
import dev.gradus.runtime.spi.View;
import java.util.Optional;

/** Sealed rows as plain ones. As many threads may use it as may use the view below. */
final class EncryptedView implements View {
    private final View view;
    private final int shard;
    private final ValueSeal seal;

    EncryptedView(View view, int shard, ValueSeal seal) {
        this.view = view;
        this.shard = shard;
        this.seal = seal;
    }

    @Override
    public Optional<byte[]> get(Table table, byte[] key) {
        return StoreMark.isRow(table, key)
                ? Optional.empty()
                : view.get(table, key).map(sealed -> open(table, key, sealed));
    }

    @Override
    public Cursor scan(Table table, byte[] from, byte[] to, boolean reverse) {
        return new OpeningCursor(view.scan(table, from, to, reverse), table);
    }

    private byte[] open(Table table, byte[] key, byte[] sealed) {
        return seal.open(new ValueSeal.Place(shard, table, key), sealed);
    }

    /** Opens only the values that are asked for. */
    private final class OpeningCursor implements Cursor {
        private final Cursor cursor;
        private final Table table;

        OpeningCursor(Cursor cursor, Table table) {
            this.cursor = cursor;
            this.table = table;
        }

        @Override
        public boolean next() {
            boolean found = cursor.next();
            if (found && StoreMark.isRow(table, cursor.key())) {
                found = cursor.next();
            }
            return found;
        }

        @Override
        public byte[] key() {
            return cursor.key();
        }

        @Override
        public byte[] value() {
            return open(table, cursor.key(), cursor.value());
        }

        @Override
        public void close() {
            cursor.close();
        }
    }

    @Override
    public View snapshot() {
        return new EncryptedView(view.snapshot(), shard, seal);
    }

    @Override
    public long appliedSeq() {
        return view.appliedSeq();
    }

    @Override
    public void close() {
        view.close();
    }
}
