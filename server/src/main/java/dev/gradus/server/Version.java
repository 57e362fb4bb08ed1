package dev.gradus.server;

import java.util.Optional;
import picocli.CommandLine.IVersionProvider;

/** The version of this build, as its jar's manifest has it. */
final class Version implements IVersionProvider {

    static String text() {
        return Optional.ofNullable(Version.class.getPackage().getImplementationVersion())
                .orElse("development build");
    }

    @Override
    public String[] getVersion() {
        return new String[] {"gradus " + text()};
    }
}
