package dev.gradus.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.NullMarked;

/** The rules that compiled classes are held to, built so that a test can aim them at fixtures. */
final class ClassRules {
    /** What a pure class may not name: everything that acts, waits, or differs between two runs. */
    private static final Set<String> ACTING_TYPES =
            Set.of(
                    "java.io.",
                    "java.net.",
                    "java.nio.file.",
                    "java.nio.channels.",
                    "java.util.concurrent.",
                    "java.util.logging.",
                    "java.util.Random",
                    "java.util.Timer",
                    "java.security.SecureRandom",
                    "java.lang.Thread",
                    "java.lang.Process",
                    "java.lang.Runtime",
                    "java.lang.reflect.",
                    "org.slf4j.");

    /** Calls that read a clock, a random source or the machine, as owner and method name. */
    private static final Set<String> ACTING_CALLS =
            Set.of(
                    "java.lang.Math.random",
                    "java.lang.StrictMath.random",
                    "java.util.UUID.randomUUID",
                    "java.time.Clock.system",
                    "java.time.Clock.systemUTC",
                    "java.time.Clock.systemDefaultZone",
                    "java.time.InstantSource.system",
                    "java.time.ZoneId.systemDefault",
                    "java.util.Locale.getDefault",
                    "java.util.TimeZone.getDefault",
                    "java.util.random.RandomGenerator.getDefault",
                    "java.util.Collection.parallelStream",
                    "java.util.stream.Stream.parallel");

    /** Constructors that are pure with arguments and read the clock or a random source without. */
    private static final Set<String> ACTING_WHEN_EMPTY =
            Set.of("java.util.Date", "java.util.SplittableRandom", "java.util.GregorianCalendar");

    /** The only two things of System that depend on nothing but their arguments. */
    private static final Set<String> PURE_SYSTEM_CALLS = Set.of("arraycopy", "identityHashCode");

    private static final String JSON_PATH_PROVIDER = "com.jayway.jsonpath.spi.json.JsonProvider";

    private ClassRules() {}

    /** Classes in these packages compute, and do nothing else. */
    static ArchRule pure(String... packages) {
        return classes()
                .that()
                .resideInAnyPackage(packages)
                .should(compute())
                .because("the engine is a pure function: time, chance and I/O arrive as arguments");
    }

    /**
     * Each module uses only what stands beside it in the table; keys and values are packages, and a
     * class belongs to the longest key that its package starts with.
     */
    static ArchRule pointOneWay(String root, Map<String, Set<String>> uses) {
        return classes()
                .that()
                .resideInAPackage(root + "..")
                .should(useOnly(root, uses))
                .because("modules point one way: see the picture in docs/ARCHITECTURE.md");
    }

    /** No package reaches itself through others. */
    static ArchRule haveNoCycles(String root) {
        return slices().matching(root + ".(**)").should().beFreeOfCycles();
    }

    /** Every package says that null never crosses a method. */
    static ArchRule areNullMarked(String root) {
        return classes()
                .that()
                .resideInAPackage(root + "..")
                .should(liveInNullMarkedPackages())
                .because("each package has a package-info.java with @NullMarked");
    }

    private static ArchCondition<JavaClass> compute() {
        return new ArchCondition<>("compute, and neither act nor look at the world") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
                    if (acts(dependency.getTargetClass()) && !isJsonPathSignature(dependency)) {
                        violate(events, type, dependency.getDescription());
                    }
                }
                for (JavaAccess<?> access : type.getAccessesFromSelf()) {
                    if (acts(access)) {
                        violate(events, type, access.getDescription());
                    }
                }
            }
        };
    }

    private static boolean acts(JavaClass target) {
        return ACTING_TYPES.stream()
                .anyMatch(banned ->
                        banned.endsWith(".")
                                ? target.getName().startsWith(banned)
                                : target.getName().equals(banned)
                                        || target.getName().startsWith(banned + "$"));
    }

    private static boolean acts(JavaAccess<?> access) {
        String owner = access.getTargetOwner().getName();
        String name = access.getTarget().getName();
        boolean isEmptyConstructor =
                name.equals("<init>") && access.getTarget().getFullName().endsWith("()");
        return ACTING_CALLS.contains(owner + "." + name)
                || (owner.equals("java.lang.System") && !PURE_SYSTEM_CALLS.contains(name))
                || (owner.startsWith("java.time.") && name.equals("now"))
                || (isEmptyConstructor && ACTING_WHEN_EMPTY.contains(owner));
    }

    /** JsonPath's provider interface has a method that takes a stream; naming it is not reading. */
    private static boolean isJsonPathSignature(Dependency dependency) {
        return dependency.getTargetClass().getName().equals("java.io.InputStream")
                && dependency.getOriginClass().isAssignableTo(JSON_PATH_PROVIDER);
    }

    private static ArchCondition<JavaClass> useOnly(String root, Map<String, Set<String>> uses) {
        return new ArchCondition<>("use only the modules that come before theirs") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                Optional<String> module = moduleOf(type, uses);
                if (module.isEmpty()) {
                    violate(events, type, type.getName() + " is in no known module");
                    return;
                }
                Set<String> allowed = uses.getOrDefault(module.get(), Set.of());
                for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
                    JavaClass target = dependency.getTargetClass();
                    if (!target.getPackageName().startsWith(root)) {
                        continue;
                    }
                    Optional<String> used = moduleOf(target, uses);
                    if (!used.equals(module) && !used.map(allowed::contains).orElse(false)) {
                        violate(events, type, dependency.getDescription());
                    }
                }
            }
        };
    }

    private static Optional<String> moduleOf(JavaClass type, Map<String, Set<String>> uses) {
        String name = type.getPackageName();
        return uses.keySet().stream()
                .filter(module -> name.equals(module) || name.startsWith(module + "."))
                .max((a, b) -> Integer.compare(a.length(), b.length()));
    }

    private static ArchCondition<JavaClass> liveInNullMarkedPackages() {
        return new ArchCondition<>("live in a package that is @NullMarked") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                if (!type.getPackage().isAnnotatedWith(NullMarked.class)) {
                    violate(events, type, type.getPackageName() + " is not @NullMarked");
                }
            }
        };
    }

    private static void violate(ConditionEvents events, JavaClass type, String message) {
        events.add(SimpleConditionEvent.violated(type, message));
    }
}
