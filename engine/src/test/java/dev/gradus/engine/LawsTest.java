package dev.gradus.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gradus.engine.Command.Answerer;
import dev.gradus.engine.ExecutionState.Closed;
import dev.gradus.expressions.Json;
import dev.gradus.expressions.Payload;
import dev.gradus.expressions.Randomness;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/**
 * The laws of the step function, on random definitions and random commands. {@link Scenario} checks
 * determinism, idempotence and all invariants after each command.
 */
final class LawsTest {
    private static final int COMMANDS = 30;
    private static final int EVENTS_ENOUGH = 1_200;
    private static final List<String> VALUES =
            List.of("1", "{}", "{\"n\":1,\"w\":2}", "{\"n\":{}}", "[]", "\"x\"");
    private static final List<String> ITEMS =
            List.of("[1,{\"n\":2},[3]]", "[null]", "[]", "[[1,2],[]]", "{\"n\":1}", "5");
    private static final List<String> SECONDS = List.of("1", "0", "2", "\"3\"", "-1", "null");

    @Property(tries = 10_000, seed = "1")
    void everyCommandKeepsTheLaws(@ForAll long seed) {
        var random = new Randomness(seed);
        var run = Scenario.started(RandomDefinition.of(seed), input(random));
        var seen = new ArrayList<>(run.calls());
        for (int i = 0; i < COMMANDS && run.history().size() < EVENTS_ENOUGH; i++) {
            run.seed(random.nextLong());
            act(run, seen, random);
            run.calls().stream().filter(call -> !seen.contains(call)).forEach(seen::add);
            assertBounded(run);
        }
        if (run.state() instanceof Closed closed) {
            act(run, seen, random);
            assertThat(run.state()).as("closed is closed").isSameAs(closed);
        }
    }

    /** Whatever happens, an outside that answers everything brings each execution to its end. */
    @Property(tries = 10_000, seed = "2")
    void anAnswerToEverythingEndsTheExecution(@ForAll long seed) {
        var random = new Randomness(seed);
        var run = Scenario.started(RandomDefinition.of(seed), input(random));
        for (int i = 0; i < 2_000 && !(run.state() instanceof Closed); i++) {
            if (run.history().size() > EVENTS_ENOUGH) {
                return; // A loop; the event limit has its own test.
            }
            if (run.owedTurns() > 0) {
                run.goOn();
            } else if (run.calls().isEmpty()) {
                assertThat(run.timers()).as("somebody wakes it").isNotEmpty();
                run.advance(10);
            } else {
                var call = run.call();
                run.seed(random.nextLong());
                run.take("w");
                run.step(new Command.TaskSubmitted(run.now(), 1, call, Payload.ofText("{}")));
                if (random.nextLong(0, 3) == 0) {
                    run.failByToken(call, Failure.of("E0")).fail(call, "E0", "");
                } else {
                    run.succeedByToken(call, value(random)).succeed(call, value(random));
                }
            }
        }
        assertThat(run.state()).isInstanceOf(Closed.class);
    }

    /** An execution may be redriven whenever it ended without success, however often. */
    @Property(tries = 10_000, seed = "4")
    void everyRedriveKeepsTheLaws(@ForAll long seed) {
        var random = new Randomness(seed);
        var run = Scenario.started(RandomDefinition.of(seed), input(random));
        var seen = new ArrayList<>(run.calls());
        for (int i = 0; i < COMMANDS && run.history().size() < EVENTS_ENOUGH; i++) {
            run.seed(random.nextLong());
            if (run.state() instanceof Closed closed) {
                int before = run.history().size();
                run.redrive();
                assertThat(run.history().size() > before)
                        .as("redriven unless there is nothing to do")
                        .isEqualTo(closed.unfinished().size() > 0);
            } else if (random.nextLong(0, 8) == 0) {
                run.stop(Failure.NONE);
            } else {
                act(run, seen, random);
            }
            run.calls().stream().filter(call -> !seen.contains(call)).forEach(seen::add);
        }
    }

    /** What a definition says is what counts, however it is laid out. */
    @Property(tries = 10_000, seed = "3")
    void aDefinitionThatIsPrintedAndReadAgainRunsAlike(@ForAll long seed) {
        var random = new Randomness(seed);
        var written = spaced(RandomDefinition.of(seed), random);
        var input = input(random);

        var run = Scenario.started(written, input).advance(9);
        var again = Scenario.started(Json.parse(written).text(), input).advance(9);

        assertThat(again.history()).isEqualTo(run.history());
        assertThat(again.timers()).isEqualTo(run.timers());
        assertThat(again.calls()).isEqualTo(run.calls());
    }

