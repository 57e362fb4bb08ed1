package dev.gradus.testkit;

import dev.gradus.runtime.AliasRequests;
import dev.gradus.runtime.AliasView;
import dev.gradus.runtime.ApiException;
import dev.gradus.runtime.Arn;
import dev.gradus.runtime.ErrorShape;
import dev.gradus.runtime.StateMachineRequests;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Somebody who changes machines, publishes and deletes them, and starts executions of what was
 * acknowledged.
 */
final class SimOwner {
    private static final int VERSIONS = 3;
    private static final int ROUNDS = 2;
    private static final Arn.StateMachine CHANGING =
            new Arn.StateMachine(Machine.PLACE, "changing");
    private static final Arn.StateMachineAlias ALIAS =
            new Arn.StateMachineAlias(Machine.PLACE, "changing", "live");
    private static final Arn.StateMachine DOOMED = new Arn.StateMachine(Machine.PLACE, "doomed");
    private static final String WAITING =
            """
            {"StartAt":"W","States":{"W":{"Type":"Wait","Seconds":20,"End":true}}}\
            """;

    private final RandomWorld world;

    SimOwner(RandomWorld world) {
        this.world = world;
    }

    void begin() {
        world.expect(done ->
                world.client()
                        .call(
                                gradus ->
                                        gradus.stateMachines()
                                                .create(Machine.create(CHANGING, version(0))),
                                _ -> check(0, done),
                                refused -> world.unexpected("CreateStateMachine", refused)));
        world.expect(done -> doom(0, done));
    }

    private static String version(int number) {
        return "{\"StartAt\":\"A\",\"States\":{\"A\":{\"Type\":\"Pass\",\"Result\":%d,\"End\":true}}}"
                .formatted(number);
    }

    /** Starts what was just acknowledged: the new definition must run, wherever. */
    private void check(int number, Runnable done) {
        run(CHANGING, "v" + number, number, () -> publish(number, done));
    }

    /** Makes it a version, and starts that: whatever crashed meanwhile, it is one version. */
    private void publish(int number, Runnable done) {
        var request =
                new StateMachineRequests.PublishVersion(
                        CHANGING, Optional.empty(), Optional.empty());
        world.client()
                .call(
                        gradus -> gradus.versions().publish(request),
                        version -> {
                            if (version.arn().number() != number + 1) {
                                world.violation("publication " + number + " gave " + version);
                            }
                            run(
                                    version.arn(),
                                    "version-" + number,
                                    number,
                                    () -> route(version.arn(), number, done));
                        },
                        refused -> world.unexpected("PublishStateMachineVersion", refused));
    }

    /** Lets the alias lead to the version, and starts by the alias. */
    private void route(Arn.StateMachineVersion version, int number, Runnable done) {
        var routes = List.of(new AliasView.Route(version, 100));
        var create = new AliasRequests.Create(ALIAS, Optional.empty(), routes);
        var update = new AliasRequests.Update(ALIAS, Optional.empty(), Optional.of(routes));
        world.client()
                .call(
                        gradus ->
                                number == 0
                                        ? gradus.aliases().create(create)
                                        : gradus.aliases().update(update),
                        _ -> run(ALIAS, "alias-" + number, number, () -> update(number + 1, done)),
                        refused -> world.unexpected("CreateStateMachineAlias", refused));
    }

    private void run(Arn.Startable of, String name, int number, Runnable then) {
        var arn = new Arn.Execution(Machine.PLACE, CHANGING.name(), name);
        world.client()
                .call(
                        gradus -> gradus.executions().start(Sim.startRequest(of, name)),
                        _ -> look(number, arn, then),
                        refused -> {
                            // It ended before a second try.
                            if (refused.shape() != ErrorShape.ExecutionAlreadyExists) {
                                world.unexpected("StartExecution", refused);
                            }
                            look(number, arn, then);
                        });
    }

    private void look(int number, Arn.Execution arn, Runnable then) {
        world.client()
                .call(
                        gradus -> gradus.executions().describe(arn),
                        view -> {
                            if (!view.output().equals(Optional.of(Integer.toString(number)))) {
                                world.violation(arn.text() + " ran " + view.output());
                            }
                            then.run();
                        },
                        refused -> world.unexpected("DescribeExecution", refused));
    }

    private void update(int number, Runnable done) {
        if (number > VERSIONS) {
            done.run();
            return;
        }
        var request =
                new StateMachineRequests.Update(
                        CHANGING,
                        Optional.of(version(number)),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty());
        world.client()
                .call(
                        gradus -> gradus.stateMachines().update(request),
                        _ -> check(number, done),
                        refused -> world.unexpected("UpdateStateMachine", refused));
    }

    private void doom(int round, Runnable done) {
        if (round == ROUNDS) {
            done.run();
            return;
        }
        world.client()
                .call(
                        gradus -> gradus.stateMachines().create(Machine.create(DOOMED, WAITING)),
                        _ -> start("early-" + round, () -> delete(round, done)),
                        refused -> world.unexpected("CreateStateMachine", refused));
    }

    private void start(String name, Runnable then) {
        world.client()
                .call(
                        gradus -> gradus.executions().start(Sim.startRequest(DOOMED, name)),
                        _ -> then.run(),
                        refused -> {
                            if (refused.shape() != ErrorShape.ExecutionAlreadyExists) {
                                world.unexpected("StartExecution", refused);
                            }
                            then.run();
                        });
    }

    private void delete(int round, Runnable done) {
        world.client()
                .call(
                        gradus -> gradus.stateMachines().delete(DOOMED),
                        _ -> startTooLate(round, done),
                        refused -> world.unexpected("DeleteStateMachine", refused));
    }

    private void startTooLate(int round, Runnable done) {
        world.client()
                .call(
                        gradus ->
                                gradus.executions()
                                        .start(Sim.startRequest(DOOMED, "late-" + round)),
                        _ -> world.violation("a deleted machine took a start"),
                        refused -> {
                            if (!isGone(refused)
                                    && refused.shape() != ErrorShape.StateMachineDeleting) {
                                world.unexpected("StartExecution", refused);
                            }
                            awaitItsEnd(round, done);
                        });
    }

    private void awaitItsEnd(int round, Runnable done) {
        world.client()
                .call(
                        gradus -> gradus.stateMachines().describe(DOOMED),
                        _ ->
                                world.client()
                                        .later(
                                                Duration.ofSeconds(7),
                                                () -> awaitItsEnd(round, done)),
                        refused -> {
                            if (!isGone(refused)) {
                                world.unexpected("DescribeStateMachine", refused);
                            }
                            doom(round + 1, done);
                        });
    }

    private static boolean isGone(ApiException refused) {
        return refused.shape() == ErrorShape.StateMachineDoesNotExist;
    }
}
