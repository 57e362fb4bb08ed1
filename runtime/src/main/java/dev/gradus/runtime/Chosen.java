package dev.gradus.runtime;

import java.util.Optional;

/**
 * What one start runs.
 *
 * @param version set for a start by version or alias
 * @param alias set for a start by alias
 */
record Chosen(
        RevisionKey revision,
        Optional<Arn.StateMachineVersion> version,
        Optional<Arn.StateMachineAlias> alias) {

    /**
     * Chooses, by weight where an alias has two routes.
     *
     * @param seed of the start's command: the same seed chooses the same version
     */
    static Chosen of(Arn.Startable of, MachineRow machine, Catalog catalog, long seed) {
        return switch (of) {
            case Arn.StateMachine _ ->
                    new Chosen(machine.revision(), Optional.empty(), Optional.empty());
            case Arn.StateMachineVersion version ->
                    new Chosen(
                            revision(version, of, catalog), Optional.of(version), Optional.empty());
            case Arn.StateMachineAlias alias -> {
                var version =
                        catalog.alias(alias)
                                .orElseThrow(() -> ControlPlane.noSuchMachine(of))
                                .version(draw(seed));
                yield new Chosen(
                        revision(version, of, catalog), Optional.of(version), Optional.of(alias));
            }
        };
    }

    private static RevisionKey revision(
            Arn.StateMachineVersion version, Arn.Startable of, Catalog catalog) {
        return catalog.version(version)
                .orElseThrow(() -> ControlPlane.noSuchMachine(of))
                .revision();
    }

    /** From 0 to 99; seeds that follow each other give numbers that do not. */
    static int draw(long seed) {
        long bits = (seed ^ (seed >>> 30)) * 0xbf58476d1ce4e5b9L;
        bits = (bits ^ (bits >>> 27)) * 0x94d049bb133111ebL;
        return (int) Long.remainderUnsigned(bits ^ (bits >>> 31), 100);
    }
}
