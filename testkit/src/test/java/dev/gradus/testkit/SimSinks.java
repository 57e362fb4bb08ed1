package dev.gradus.testkit;

import dev.gradus.runtime.FeedSinks;
import dev.gradus.runtime.spi.DeliveryException;
import dev.gradus.runtime.spi.EventSink;
import dev.gradus.runtime.spi.LogGroup;
import dev.gradus.runtime.spi.LogRecord;
import dev.gradus.runtime.spi.LogSink;
import dev.gradus.runtime.spi.StatusEvent;
import dev.gradus.runtime.spi.Trace;
import dev.gradus.runtime.spi.TraceSink;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What logs and events go to in the simulated world: it outlives the node, and may be dead. */
final class SimSinks {
    static final String GROUP = "/sim/logs";

    private final List<LogRecord> records = new ArrayList<>();
    private final List<StatusEvent> published = new ArrayList<>();
    private final List<StatusEvent> posted = new ArrayList<>();
    private final List<Trace> traces = new ArrayList<>();
    private final Set<String> dead = new HashSet<>();
    private int takenBeforeRefusal;

    /** All three kinds. */
    FeedSinks all() {
        return new FeedSinks(
                SimSinks::line,
                Optional.of(new Logs()),
                Optional.of(new Events("bus", published)),
                Optional.of(new Events("webhook", posted)),
                Optional.empty());
    }

    /** Logs, and no events. */
    FeedSinks logsOnly() {
        return new FeedSinks(
                SimSinks::line,
                Optional.of(new Logs()),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /** Traces, and nothing else. */
    FeedSinks tracesOnly() {
        return new FeedSinks(
                SimSinks::line,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(new Traces()));
    }

    static String arn(String group) {
        return "arn:aws:logs:us-east-1:123456789012:log-group:" + group + ":*";
    }

    private static String line(dev.gradus.runtime.spi.LogFormat.LoggedEvent logged) {
        return logged.executionArn()
                + " "
                + logged.event().id()
                + " "
                + logged.event().type().text()
                + (logged.includeData() ? " data" : "");
    }

    /** What was exported, oldest first, also what came twice. */
    List<Trace> traces() {
        return traces;
    }

    /** One of logs, bus, webhook and traces takes nothing from now on. */
    void kill(String sink) {
        dead.add(sink);
    }

    /** Before a dead event sink refuses, it takes so many of what it is given. */
    void takeBeforeRefusing(int events) {
        takenBeforeRefusal = events;
    }

    void revive(String sink) {
        dead.remove(sink);
    }

    List<LogRecord> records() {
        return records;
    }

    List<StatusEvent> published() {
        return published;
    }

    List<StatusEvent> posted() {
        return posted;
    }

    /** What was logged of one execution, each record once, in the order of its first coming. */
    List<String> lines(String executionArn) {
        return records.stream()
                .map(LogRecord::json)
                .filter(line -> line.startsWith(executionArn + " "))
                .map(line -> line.substring(executionArn.length() + 1))
                .distinct()
                .toList();
    }

    private final class Logs implements LogSink {
        @Override
        public boolean exists(LogGroup group) {
            if (dead.contains("logs")) {
                throw new DeliveryException("the simulated sink is dead");
            }
            return group.name().equals(GROUP);
        }

        @Override
        public int write(List<LogRecord> more) {
            if (dead.contains("logs")) {
                throw new DeliveryException("the simulated sink is dead");
            }
            records.addAll(more);
            return 0;
        }

        @Override
        public void close() {}
    }

    private final class Traces implements TraceSink {
        @Override
        public int export(List<Trace> more) {
            if (dead.contains("traces")) {
                throw new DeliveryException("the simulated sink is dead");
            }
            traces.addAll(more);
            return 0;
        }

        @Override
        public void close() {}
    }

    private final class Events implements EventSink {
        private final String name;
        private final List<StatusEvent> taken;

        Events(String name, List<StatusEvent> taken) {
            this.name = name;
            this.taken = taken;
        }

        @Override
        public int send(List<StatusEvent> events) {
            if (dead.contains(name)) {
                int first = Math.min(takenBeforeRefusal, events.size());
                taken.addAll(events.subList(0, first));
                throw new DeliveryException("the simulated sink is dead").after(first);
            }
            taken.addAll(events);
            return 0;
        }

        @Override
        public void close() {}
    }
}
