package dev.gradus.runtime;

import dev.gradus.engine.Command;
import dev.gradus.engine.EffectId;
import dev.gradus.engine.Failure;
import dev.gradus.engine.Timer;
import java.util.ArrayList;

/** The stored form of a command on which our own code failed. */
final class CommandCodec {
    private static final int VERSION = 1;

    static byte[] encode(Command command, PayloadRows.Sink payloads) {
        var row = new RowWriter(128).u8(VERSION).number(command.atMillis()).u64(command.seed());
        switch (command) {
            case Command.StartExecution _ -> row.u8(0);
            case Command.Continue _ -> row.u8(1);
            case Command.TaskSubmitted c ->
                    payloads.write(effect(row.u8(2), c.effect()), c.response());
            case Command.TaskSucceeded c ->
                    payloads.write(effect(row.u8(3), c.effect()).u8(c.by().ordinal()), c.output());
            case Command.TaskFailed c ->
                    failure(effect(row.u8(4), c.effect()).u8(c.by().ordinal()), c.failure());
            case Command.ActivityStarted c ->
                    effect(row.u8(5), c.effect()).optionalText(c.workerName());
            case Command.Heartbeat c -> effect(row.u8(6), c.effect());
            case Command.TimersFired c -> {
                row.u8(7).number(c.timers().size());
                c.timers()
                        .forEach(timer ->
                                effect(row, timer.effect())
                                        .u8(timer.kind().ordinal())
                                        .number(timer.dueMillis()));
            }
            case Command.StopExecution c -> failure(row.u8(8), c.reason());
            case Command.RedriveExecution _ -> row.u8(9);
        }
        return row.done();
    }

    static Command decode(byte[] bytes, PayloadRows.Source payloads) {
        var row = new RowReader(bytes).version(VERSION);
        long at = row.number();
        long seed = row.u64();
        int kind = row.u8();
        return switch (kind) {
            case 0 -> new Command.StartExecution(at, seed);
            case 1 -> new Command.Continue(at, seed);
            case 2 -> new Command.TaskSubmitted(at, seed, effect(row), payloads.read(row));
            case 3 ->
                    new Command.TaskSucceeded(
                            at, seed, effect(row), answerer(row), payloads.read(row));
            case 4 -> new Command.TaskFailed(at, seed, effect(row), answerer(row), failure(row));
            case 5 -> new Command.ActivityStarted(at, seed, effect(row), row.optionalText());
            case 6 -> new Command.Heartbeat(at, seed, effect(row));
            case 7 -> timers(at, seed, row);
            case 8 -> new Command.StopExecution(at, seed, failure(row));
            case 9 -> new Command.RedriveExecution(at, seed);
            default -> throw new IllegalStateException("command of unknown kind " + kind);
        };
    }

    private static Command timers(long at, long seed, RowReader row) {
        int count = row.smallNumber();
        var timers = new ArrayList<Timer>(count);
        for (int i = 0; i < count; i++) {
            timers.add(new Timer(effect(row), Timer.Kind.values()[row.u8()], row.number()));
        }
        return new Command.TimersFired(at, seed, timers);
    }

    private static RowWriter effect(RowWriter row, EffectId effect) {
        return row.number(effect.scope()).number(effect.number());
    }

    private static EffectId effect(RowReader row) {
        return new EffectId(row.smallNumber(), row.number());
    }

    private static Command.Answerer answerer(RowReader row) {
        return Command.Answerer.values()[row.u8()];
    }

    private static void failure(RowWriter row, Failure failure) {
        row.optionalText(failure.error()).optionalText(failure.cause());
    }

    private static Failure failure(RowReader row) {
        return new Failure(row.optionalText(), row.optionalText());
    }

    private CommandCodec() {}
}
