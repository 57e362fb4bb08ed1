package dev.gradus.testkit;

import dev.gradus.runtime.ApiException;
import dev.gradus.runtime.ErrorShape;
import dev.gradus.runtime.Gradus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * A caller in the simulated world that tries again until it hears something definite: its request,
 * or the answer, may die with the node.
 */
public final class SimClient {
    private static final Duration PAUSE = Duration.ofMillis(200);

    private final SimScheduler.SimProcess process;
    private final SimNode node;
    private final Duration patience;
    private final List<Throwable> surprises = new ArrayList<>();

    /** Makes a caller that gives a request up, and sends it again, when no answer came so long. */
    public SimClient(SimScheduler scheduler, SimNode node, Duration patience) {
        this.process = scheduler.process("client");
        this.node = node;
        this.patience = patience;
    }

    /** Sends a request until it is answered or refused; exactly one of the two is called, once. */
    public <T> void call(
            Function<Gradus, CompletionStage<T>> request,
            Consumer<T> answered,
            Consumer<ApiException> refused) {
        new Call<>(request, answered, refused).send();
    }

    /** Runs something later, whatever becomes of the node. */
    public void later(Duration delay, Runnable work) {
        process.schedule(delay, work);
    }

    /** What no caller may ever see: errors that are neither AWS's nor "outcome unknown". */
    public List<Throwable> surprises() {
        return List.copyOf(surprises);
    }

    private final class Call<T> {
        private final Function<Gradus, CompletionStage<T>> request;
        private final Consumer<T> answered;
        private final Consumer<ApiException> refused;
        private int sending;
        private boolean over;

        Call(
                Function<Gradus, CompletionStage<T>> request,
                Consumer<T> answered,
                Consumer<ApiException> refused) {
            this.request = request;
            this.answered = answered;
            this.refused = refused;
        }

        void send() {
            if (node.isDown()) {
                later(PAUSE, this::send);
                return;
            }
            int number = ++sending;
            later(patience, () -> again(number));
            request.apply(node.gradus())
                    .whenComplete(
                            (value, error) -> process.execute(() -> heard(number, value, error)));
        }

        private void heard(int number, T value, Throwable error) {
            if (over) {
                return;
            }
            var cause = error instanceof CompletionException ? error.getCause() : error;
            if (cause == null) {
                over = true;
                answered.accept(value);
            } else if (!(cause instanceof ApiException api)) {
                over = true;
                surprises.add(cause);
            } else if (isUnknown(api.shape())) {
                later(PAUSE, () -> again(number));
            } else {
                over = true;
                refused.accept(api);
            }
        }

        private void again(int number) {
            if (!over && number == sending) {
                send();
            }
        }
    }

    private static boolean isUnknown(ErrorShape shape) {
        return shape == ErrorShape.ServiceUnavailable || shape == ErrorShape.ThrottlingException;
    }
}
