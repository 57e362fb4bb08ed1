package dev.gradus.store.rocksdb;

import dev.gradus.runtime.spi.SubstrateException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks through the write-ahead logs before RocksDB opens them, and tells an unfinished tail, which
 * is cut off, from damage, which is refused.
 *
 * <p>RocksDB cannot tell them: a length that was changed near the end of a log looks to it like a
 * write that was interrupted, and it drops that record and all behind it, acknowledged or not. We
 * know more, because every write is synced before the next one begins: only the last record can be
 * unfinished. So, at the first thing that is not a valid record:
 *
 * <ul>
 *   <li>if another record begins behind it, or in a later log, it is damage;
 *   <li>if it would be whole but for its header, or has all its bytes and a wrong checksum, it is
 *       damage;
 *   <li>if the file ends within it, or a whole disk sector of it is zero, because it never reached
 *       the disk, it is an unfinished tail, which nobody was told to be committed.
 * </ul>
 */
final class WriteAheadLogs {
    private static final Logger LOG = LoggerFactory.getLogger(WriteAheadLogs.class);
    private static final Pattern LOG_NAME = Pattern.compile("[0-9]+\\.log");

    private WriteAheadLogs() {}

    /**
     * Checks the logs of a database that is not open.
     *
     * @throws SubstrateException naming file and offset, if synced bytes are damaged
     */
    static void check(Path db) {
        if (!Files.isDirectory(db)) {
            return;
        }
        try (var entries = Files.list(db)) {
            var logs =
                    entries.filter(file ->
                                    LOG_NAME.matcher(file.getFileName().toString()).matches())
                            .sorted(Comparator.comparing(Path::getFileName))
                            .toList();
            for (int i = 0; i < logs.size(); i++) {
                check(logs.get(i), logs.subList(i + 1, logs.size()));
            }
        } catch (IOException e) {
            throw new SubstrateException(StoreFolder.unusable(db, e), e);
        }
    }

    private static void check(Path log, List<Path> later) throws IOException {
        try (var channel =
                FileChannel.open(log, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            var scan = LogScan.of(channel);
            if (scan.isWhole()) {
                return;
            }
            long at = scan.brokenAt();
            if (scan.isDamaged()) {
                throw damaged(log, at);
            }
            for (var file : later) {
                try (var laterChannel = FileChannel.open(file, StandardOpenOption.READ)) {
                    if (LogScan.of(laterChannel).hasRecords()) {
                        throw damaged(log, at);
                    }
                }
            }
            LOG.warn(
                    "wal=unfinished-tail file={} offset={} droppedBytes={}",
                    log,
                    scan.wholeBytes(),
                    channel.size() - scan.wholeBytes());
            channel.truncate(scan.wholeBytes());
            channel.force(true);
        }
    }

    private static SubstrateException damaged(Path log, long offset) {
        return new SubstrateException(
                "the write-ahead log %s is damaged at offset %d, in data that was committed. Nothing was changed; restore the data folder from a backup, or from another copy of the disk"
                        .formatted(log, offset));
    }
}
