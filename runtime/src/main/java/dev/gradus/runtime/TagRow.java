package dev.gradus.runtime;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The tags of one machine or activity, in the order in which their keys came; in shard 0 alone,
 * since no execution looks at them.
 */
record TagRow(Map<String, String> tags) {
    private static final int VERSION = 1;
    static final TagRow NONE = new TagRow(Map.of());

    TagRow {
        tags = Collections.unmodifiableMap(new LinkedHashMap<>(tags));
    }

    byte[] encode() {
        var row = new RowWriter(32 * tags.size() + 8).u8(VERSION).number(tags.size());
        tags.forEach((key, value) -> row.text(key).text(value));
        return row.done();
    }

    static TagRow decode(byte[] bytes) {
        var row = new RowReader(bytes).version(VERSION);
        int count = row.smallNumber();
        var tags = new LinkedHashMap<String, String>();
        for (int i = 0; i < count; i++) {
            tags.put(row.text(), row.text());
        }
        return new TagRow(tags);
    }

    TagRow with(Map<String, String> more) {
        var all = new LinkedHashMap<>(tags);
        all.putAll(more);
        return new TagRow(all);
    }

    TagRow without(List<String> keys) {
        var rest = new LinkedHashMap<>(tags);
        keys.forEach(rest::remove);
        return new TagRow(rest);
    }
}
