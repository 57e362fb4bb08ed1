package dev.gradus.runtime;

import dev.gradus.engine.Timer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/**
 * How the keys of every table are made; the layout is {@code architecture.md} section 4 and part of
 * the format.
 */
final class Keys {
    static final byte[] NONE = new byte[0];

    private static final MessageDigest SHA_256 = newSha256();

    static byte[] xid(long xid) {
        return new RowWriter(8).u64(xid).done();
    }

    static byte[] xidAnd(long xid, long number) {
        return new RowWriter(16).u64(xid).u64(number).done();
    }

    static byte[] scope(long xid, int scope) {
        return xidAnd(xid, scope);
    }

    static byte[] history(long xid, long firstEventId) {
        return xidAnd(xid, firstEventId);
    }

    static byte[] payload(long xid, byte[] digest) {
        return new RowWriter(24).u64(xid).fixed(digest).done();
    }

    static byte[] timer(long xid, Timer timer) {
        return new RowWriter(25)
                .u64(timer.dueMillis())
                .u64(xid)
                .u64(timer.effect().number())
                .u8(timer.kind().ordinal())
                .done();
    }

    /** Orders after every timer due before that moment. */
    static byte[] timersFrom(long dueMillis) {
        return new RowWriter(8).u64(dueMillis).done();
    }

    static byte[] dispatched(long xid, long effect) {
        return xidAnd(xid, effect);
    }

    static byte[] outbox(int destination, long sequence) {
        return new RowWriter(12).u8(destination >>> 8).u8(destination).u64(sequence).done();
    }

    static byte[] inbox(int source) {
        return new RowWriter(2).u8(source >>> 8).u8(source).done();
    }

    static byte[] activityQueue(byte[] activityHash, long sequence) {
        return new RowWriter(24).fixed(activityHash).u64(sequence).done();
    }

    /**
     * One list: executions of {@code owner} with a status, or with any when {@code status} is 0.
     */
    static byte[] listPrefix(byte[] ownerHash, int status) {
        return new RowWriter(17).fixed(ownerHash).u8(status).done();
    }

    /** Newest first: the inverse of the xid. */
    static byte[] listEntry(byte[] ownerHash, int status, long xid) {
        return new RowWriter(25).fixed(ownerHash).u8(status).u64(~xid).done();
    }

    static byte[] retention(long closeMillis, long xid) {
        return xidAnd(closeMillis, xid);
    }

    static byte[] meta(String name) {
        return name.getBytes(StandardCharsets.UTF_8);
    }

    /** A row of the control plane: a kind letter and the resource's ARN or hash. */
    static byte[] catalog(char kind, byte[] id) {
        return new RowWriter(1 + id.length).u8(kind).fixed(id).done();
    }

    /** What the keys of a feed's queue start with. */
    static byte[] feed(Feed feed) {
        return new RowWriter(1).u8(feed.number()).done();
    }

    static byte[] feed(Feed feed, long sequence) {
        return new RowWriter(9).u8(feed.number()).u64(sequence).done();
    }

    static long feedSequence(byte[] key) {
        var row = new RowReader(key);
        row.fixed(1);
        return row.u64();
    }

    /** The first key behind all keys that start with the prefix; empty when there is none. */
    static byte[] behind(byte[] prefix) {
        for (int i = prefix.length - 1; i >= 0; i--) {
            if (prefix[i] != (byte) 0xff) {
                var next = Arrays.copyOf(prefix, i + 1);
                next[i]++;
                return next;
            }
        }
        return NONE;
    }

    /** 128 bits of SHA-256: long enough that two ARNs never meet. */
    static byte[] hash128(String text) {
        return Arrays.copyOf(sha256(text.getBytes(StandardCharsets.UTF_8)), 16);
    }

    static byte[] sha256(byte[] bytes) {
        try {
            // A clone: to look the algorithm up costs more than to hash a short text.
            return ((MessageDigest) SHA_256.clone()).digest(bytes);
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("SHA-256 of this Java runtime cannot be cloned", e);
        }
    }

    private static MessageDigest newSha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }

    /** Which shard owns an execution; shard 0 is the control plane's alone. */
    static int shardOf(byte[] executionHash, int shards) {
        int bits = new RowReader(executionHash).smallBits();
        return 1 + Integer.remainderUnsigned(bits, shards - 1);
    }

    private Keys() {}
}
