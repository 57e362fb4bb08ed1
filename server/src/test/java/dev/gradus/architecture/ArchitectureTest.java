package dev.gradus.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import dev.gradus.architecture.SourceRules.Excess;
import dev.gradus.architecture.SourceRules.Findings;
import dev.gradus.architecture.SourceRules.Measure;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class ArchitectureTest {
    private static final String ROOT = "dev.gradus";
    private static final String FIXTURE = "dev.gradus.architecture.fixture";

    private static final Set<String> PURE =
            Set.of("dev.gradus.expressions", "dev.gradus.asl", "dev.gradus.engine");
    private static final Set<String> UP_TO_RUNTIME =
            with(PURE, "dev.gradus.runtime", "dev.gradus.runtime.spi");

    /**
     * What each module may use beside itself. Maven says the same, and this says it of packages.
     */
    private static final Map<String, Set<String>> USES =
            Map.of(
                    "dev.gradus.expressions",
                    Set.of(),
                    "dev.gradus.asl",
                    Set.of("dev.gradus.expressions"),
                    "dev.gradus.engine",
                    Set.of("dev.gradus.expressions", "dev.gradus.asl"),
                    "dev.gradus.runtime.spi",
                    PURE,
                    "dev.gradus.runtime",
                    with(PURE, "dev.gradus.runtime.spi"),
                    "dev.gradus.store.rocksdb",
                    UP_TO_RUNTIME,
                    "dev.gradus.integrations",
                    UP_TO_RUNTIME,
                    "dev.gradus.api",
                    UP_TO_RUNTIME,
                    "dev.gradus.testkit",
                    UP_TO_RUNTIME,
                    "dev.gradus.server",
                    with(
                            UP_TO_RUNTIME,
                            "dev.gradus.store.rocksdb",
                            "dev.gradus.integrations",
                            "dev.gradus.api"));

    private static final JavaClasses PRODUCT =
            new ClassFileImporter()
                    .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                    .importPackages(ROOT);
    private static final JavaClasses FIXTURES = new ClassFileImporter().importPackages(FIXTURE);

    @Test
    void expressionsAslAndEngineComputeAndNeverAct() {
        PURE.forEach(module -> ClassRules.pure(module + "..").check(PRODUCT));
    }

    @Test
    void anActingClassIsCaughtForEachThingItDoes() {
        assertThatFails(
                ClassRules.pure(FIXTURE + ".impure"),
                "java.io.File",
                "java.util.concurrent.ConcurrentHashMap",
                "java.lang.Thread",
                "java.time.Instant.now()",
                "java.lang.System.nanoTime()",
                "java.util.Random",
                "java.util.UUID.randomUUID()",
                "java.lang.Math.random()",
                "java.util.SplittableRandom.<init>()");
    }

    @Test
    void aPureClassMayUseSystemArraycopyAndFixedInstants() {
        ClassRules.pure(FIXTURE + ".left").check(FIXTURES);
    }

    @Test
    void modulesUseOnlyWhatComesBeforeThem() {
        ClassRules.pointOneWay(ROOT, USES).check(PRODUCT);
    }

    @Test
    void aModuleThatLooksForwardIsCaught() {
        var uses =
                Map.of(
                        FIXTURE + ".left", Set.<String>of(),
                        FIXTURE + ".right", Set.of(FIXTURE + ".left"));

        assertThatFails(ClassRules.pointOneWay(FIXTURE, uses), "fixture.right", "no known module");
    }

    @Test
    void packagesHaveNoCycles() {
        ClassRules.haveNoCycles(ROOT).check(PRODUCT);
    }

    @Test
    void twoPackagesThatUseEachOtherAreCaught() {
        assertThatFails(ClassRules.haveNoCycles(FIXTURE), "Cycle detected", "left", "right");
    }

    @Test
    void everyPackageIsNullMarked() {
        ClassRules.areNullMarked(ROOT).check(PRODUCT);
    }

    @Test
    void aPackageWithoutNullMarkedIsCaught() {
        assertThatFails(ClassRules.areNullMarked(FIXTURE), "fixture.unmarked is not @NullMarked");
    }

    @Test
    void filesMethodsAndParameterListsStayWithinTheirLimits() throws IOException {
        Map<String, String> sources = Repository.sources("src/main/java");

        assertThat(sources).as("sources found").hasSizeGreaterThan(10);
        Findings findings = SourceRules.check(sources);
        assertThat(SourceRules.hold(findings.sizes(), Repository.ratchet())).isEmpty();
        assertThat(findings.names()).isEmpty();
    }

    @Test
    void noSourceSleeps() throws IOException {
        var sources = new TreeMap<String, String>();
        sources.putAll(Repository.sources("src/main/java"));
        sources.putAll(Repository.sources("src/test/java"));

        assertThat(SourceRules.check(sources).sleeps()).isEmpty();
    }

    @Test
    void longFilesLongMethodsAndLongParameterListsAreCaught() throws IOException {
        String parameters = "int a, int b, int c, int d, int e, int f";
        String body = "\n".repeat(SourceRules.METHOD_LINES_MAX);
        String text = "final class Long { void run(" + parameters + ") {" + body + "} }\n";
        String tail = "\n".repeat(SourceRules.FILE_LINES_MAX);

        assertThat(SourceRules.check(Map.of("Long.java", text + tail)).sizes())
                .containsExactlyInAnyOrder(
                        new Excess(Measure.FILE_LINES, "Long.java", 561),
                        new Excess(Measure.METHOD_LINES, "Long.java#run", 61),
                        new Excess(Measure.PARAMETERS, "Long.java#run", 6));
    }

    @Test
    void aRecordMayHaveManyComponents() throws IOException {
        String text = "record Row(int a, int b, int c, int d, int e, int f) { Row { a = 1; } }";

        assertThat(SourceRules.check(Map.of("Row.java", text)).sizes()).isEmpty();
    }

    @Test
    void sizesAtTheLimitPass() throws IOException {
        String parameters = "int a, int b, int c, int d, int e";
        String body = "\n".repeat(SourceRules.METHOD_LINES_MAX - 1);
        String text = "final class Fits { void run(" + parameters + ") {" + body + "} }\n";

        assertThat(SourceRules.check(Map.of("Fits.java", text)).sizes()).isEmpty();
    }

    @Test
    void aLongInitializerIsCaughtLikeAMethod() throws IOException {
        String text = "final class Init { static {" + "\n".repeat(60) + "} }\n";

        assertThat(SourceRules.check(Map.of("Init.java", text)).sizes())
                .containsExactly(new Excess(Measure.METHOD_LINES, "Init.java#init", 61));
    }

    @Test
    void everyWayToSleepIsCaught() throws IOException {
        String text =
                """
                final class Sleeper {
                    void run() throws Exception {
                        Thread.sleep(1);
                        java.lang.Thread.sleep(1);
                        TimeUnit.SECONDS.sleep(1);
                        MILLISECONDS.sleep(1);
                        dog.sleep(1);
                    }
                }
                """;

        assertThat(SourceRules.check(Map.of("Sleeper.java", text)).sleeps())
                .extracting(fault -> fault.substring(0, fault.indexOf(' ')))
                .containsExactly(
                        "Sleeper.java:3", "Sleeper.java:4", "Sleeper.java:5", "Sleeper.java:6");
    }

    @Test
    void aNameWithoutMeaningIsCaught() throws IOException {
        Map<String, String> sources =
                Map.of("A.java", "final class ShardManager {} final class Database {}");

        assertThat(SourceRules.check(sources).names())
                .containsExactly("A.java: ShardManager ends in a word without meaning");
    }

    @Test
    void theRatchetExcusesTheListedSizeAndNoOther() {
        var excess = new Excess(Measure.FILE_LINES, "A.java", 510);

        assertThat(SourceRules.hold(List.of(excess), List.of("FILE_LINES A.java 510"))).isEmpty();
        assertThat(SourceRules.hold(List.of(excess), List.of("FILE_LINES A.java 509")))
                .contains("FILE_LINES A.java 510 (at most 500)");
        assertThat(SourceRules.hold(List.of(excess), List.of("FILE_LINES A.java 600")))
                .contains("The ratchet must follow: lower or remove: FILE_LINES A.java 600");
        assertThat(SourceRules.hold(List.of(), List.of("FILE_LINES A.java 510"))).hasSize(1);
    }

    private static void assertThatFails(ArchRule rule, String... messages) {
        assertThatThrownBy(() -> rule.check(FIXTURES))
                .isInstanceOf(AssertionError.class)
                .hasMessageContainingAll(messages);
    }

    private static Set<String> with(Set<String> some, String... more) {
        var all = new HashSet<>(some);
        all.addAll(List.of(more));
        return Set.copyOf(all);
    }
}
