package dev.gradus.testkit;

import dev.gradus.runtime.Gradus;
import dev.gradus.runtime.RuntimeOptions;
import dev.gradus.runtime.TokenKeys;
import dev.gradus.runtime.spi.Integration;
import java.util.List;
import java.util.function.Function;

/**
 * A node of Gradus in a simulated world: it can crash, keeping of what was in flight any part that
 * its store's contract allows, and start again.
 */
public final class SimNode {
    private static final TokenKeys TOKEN_KEYS = TokenKeys.of(new byte[32]);

    private final SimScheduler scheduler;
    private RuntimeOptions options;
    private TokenKeys tokenKeys = TOKEN_KEYS;
    private final Function<SimScheduler.SimProcess, Integration> integration;
    private SimScheduler.SimProcess process;
    private SimSubstrate substrate;
    private Gradus gradus;
    private int lives = 1;

    /**
     * Starts a node on an empty store.
     *
     * @param integration makes what performs the tasks of one life of the node
     */
    public SimNode(
            SimScheduler scheduler,
            int shards,
            SimFaults faults,
            RuntimeOptions options,
            Function<SimScheduler.SimProcess, Integration> integration) {
        this.scheduler = scheduler;
        this.options = options;
        this.integration = integration;
        this.process = scheduler.process("node");
        this.substrate = SimSubstrate.create(scheduler, process, faults, shards);
        this.gradus = started();
    }

    private Gradus started() {
        var node =
                new Gradus(
                        new SimPlatform(scheduler, process),
                        substrate,
                        List.of(integration.apply(process)),
                        tokenKeys,
                        options);
        node.start();
        return node;
    }

    /** The running service; ask again after a restart. */
    public Gradus gradus() {
        return gradus;
    }

    /** The store under it; ask again after a restart. */
    public SimSubstrate substrate() {
        return substrate;
    }

    /** Whether it is down: crashed, and not started again. */
    public boolean isDown() {
        return process.crashed();
    }

    /** Ends the process at once: nothing that it had to do happens any more. */
    public void crash() {
        process.crash();
    }

    /** What the next life of the node is started with. */
    public void configure(RuntimeOptions nextOptions, TokenKeys nextKeys) {
        options = nextOptions;
        tokenKeys = nextKeys;
    }

    /** Starts it again, after a crash, on what the crash left of its store. */
    public void restart() {
        restart(substrate.faults());
    }

    /** Starts it again on a store that behaves differently from now on. */
    public void restart(SimFaults faults) {
        lives++;
        process = scheduler.process("node, life " + lives);
        substrate = substrate.crash(process, faults);
        gradus = started();
    }

    /** Starts it again after an orderly stop and close of the store. */
    public void reopen() {
        process.crash();
        lives++;
        process = scheduler.process("node, life " + lives);
        substrate = substrate.reopen(process);
        gradus = started();
    }
}
