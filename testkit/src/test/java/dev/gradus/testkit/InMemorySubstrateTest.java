package dev.gradus.testkit;

import static dev.gradus.testkit.ViewContract.put;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gradus.runtime.InMemorySubstrate;
import dev.gradus.runtime.spi.Substrate;
import dev.gradus.runtime.spi.SubstrateException;
import dev.gradus.runtime.spi.Table;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class InMemorySubstrateTest {

    @Nested
    class WithAThreadOfItsOwn implements SubstrateContract {
        @Override
        public StoreUnderTest newStore() {
            return new InMemoryStore(Optional.of(Executors.newSingleThreadExecutor()));
        }
    }

    @Nested
    class WithAPool implements SubstrateContract {
        @Override
        public StoreUnderTest newStore() {
            return new InMemoryStore(Optional.of(Executors.newFixedThreadPool(4)));
        }
    }

    @Nested
    class WithinAppend implements SubstrateContract {
        @Override
        public StoreUnderTest newStore() {
            return new InMemoryStore(Optional.empty());
        }
    }

    private static final class InMemoryStore implements StoreUnderTest {
        private final Optional<ExecutorService> threads;
        private final ArrayDeque<Substrate> opened = new ArrayDeque<>();

        InMemoryStore(Optional<ExecutorService> threads) {
            this.threads = threads;
        }

        @Override
        public Substrate open(int shardCount) {
            Executor commits = threads.isPresent() ? threads.get() : Runnable::run;
            var substrate = new InMemorySubstrate(shardCount, commits);
            opened.add(substrate);
            return substrate;
        }

        @Override
        public void settle() {}

        @Override
        public boolean threaded() {
            return true;
        }

        @Override
        public void close() {
            opened.forEach(Substrate::close);
            threads.ifPresent(ExecutorService::close);
        }
    }

    @Test
    void takesNoThirdBatchWhileTwoAreWithoutAnswer() {
        var held = new ArrayDeque<Runnable>();
        try (var substrate = new InMemorySubstrate(3, held::add);
                var store = new InMemoryStore(Optional.empty())) {
            var lease = substrate.acquire(1, _ -> {});
            var answers = new Answers(store);
            SubstrateContract.append(lease, answers, "a");
            SubstrateContract.append(lease, answers, "b");
            assertThatThrownBy(() -> SubstrateContract.append(lease, answers, "c"))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("in flight");
            assertThat(answers.all()).isEmpty();
            assertThat(ViewContract.rows(lease.view(), Table.META)).isEmpty();

            while (!held.isEmpty()) {
                held.poll().run();
            }
            assertThat(answers.committed()).containsExactly("a", "b");
        }
    }

    @Test
    void losesWhatWasAppendedBeforeAnotherClaim() {
        var held = new ArrayDeque<Runnable>();
        try (var substrate = new InMemorySubstrate(3, held::add);
                var store = new InMemoryStore(Optional.empty())) {
            var answers = new Answers(store);
            var lease = substrate.acquire(1, answers.lease("old"));
            SubstrateContract.append(lease, answers, "a");
            var young = substrate.acquire(1, answers.lease("young"));
            while (!held.isEmpty()) {
                held.poll().run();
            }
            assertThat(answers.all()).map(Answers.Answer::name).containsExactly("a", "old");
            assertThat(answers.committed()).isEmpty();
            assertThat(ViewContract.rows(young.view(), Table.META)).isEmpty();
        }
    }

    @Test
    void refusesToBlockAListener() {
        try (var substrate = new InMemorySubstrate(3, Runnable::run)) {
            var answers = new ArrayDeque<Throwable>();
            substrate.acquire(
                    1,
                    _ -> {
                        try {
                            substrate.acquire(1, _ -> {});
                        } catch (IllegalStateException e) {
                            answers.add(e);
                        }
                    });
            substrate.acquire(1, _ -> {});
            assertThat(answers).hasSize(1);
        }
    }

    @Test
    void saysThatItCannotBeCopied() {
        try (var substrate = new InMemorySubstrate(3, Runnable::run)) {
            assertThatThrownBy(() -> substrate.checkpoint(Path.of("copy")))
                    .isInstanceOf(SubstrateException.class)
                    .hasMessageContaining("start with a data folder");
        }
    }

    @Test
    void tellsTheOthersAlthoughOneListenerThrew() {
        var held = new ArrayDeque<Runnable>();
        try (var substrate = new InMemorySubstrate(3, held::add);
                var store = new InMemoryStore(Optional.empty())) {
            var answers = new Answers(store);
            substrate.acquire(
                    1,
                    _ -> {
                        throw new IllegalStateException("a bug of the listener");
                    });
            var lease = substrate.acquire(1, _ -> {});
            var batch = lease.newBatch();
            put(batch, Table.META, "a=1");
            lease.append(batch, answers.batch("a"));
            var thrown = new ArrayDeque<RuntimeException>();
            while (!held.isEmpty()) {
                try {
                    held.poll().run();
                } catch (IllegalStateException e) {
                    thrown.add(e);
                }
            }
            assertThat(thrown).hasSize(1);
            assertThat(answers.committed()).containsExactly("a");
        }
    }
}
