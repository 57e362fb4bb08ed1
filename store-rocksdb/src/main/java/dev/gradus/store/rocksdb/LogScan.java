package dev.gradus.store.rocksdb;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.util.zip.CRC32C;

/**
 * The result of one pass over a write-ahead log of RocksDB.
 *
 * <p>The file is a row of blocks of 32 KiB. A record is one fragment, or a first, middle ones and a
 * last; no fragment crosses a block, and fewer than 7 bytes at a block's end are filling. A
 * fragment is a masked CRC-32C of type and payload (4 bytes), the payload's length (2), a type (1),
 * the payload; numbers are little-endian. See "Write Ahead Log File Format" in RocksDB's wiki.
 */
final class LogScan {
    private static final int BLOCK_BYTES = 32 << 10;
    private static final int HEADER_BYTES = 7;
    private static final int SECTOR_BYTES = 512;
    private static final int FULL = 1;
    private static final int FIRST = 2;
    private static final int MIDDLE = 3;
    private static final int LAST = 4;

    /** What follows the last whole record. */
    private enum End {
        NOTHING,
        UNFINISHED,
        DAMAGED
    }

    private final ByteBuffer log;
    private int wholeBytes;
    private int brokenAt;
    private boolean records;
    private End end = End.NOTHING;

    private LogScan(ByteBuffer log) {
        this.log = log;
    }

    static LogScan of(FileChannel channel) throws IOException {
        try (var arena = Arena.ofConfined()) {
            // A log is far below 2 GiB: it is closed when the total of the logs passes its limit.
            var mapped = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena);
            var scan = new LogScan(mapped.asByteBuffer().order(ByteOrder.LITTLE_ENDIAN));
            scan.run();
            return scan;
        }
    }

    boolean isWhole() {
        return end == End.NOTHING;
    }

    boolean isDamaged() {
        return end == End.DAMAGED;
    }

    boolean hasRecords() {
        return records || end == End.DAMAGED;
    }

    /** Where the first thing begins that is not valid. */
    long brokenAt() {
        return brokenAt;
    }

    /** How many bytes the whole records take, from the start of the file. */
    long wholeBytes() {
        return wholeBytes;
    }

    private void run() {
        int at = 0;
        boolean within = false;
        while (true) {
            at = skipFilling(at);
            if (at >= log.limit()) {
                end = within ? End.UNFINISHED : End.NOTHING;
                brokenAt = at;
                wholeBytes = within ? wholeBytes : log.limit();
                return;
            }
            if (!isValid(at)) {
                brokenAt = at;
                end = judge(at);
                return;
            }
            int type = type(at);
            boolean begins = type == FULL || type == FIRST;
            boolean continues = type == MIDDLE || type == LAST;
            if ((begins && within) || (continues && !within)) {
                brokenAt = at;
                end = End.DAMAGED;
                return;
            }
            at += HEADER_BYTES + length(at);
            within = type == FIRST || type == MIDDLE;
            if (!within) {
                wholeBytes = at;
                records |= begins || continues;
            }
        }
    }

    private End judge(int broken) {
        if (isZeroUntilEnd(broken)) {
            return End.UNFINISHED;
        }
        for (int at = broken + 1; at + HEADER_BYTES <= log.limit(); at++) {
            int type = type(at);
            if ((type == FULL || type == FIRST) && length(at) > 0 && isValid(at)) {
                return End.DAMAGED; // another record begins: this one was synced before it
            }
        }
        int toBlockEnd = BLOCK_BYTES - broken % BLOCK_BYTES - HEADER_BYTES;
        int toFileEnd = log.limit() - broken - HEADER_BYTES;
        int present = Math.min(toBlockEnd, toFileEnd);
        if (present < 0) {
            return End.UNFINISHED;
        }
        if (checksumMatches(broken, present)) {
            return End.DAMAGED; // whole but for its length
        }
        boolean cutOff = length(broken) > present && toFileEnd < toBlockEnd;
        return cutOff || hasZeroSector(broken) ? End.UNFINISHED : End.DAMAGED;
    }

    private static int skipFilling(int at) {
        int left = BLOCK_BYTES - at % BLOCK_BYTES;
        return left < HEADER_BYTES ? at + left : at;
    }

    private boolean isValid(int at) {
        if (at + HEADER_BYTES > log.limit()) {
            return false;
        }
        int length = length(at);
        boolean fits =
                at % BLOCK_BYTES + HEADER_BYTES + length <= BLOCK_BYTES
                        && at + HEADER_BYTES + length <= log.limit();
        return fits && type(at) != 0 && checksumMatches(at, length);
    }

    private boolean checksumMatches(int at, int length) {
        var checksum = new CRC32C();
        checksum.update(log.slice(at + HEADER_BYTES - 1, length + 1));
        int crc = (int) checksum.getValue();
        int masked = ((crc >>> 15) | (crc << 17)) + 0xa282ead8;
        return masked == log.getInt(at);
    }

    private int length(int at) {
        return Short.toUnsignedInt(log.getShort(at + 4));
    }

    private int type(int at) {
        return Byte.toUnsignedInt(log.get(at + 6));
    }

    private boolean isZeroUntilEnd(int from) {
        for (int at = from; at < log.limit(); at++) {
            if (log.get(at) != 0) {
                return false;
            }
        }
        return true;
    }

    private boolean hasZeroSector(int from) {
        int sector = (from + SECTOR_BYTES - 1) / SECTOR_BYTES * SECTOR_BYTES;
        for (; sector + SECTOR_BYTES <= log.limit(); sector += SECTOR_BYTES) {
            boolean zero = true;
            for (int at = sector; zero && at < sector + SECTOR_BYTES; at++) {
                zero = log.get(at) == 0;
            }
            if (zero) {
                return true;
            }
        }
        return false;
    }
}