    /** Puts blanks behind marks, and escapes in the place of letters of texts. */
    private static String spaced(String definition, Randomness random) {
        var spaced = new StringBuilder();
        boolean inText = false;
        for (int i = 0; i < definition.length(); i++) {
            char c = definition.charAt(i);
            inText ^= c == '"';
            if (inText && Character.isLetter(c) && random.nextLong(0, 20) == 0) {
                spaced.append("\\u").append(HexFormat.of().toHexDigits(c));
            } else {
                spaced.append(c);
            }
            if (!inText && "{}[],:".indexOf(c) >= 0 && random.nextLong(0, 4) == 0) {
                spaced.append("\n  ");
            }
        }
        return spaced.toString();
    }

    private static void act(Scenario run, List<EffectId> seen, Randomness random) {
        var effect =
                seen.isEmpty() || random.nextLong(0, 10) == 0
                        ? new EffectId((int) random.nextLong(0, 9), random.nextLong(0, 9))
                        : seen.get((int) random.nextLong(0, seen.size()));
        var by = random.nextLong(0, 2) == 0 ? Answerer.TOKEN : Answerer.INTEGRATION;
        long now = run.now();
        long seed = random.nextLong();
        switch ((int) random.nextLong(0, 24)) {
            case 0, 1, 2, 3, 4 ->
                    run.step(
                            new Command.TaskSucceeded(
                                    now, seed, effect, by, Payload.ofText(value(random))));
            case 5, 6, 7 ->
                    run.step(
                            new Command.TaskFailed(
                                    now,
                                    seed,
                                    effect,
                                    by,
                                    Failure.of("E" + random.nextLong(0, 3))));
            case 8, 9, 10 ->
                    run.step(
                            new Command.TaskSubmitted(
                                    now, seed, effect, Payload.ofText(value(random))));
            case 11, 12, 13 ->
                    run.step(new Command.ActivityStarted(now, seed, effect, Optional.empty()));
            case 14, 15 -> run.heartbeat(effect);
            case 16, 17, 18 -> run.advanceMillis(random.nextLong(0, 3_000));
            case 19 -> run.sleep(random.nextLong(0, 3));
            case 20 -> {
                var kinds = Timer.Kind.values();
                var kind = kinds[(int) random.nextLong(0, kinds.length)];
                fire(run, new Timer(effect, kind, now));
            }
            case 21, 22 -> {
                if (run.owedTurns() > 0) {
                    run.goOn();
                }
            }
            default -> {
                if (random.nextLong(0, 10) == 0) {
                    run.stop(Failure.NONE);
                }
            }
        }
    }

    /** Fires the timer that is waited for, when it is due, or else one that nobody waits for. */
    private static void fire(Scenario run, Timer invented) {
        var waitedFor =
                run.timers().stream()
                        .filter(timer ->
                                timer.effect().equals(invented.effect())
                                        && timer.kind() == invented.kind())
                        .findFirst();
        boolean isEarly = waitedFor.filter(timer -> timer.dueMillis() > run.now()).isPresent();
        if (!isEarly) {
            run.fire(waitedFor.orElse(invented));
        }
    }

    private static void assertBounded(Scenario run) {
        assertThat(run.history().size()).isLessThanOrEqualTo(Limits.HISTORY_EVENTS);
        if (run.state() instanceof ExecutionState.Running(_, var scopes)) {
            assertThat(scopes.size()).isLessThan(500);
        }
    }

    /** Most inputs suit the definitions: a failure at the first state tells little. */
    private static String input(Randomness random) {
        return "{\"items\":"
                + oneOf(ITEMS, random)
                + (random.nextLong(0, 8) == 0 ? "" : ",\"n\":" + value(random))
                + (random.nextLong(0, 8) == 0 ? "" : ",\"w\":" + oneOf(SECONDS, random))
                + "}";
    }

    private static String value(Randomness random) {
        return oneOf(VALUES, random);
    }

    /** Takes the first of a list as often as all others together. */
    private static String oneOf(List<String> list, Randomness random) {
        return random.nextLong(0, 2) == 0
                ? list.getFirst()
                : list.get((int) random.nextLong(0, list.size()));
    }
}
