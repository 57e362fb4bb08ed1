package dev.gradus.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gradus.engine.EventDetails;
import dev.gradus.runtime.AliasRequests;
import dev.gradus.runtime.AliasView;
import dev.gradus.runtime.ApiException;
import dev.gradus.runtime.Arn;
import dev.gradus.runtime.ErrorShape;
import dev.gradus.runtime.StateMachineRequests;
import dev.gradus.runtime.spi.Table;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Versions and aliases over several shards. */
final class VersionsTest {
    private final SimVersions versions = new SimVersions(5);
    private final Sim sim = versions.sim();
    private final Arn.StateMachine machine = versions.machine();

    private static void refused(ThrowingCallable call, ErrorShape shape) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        ApiException.class,
                        refused -> assertThat(refused.shape()).isEqualTo(shape));
    }

    @Test
    void aVersionRunsWhatWasPublishedWhateverTheMachineBecomes() {
        var first = versions.publish();
        versions.update(1, true);
        versions.update(2, false);
        for (int i = 0; i < 6; i++) {
            sim.start(machine, "latest-" + i);
            sim.start(versions.version(1), "one-" + i);
            sim.start(versions.version(2), "two-" + i);
            for (var expected : Map.of("latest-", "2", "one-", "0", "two-", "1").entrySet()) {
                var view = sim.describe(Sim.execution(machine, expected.getKey() + i));
                assertThat(view.output()).contains(expected.getValue());
            }
        }

        assertThat(first.arn()).isEqualTo(versions.version(1));
        var one = sim.describe(Sim.execution(machine, "one-0"));
        assertThat(one.versionArn()).contains(versions.version(1).text());
        assertThat(one.aliasArn()).isEmpty();
        assertThat(sim.describe(Sim.execution(machine, "latest-0")).versionArn()).isEmpty();
        assertThat(sim.history(Sim.execution(machine, "two-0")).getFirst().details())
                .isInstanceOfSatisfying(
                        EventDetails.ExecutionStarted.class,
                        started -> {
                            assertThat(started.stateMachineVersionArn())
                                    .contains(versions.version(2).text());
                            assertThat(started.stateMachineAliasArn()).isEmpty();
                        });
    }

    @Test
    void aRevisionIsPublishedOnceAndNumbersAreNeverGivenAgain() {
        assertThat(versions.publish()).isEqualTo(versions.publish());
        assertThat(versions.update(0, true).version()).contains(versions.version(1));
        versions.update(1, true);
        assertThat(versions.update(1, true).version()).contains(versions.version(2));

        sim.ask(gradus -> gradus.versions().delete(versions.version(2)));
        assertThat(versions.publish().arn()).isEqualTo(versions.version(3));
        sim.ask(gradus -> gradus.versions().delete(versions.version(1)));
        sim.ask(gradus -> gradus.versions().delete(versions.version(1)));
        assertThat(versions.numbers()).containsExactly(3L);
    }

    @Test
    void publishesNoOtherRevisionThanTheCallerMeans() {
        assertThatThrownBy(() -> versions.publish(Optional.of("r")))
                .hasMessage(
                        "Failed to publish the State Machine version for revision r. The current"
                                + " State Machine revision is INITIAL.");
        assertThat(versions.publish(Optional.of("INITIAL")).arn()).isEqualTo(versions.version(1));
        var revision = versions.update(1, false).revisionId();
        assertThatThrownBy(() -> versions.publish(Optional.of("INITIAL")))
                .hasMessageEndingWith("revision is " + revision.orElseThrow() + ".")
                .extracting(thrown -> ((ApiException) thrown).shape())
                .isEqualTo(ErrorShape.ConflictException);
        assertThat(versions.publish(revision).arn()).isEqualTo(versions.version(2));
    }

    @Test
    @Proves({"StartExecution", "CreateStateMachineAlias"})
    void anAliasSharesItsStartsByWeight() {
        versions.publish();
        versions.update(1, true);
        versions.alias("live", versions.route(1, 80), versions.route(2, 20));
        versions.alias("all", versions.route(1, 0), versions.route(2, 100));
        var outputs = new TreeMap<String, Integer>();
        for (int i = 0; i < 300; i++) {
            sim.start(versions.alias("live"), "live-" + i);
            var view = sim.describe(Sim.execution(machine, "live-" + i));
            outputs.merge(view.output().orElseThrow(), 1, Integer::sum);
            assertThat(view.aliasArn()).contains(versions.alias("live").text());
            assertThat(view.versionArn())
                    .contains(
                            versions.version(Long.parseLong(view.output().orElseThrow()) + 1)
                                    .text());
            sim.start(versions.alias("all"), "all-" + i);
            assertThat(sim.describe(Sim.execution(machine, "all-" + i)).output()).contains("1");
        }

        assertThat(outputs.get("0")).isBetween(210, 270);
        assertThat(outputs).containsOnlyKeys("0", "1");
    }

    @Test
    void theSameSeedSharesAlike() {
        assertThat(shared(11)).isEqualTo(shared(11)).isNotEqualTo(shared(12));
    }

    private static List<Optional<String>> shared(long seed) {
        var test = new SimVersions(seed);
        test.publish();
        test.update(1, true);
        test.alias("live", test.route(1, 50), test.route(2, 50));
        var outputs = new ArrayList<Optional<String>>();
        for (int i = 0; i < 40; i++) {
            test.sim().start(test.alias("live"), "e" + i);
            outputs.add(test.sim().describe(Sim.execution(test.machine(), "e" + i)).output());
        }
        return outputs;
    }

    @Test
    void executionsAreListedByTheirMachineVersionAndAlias() {
        versions.publish();
        versions.update(1, true);
        versions.alias("live", versions.route(2, 100));
        for (int i = 0; i < 5; i++) {
            sim.start(machine, "m" + i);
            sim.start(versions.version(1), "v" + i);
            sim.start(versions.alias("live"), "a" + i);
        }

        assertThat(versions.listed(machine)).hasSize(15);
        assertThat(versions.listed(versions.version(1)))
                .containsExactly("v4", "v3", "v2", "v1", "v0");
        assertThat(versions.listed(versions.version(2)))
                .containsExactly("a4", "a3", "a2", "a1", "a0");
        assertThat(versions.listed(versions.alias("live")))
                .containsExactly("a4", "a3", "a2", "a1", "a0");
        refused(() -> versions.listed(versions.version(3)), ErrorShape.StateMachineDoesNotExist);
        refused(() -> versions.listed(versions.alias("dead")), ErrorShape.StateMachineDoesNotExist);

        int rows = sim.rows(Table.LIST_INDEX);
        assertThat(rows).isEqualTo(2 * (5 + 5 * 2 + 5 * 3));
        sim.advance(Duration.ofDays(91));
        assertThat(sim.rows(Table.LIST_INDEX)).isZero();
    }

    @Test
    void datesAreThoseOfPublicationCreationAndUpdate() {
        var created = sim.ask(gradus -> gradus.stateMachines().describe(machine)).creationMillis();
        sim.advance(Duration.ofMinutes(1));
        var published = versions.publish();
        assertThat(published.creationMillis()).isGreaterThanOrEqualTo(created + 60_000);
        assertThat(
                        sim.ask(gradus -> gradus.stateMachines().describe(versions.version(1)))
                                .creationMillis())
                .isEqualTo(published.creationMillis());

        var alias = versions.alias("live", versions.route(1, 100));
        assertThat(alias.updateMillis()).isEqualTo(alias.creationMillis());
        sim.advance(Duration.ofMinutes(1));
        var update = new AliasRequests.Update(alias.arn(), Optional.of("about"), Optional.empty());
        var updated = sim.ask(gradus -> gradus.aliases().update(update));
        assertThat(updated.updateMillis()).isGreaterThanOrEqualTo(alias.updateMillis() + 60_000);
        assertThat(updated.creationMillis()).isEqualTo(alias.creationMillis());
        assertThat(updated.description()).contains("about");
        assertThat(updated.routes()).isEqualTo(alias.routes());
    }

    @Test
    @Proves({"DeleteStateMachineVersion", "ConflictException"})
    void aVersionThatAnAliasRoutesToStays() {
        versions.publish();
        versions.update(1, true);
        versions.alias("b", versions.route(1, 100));
        versions.alias("a", versions.route(2, 50), versions.route(1, 50));

        assertThatThrownBy(() -> sim.ask(gradus -> gradus.versions().delete(versions.version(1))))
                .hasMessage(
                        "Version to be deleted must not be referenced by an alias. Current list of"
                                + " aliases referencing this version: [a, b]")
                .extracting(thrown -> ((ApiException) thrown).shape())
                .isEqualTo(ErrorShape.ConflictException);
        for (var name : List.of("a", "b")) {
            sim.ask(gradus -> gradus.aliases().delete(versions.alias(name)));
        }
        sim.ask(gradus -> gradus.versions().delete(versions.version(1)));
        assertThat(versions.numbers()).containsExactly(2L);
    }

    @Test
    void whatIsDeletedStartsNothingAndWhatRunsOfItGoesOn() {
        var sleeper =
                sim.create(
                        "sleeper",
                        """
                        {"StartAt":"W","States":{"W":{"Type":"Wait","Seconds":60,"End":true}}}\
                        """);
        var one = new Arn.StateMachineVersion(sleeper.place(), sleeper.name(), 1);
        sim.ask(gradus ->
                gradus.versions()
                        .publish(
                                new StateMachineRequests.PublishVersion(
                                        sleeper, Optional.empty(), Optional.empty())));
        for (int i = 0; i < 4; i++) {
            sim.start(one, "e" + i);
        }
        sim.ask(gradus -> gradus.versions().delete(one));
        for (int i = 0; i < 4; i++) {
            var name = "late-" + i;
            refused(() -> sim.start(one, name), ErrorShape.StateMachineDoesNotExist);
        }

        sim.node().crash();
        sim.node().restart();
        sim.advance(Duration.ofMinutes(2));
        for (int i = 0; i < 4; i++) {
            var view = sim.describe(Sim.execution(sleeper, "e" + i));
            assertThat(view.status()).hasToString("SUCCEEDED");
            assertThat(view.versionArn()).contains(one.text());
        }
    }

    @Test
    void aMachineTakesItsVersionsAliasesAndTagsWithIt() {
        sim.ask(gradus -> gradus.tags().tag(machine, Map.of("k", "v")));
        versions.publish();
        versions.update(1, true);
        versions.alias("live", versions.route(1, 100));
        int before = sim.rows(Table.CATALOG);
        sim.ask(gradus -> gradus.stateMachines().delete(machine));
        sim.advance(Duration.ofSeconds(2));

        assertThat(versions.numbers()).isEmpty();
        refused(() -> sim.start(versions.version(1), "e"), ErrorShape.StateMachineDoesNotExist);
        refused(() -> sim.start(versions.alias("live"), "e"), ErrorShape.StateMachineDoesNotExist);
        refused(
                () -> sim.ask(gradus -> gradus.aliases().describe(versions.alias("live"))),
                ErrorShape.ResourceNotFound);
        // In each of three shards a machine, two versions, an alias; in shard 0 counters and tags.
        assertThat(before - sim.rows(Table.CATALOG)).isEqualTo(3 * 4 + 2);

        sim.create("m", SimVersions.giving(7));
        assertThat(versions.publish().arn()).isEqualTo(versions.version(1));
        Map<String, String> tags = sim.ask(gradus -> gradus.tags().list(machine));
        assertThat(tags).isEmpty();
        sim.start(versions.version(1), "again");
        assertThat(sim.describe(Sim.execution(machine, "again")).output()).contains("7");
    }

    @Test
    @Proves({"PublishStateMachineVersion", "CreateStateMachineAlias", "StateMachineDeleting"})
    void aMachineThatIsBeingDeletedTakesNoVersionAndNoAlias() {
        var open =
                sim.create(
                        "open",
                        """
                        {"StartAt":"W","States":{"W":{"Type":"Wait","Seconds":600,"End":true}}}\
                        """);
        var one = new Arn.StateMachineVersion(open.place(), open.name(), 1);
        var live = new Arn.StateMachineAlias(open.place(), open.name(), "live");
        var publish =
                new StateMachineRequests.PublishVersion(open, Optional.empty(), Optional.empty());
        var routes = List.of(new AliasView.Route(one, 100));
        var create = new AliasRequests.Create(live, Optional.empty(), routes);
        var update = new AliasRequests.Update(live, Optional.of("d"), Optional.empty());
        sim.ask(gradus -> gradus.versions().publish(publish));
        sim.ask(gradus -> gradus.aliases().create(create));
        sim.start(live, "e");
        sim.ask(gradus -> gradus.stateMachines().delete(open));

        refused(
                () -> sim.ask(gradus -> gradus.versions().publish(publish)),
                ErrorShape.StateMachineDeleting);
        refused(
                () -> sim.ask(gradus -> gradus.aliases().create(create)),
                ErrorShape.StateMachineDeleting);
        refused(
                () -> sim.ask(gradus -> gradus.aliases().update(update)),
                ErrorShape.StateMachineDeleting);
        refused(
                () ->
                        sim.ask(gradus ->
                                gradus.aliases()
                                        .list(new AliasRequests.ListOf(open, SimVersions.ALL))),
                ErrorShape.StateMachineDeleting);
        refused(() -> sim.start(one, "f"), ErrorShape.StateMachineDeleting);
        refused(() -> sim.start(live, "f"), ErrorShape.StateMachineDeleting);
        assertThat(sim.ask(gradus -> gradus.stateMachines().describe(one)).status())
                .hasToString("DELETING");
    }

    @Test
    @Proves({"PublishStateMachineVersion", "UpdateStateMachine", "ServiceQuotaExceededException"})
    void aMachineHasAThousandVersionsAtMost() {
        for (int i = 1; i <= 1_000; i++) {
            assertThat(versions.update(i, true).version()).contains(versions.version(i));
        }
        var before = sim.ask(gradus -> gradus.stateMachines().describe(machine)).revision();

        refused(() -> versions.update(1_001, true), ErrorShape.ServiceQuotaExceededException);
        assertThat(sim.ask(gradus -> gradus.stateMachines().describe(machine)).revision())
                .as("a refused update changes nothing")
                .isEqualTo(before);
        versions.update(1_001, false);
        refused(versions::publish, ErrorShape.ServiceQuotaExceededException);
        sim.ask(gradus -> gradus.versions().delete(versions.version(1)));
        assertThat(versions.publish().arn()).isEqualTo(versions.version(1_001));
        assertThat(versions.numbers())
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(2, 1_001).map(n -> 1_003 - n).boxed().toList());
    }

    @Test
    @Proves({"CreateStateMachineAlias", "ServiceQuotaExceededException"})
    void aMachineHasAHundredAliasesAtMost() {
        versions.publish();
        for (int i = 0; i < 100; i++) {
            versions.alias("a" + i, versions.route(1, 100));
        }

        refused(
                () -> versions.alias("more", versions.route(1, 100)),
                ErrorShape.ServiceQuotaExceededException);
        assertThat(versions.alias("a7", versions.route(1, 100)).arn())
                .as("one that exists")
                .isEqualTo(versions.alias("a7"));
        sim.ask(gradus -> gradus.aliases().delete(versions.alias("a0")));
        versions.alias("more", versions.route(1, 100));
    }

    /** However the node crashes, what was acknowledged as published can be started at once. */
    @Test
    void aPublishedVersionStartsWhereverTheNodeCrashesInBetween() {
        int crashes = 0;
        var numbers = new HashSet<Long>();
        for (int step = 1; ; step++) {
            var test = new SimVersions(step);
            if (!test.publishesAndStarts(step, numbers)) {
                break;
            }
            crashes++;
        }
        assertThat(crashes).isGreaterThan(10);
        assertThat(numbers).containsExactly(1L);
    }
}
