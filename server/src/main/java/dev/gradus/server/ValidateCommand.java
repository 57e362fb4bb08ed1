package dev.gradus.server;

import dev.gradus.asl.Diagnostic.Severity;
import dev.gradus.asl.LocatedDiagnostic;
import dev.gradus.asl.MachineType;
import dev.gradus.asl.Validator;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** `gradus validate FILE...`: says what is wrong with definitions, without a server. */
@Command(
        name = "validate",
        description =
                "Checks files with definitions: AWS's findings, with line, column and the name that was probably meant.",
        mixinStandardHelpOptions = true)
final class ValidateCommand implements Callable<Integer> {
    private static final int WRONG = 1;
    private static final int UNREADABLE = 2;

    /** What a definition's own names must not send to a terminal. */
    private static final Pattern CONTROL = Pattern.compile("[\\p{Cc}\\p{Zl}\\p{Zp}]");

    @Spec private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "FILE", arity = "1..*", description = "Files, one definition each.")
    private List<Path> files = List.of();

    @Option(
            names = "--type",
            paramLabel = "TYPE",
            description = "Type of the machines: ${COMPLETION-CANDIDATES} (default STANDARD).")
    private MachineType type = MachineType.STANDARD;

    @Override
    public Integer call() {
        int worst = 0;
        for (var file : files) {
            worst = Math.max(worst, check(file));
        }
        return worst;
    }

    private int check(Path file) {
        String definition;
        try {
            definition = Files.readString(file);
        } catch (IOException unreadable) {
            spec.commandLine()
                    .getErr()
                    .println("gradus: %s: %s".formatted(file, reason(unreadable)));
            return UNREADABLE;
        }
        var found = Validator.explain(definition, type);
        found.forEach(finding -> spec.commandLine().getOut().println(line(file, finding)));
        return found.stream().anyMatch(ValidateCommand::isError) ? WRONG : 0;
    }

    private static String reason(IOException unreadable) {
        return switch (unreadable) {
            case NoSuchFileException missing -> "no such file";
            case CharacterCodingException binary -> "is not text in UTF-8";
            default -> "cannot be read (" + unreadable + ")";
        };
    }

    private static boolean isError(LocatedDiagnostic finding) {
        return finding.diagnostic().severity() == Severity.ERROR;
    }

    private static String line(Path file, LocatedDiagnostic finding) {
        var diagnostic = finding.diagnostic();
        var text =
                "%s %s: %s"
                                .formatted(
                                        diagnostic.severity(),
                                        diagnostic.code(),
                                        diagnostic.message())
                        + diagnostic.location().map(where -> " at " + where).orElse("")
                        + finding.didYouMean().map(" (did you mean '%s'?)"::formatted).orElse("");
        return place(file, finding) + ": " + CONTROL.matcher(text).replaceAll("?");
    }

    private static String place(Path file, LocatedDiagnostic finding) {
        return finding.line() == 0
                ? file.toString()
                : "%s:%d:%d".formatted(file, finding.line(), finding.column());
    }
}
