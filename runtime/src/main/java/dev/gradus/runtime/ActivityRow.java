package dev.gradus.runtime;

/**
 * One activity as its row shows it; every shard has a copy.
 *
 * @param creationMillis in milliseconds since the epoch
 */
record ActivityRow(Arn.Activity arn, long creationMillis) {
    private static final int VERSION = 1;

    byte[] encode() {
        return new RowWriter(96)
                .u8(VERSION)
                .text(arn.place().partition())
                .text(arn.place().region())
                .text(arn.place().account())
                .text(arn.name())
                .number(creationMillis)
                .done();
    }

    static ActivityRow decode(byte[] bytes) {
        var row = new RowReader(bytes).version(VERSION);
        var place = new Arn.Place(row.text(), row.text(), row.text());
        return new ActivityRow(new Arn.Activity(place, row.text()), row.number());
    }

    ActivityView view() {
        return new ActivityView(arn, creationMillis);
    }
}
