package dev.gradus.runtime;

import dev.gradus.engine.HistoryEvent;
import dev.gradus.runtime.spi.Cursor;
import dev.gradus.runtime.spi.Table;
import dev.gradus.runtime.spi.View;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * Reads an execution's events page by page; what a page costs does not depend on how long the
 * history is.
 */
final class HistoryReader {
    private final View view;
    private final long xid;
    private final PayloadRows.Source payloads;

    HistoryReader(View view, long xid) {
        this.view = view;
        this.xid = xid;
        this.payloads = PayloadRows.Source.of(xid, view);
    }

    Page<HistoryEvent> page(Page.Request page, boolean reverse) {
        return reverse ? backward(page) : forward(page);
    }

    /** One event, if there is one of that id. */
    Optional<HistoryEvent> event(long id) {
        var one = new Page.Request(1, Optional.of(Long.toString(id)));
        return forward(one).items().stream().filter(event -> event.id() == id).findFirst();
    }

    private Page<HistoryEvent> forward(Page.Request page) {
        long first = page.after().map(Long::parseLong).orElse(1L);
        var events = new ArrayList<HistoryEvent>();
        try (var cursor =
                view.scan(Table.HISTORY, rowHolding(first), Keys.behind(Keys.xid(xid)), false)) {
            return collect(cursor, events, page.size(), first, false);
        }
    }

    private Page<HistoryEvent> backward(Page.Request page) {
        long first = page.after().map(Long::parseLong).orElse(Long.MAX_VALUE - 1);
        var events = new ArrayList<HistoryEvent>();
        try (var cursor =
                view.scan(Table.HISTORY, Keys.xid(xid), Keys.history(xid, first + 1), true)) {
            return collect(cursor, events, page.size(), first, true);
        }
    }

    /**
     * Collects one event more than the page, which tells whether there is a next. A page ends early
     * when its payloads are many bytes; those of a row are shared out among its events.
     */
    private Page<HistoryEvent> collect(
            Cursor cursor, List<HistoryEvent> events, int size, long first, boolean reverse) {
        long bytes = 0;
        while (events.size() <= size && cursor.next()) {
            long before = payloads.bytesRead();
            var batch = new ArrayList<>(HistoryCodec.decode(cursor.value(), payloads));
            long each = (payloads.bytesRead() - before + cursor.value().length) / batch.size();
            if (reverse) {
                Collections.reverse(batch);
            }
            for (var event : batch) {
                boolean wanted = reverse ? event.id() <= first : event.id() >= first;
                if (wanted && events.size() <= size) {
                    events.add(event);
                    bytes += each;
                    if (bytes > RuntimeLimits.HISTORY_PAGE_BYTES && events.size() > 1) {
                        return paged(events, events.size() - 1);
                    }
                }
            }
        }
        return paged(events, size);
    }

    private static Page<HistoryEvent> paged(List<HistoryEvent> events, int size) {
        if (events.size() <= size) {
            return new Page<>(events, Optional.empty());
        }
        return new Page<>(
                events.subList(0, size), Optional.of(Long.toString(events.get(size).id())));
    }

    /** Key of the row that holds that event: the last one that starts at or before it. */
    private byte[] rowHolding(long eventId) {
        try (var cursor =
                view.scan(Table.HISTORY, Keys.xid(xid), Keys.history(xid, eventId + 1), true)) {
            return cursor.next() ? cursor.key() : Keys.xid(xid);
        }
    }
}
