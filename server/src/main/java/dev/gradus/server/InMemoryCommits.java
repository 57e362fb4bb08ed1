package dev.gradus.server;

import java.util.concurrent.Executor;
import java.util.concurrent.Executors;

/**
 * Where the in-memory store reports its commits: one daemon thread, as a real store's committer is.
 */
final class InMemoryCommits {

    static Executor executor() {
        return Executors.newSingleThreadExecutor(
                Thread.ofPlatform().name("commit").daemon().factory());
    }

    private InMemoryCommits() {}
}
