package dev.gradus.server;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command `gradus`: one subcommand for each thing it can do. */
@Command(
        name = "gradus",
        description = "AWS Step Functions, self-hosted and durable.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        subcommands = {ServeCommand.class, ReleaseCommand.class, WarmUpCommand.class})
public final class Main implements Runnable {

    /** Runs a subcommand and exits with its status. */
    public static void main(String[] args) {
        System.exit(commandLine().execute(args));
    }

    static CommandLine commandLine() {
        return new CommandLine(new Main());
    }

    /** Without a subcommand: the usage. */
    @Override
    public void run() {
        CommandLine.usage(this, System.out);
    }
}
