package dev.gradus.architecture;

import com.sun.source.tree.BlockTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.LineMap;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** Reads Java source with the compiler's own parser and says what is too large, or asleep. */
final class SourceRules {
    static final int FILE_LINES_MAX = 500;
    static final int METHOD_LINES_MAX = 60;
    static final int PARAMETERS_MAX = 5;

    private static final Pattern EMPTY_SUFFIX =
            Pattern.compile(".+(Manager|Helper|Util|Utils|Impl|Base|Abstract|Data|Info|Processor)");

    private static final Pattern TIME_UNIT =
            Pattern.compile(
                    "(TimeUnit\\.)?(NANO|MICRO|MILLI)?SECONDS|(TimeUnit\\.)?(MINUTES|HOURS|DAYS)");

    private SourceRules() {}

    /** What a size is counted of. */
    enum Measure {
        FILE_LINES(FILE_LINES_MAX),
        METHOD_LINES(METHOD_LINES_MAX),
        PARAMETERS(PARAMETERS_MAX);

        final int max;

        Measure(int max) {
            this.max = max;
        }
    }

    /**
     * Something larger than its limit; the place is a path, or a path, {@code #} and a method name.
     */
    record Excess(Measure measure, String place, int size) {
        @Override
        public String toString() {
            return measure + " " + place + " " + size + " (at most " + measure.max + ")";
        }
    }

    /**
     * What the rules found: sizes, which the ratchet may excuse; names and sleeps, which nothing
     * does.
     */
    record Findings(List<Excess> sizes, List<String> names, List<String> sleeps) {}

    /** Applies every rule to sources, given as text by path. */
    static Findings check(Map<String, String> sources) throws IOException {
        var findings = new Findings(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        var files = new ArrayList<JavaFileObject>();
        sources.forEach((path, text) -> files.add(new Source(path, text)));
        var task =
                (JavacTask)
                        ToolProvider.getSystemJavaCompiler()
                                .getTask(null, null, null, List.of("-proc:none"), null, files);
        SourcePositions positions = Trees.instance(task).getSourcePositions();
        for (CompilationUnitTree unit : task.parse()) {
            String path = unit.getSourceFile().toUri().getPath().substring(1);
            int lines = (int) sources.getOrDefault(path, "").lines().count();
            measure(findings, Measure.FILE_LINES, path, lines);
            unit.accept(new Reader(findings, unit, path, positions), null);
        }
        return findings;
    }

    /** Takes away what the ratchet lists, and adds what is wrong with the ratchet itself. */
    static List<String> hold(List<Excess> sizes, List<String> ratchet) {
        var complaints = new ArrayList<String>();
        var unused = new ArrayList<>(ratchet);
        for (Excess excess : sizes) {
            String prefix = excess.measure() + " " + excess.place() + " ";
            String exact = prefix + excess.size();
            if (!unused.remove(exact)) {
                complaints.add(excess.toString());
            }
        }
        unused.forEach(line -> complaints.add("The ratchet must follow: lower or remove: " + line));
        return complaints;
    }

    private static void measure(Findings findings, Measure measure, String place, int size) {
        if (size > measure.max) {
            findings.sizes().add(new Excess(measure, place, size));
        }
    }

    /** Walks one file. */
    private static final class Reader extends TreeScanner<Void, Void> {
        private final Findings findings;
        private final CompilationUnitTree unit;
        private final String path;
        private final SourcePositions positions;

        Reader(
                Findings findings,
                CompilationUnitTree unit,
                String path,
                SourcePositions positions) {
            this.findings = findings;
            this.unit = unit;
            this.path = path;
            this.positions = positions;
        }

        @Override
        public Void visitClass(ClassTree type, Void nothing) {
            if (EMPTY_SUFFIX.matcher(type.getSimpleName()).matches()) {
                findings.names()
                        .add(
                                path
                                        + ": "
                                        + type.getSimpleName()
                                        + " ends in a word without meaning");
            }
            for (Tree member : type.getMembers()) {
                if (member instanceof BlockTree initializer) {
                    SourceRules.measure(
                            findings, Measure.METHOD_LINES, path + "#init", lines(initializer));
                } else if (member instanceof MethodTree method) {
                    measure(type, method);
                }
            }
            return super.visitClass(type, null);
        }

        private void measure(ClassTree type, MethodTree method) {
            String place = path + "#" + method.getName();
            SourceRules.measure(findings, Measure.METHOD_LINES, place, lines(method));
            // A record's constructor lists its components, which are data and not collaborators.
            boolean isOfRecord =
                    type.getKind() == Tree.Kind.RECORD && method.getName().contentEquals("<init>");
            if (!isOfRecord) {
                int parameters = method.getParameters().size();
                SourceRules.measure(findings, Measure.PARAMETERS, place, parameters);
            }
        }

        @Override
        public Void visitMethodInvocation(MethodInvocationTree call, Void nothing) {
            if (call.getMethodSelect() instanceof MemberSelectTree select
                    && select.getIdentifier().contentEquals("sleep")) {
                String target = select.getExpression().toString();
                if (target.equals("Thread")
                        || target.equals("java.lang.Thread")
                        || TIME_UNIT.matcher(target).matches()) {
                    findings.sleeps()
                            .add(
                                    path
                                            + ":"
                                            + line(positions.getStartPosition(unit, call))
                                            + " sleeps; wait on a condition or a virtual clock");
                }
            }
            return super.visitMethodInvocation(call, null);
        }

        private int lines(Tree tree) {
            return (int)
                    (line(positions.getEndPosition(unit, tree))
                            - line(positions.getStartPosition(unit, tree))
                            + 1);
        }

        private long line(long position) {
            LineMap map = unit.getLineMap();
            return map.getLineNumber(position);
        }
    }

    /** A source that is text in memory, known by its path in the repository. */
    private static final class Source extends SimpleJavaFileObject {
        private final String text;

        Source(String path, String text) {
            super(URI.create("source:///" + path), Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }
}
