package dev.gradus.runtime;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One alias as its row shows it; every shard has a copy, so that a start by its ARN never leaves
 * the execution's shard.
 *
 * @param shares one or two
 */
record AliasRow(
        Arn.StateMachineAlias arn,
        Optional<String> description,
        List<Share> shares,
        long creationMillis,
        long updateMillis) {
    private static final int VERSION = 1;

    AliasRow {
        shares = List.copyOf(shares);
    }

    /**
     * How many of a hundred starts a version gets.
     *
     * @param version its number
     */
    record Share(long version, int weight) {}

    byte[] encode() {
        var row = StoredArns.alias(new RowWriter(160).u8(VERSION), arn);
        row.optionalText(description).number(shares.size());
        shares.forEach(share -> row.number(share.version()).number(share.weight()));
        return row.number(creationMillis).number(updateMillis).done();
    }

    static AliasRow decode(byte[] bytes) {
        var row = new RowReader(bytes).version(VERSION);
        var arn = StoredArns.alias(row);
        var description = row.optionalText();
        int count = row.smallNumber();
        var shares = new ArrayList<Share>(count);
        for (int i = 0; i < count; i++) {
            shares.add(new Share(row.number(), row.smallNumber()));
        }
        return new AliasRow(arn, description, shares, row.number(), row.number());
    }

    boolean routesTo(long version) {
        return shares.stream().anyMatch(share -> share.version() == version);
    }

    /**
     * Chooses the version of one start.
     *
     * @param draw evenly distributed, from 0 to 99
     */
    Arn.StateMachineVersion version(int draw) {
        int passed = 0;
        for (var share : shares) {
            passed += share.weight();
            if (draw < passed) {
                return version(share);
            }
        }
        throw new IllegalStateException("the weights of " + arn.text() + " are not 100");
    }

    private Arn.StateMachineVersion version(Share share) {
        return new Arn.StateMachineVersion(arn.place(), arn.name(), share.version());
    }

    AliasView view() {
        return new AliasView(
                arn,
                description,
                shares.stream()
                        .map(share -> new AliasView.Route(version(share), share.weight()))
                        .toList(),
                creationMillis,
                updateMillis);
    }

    AliasView.Summary summary() {
        return new AliasView.Summary(arn, creationMillis);
    }
}
