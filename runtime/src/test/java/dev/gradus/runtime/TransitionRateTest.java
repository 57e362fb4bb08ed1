package dev.gradus.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class TransitionRateTest {
    private static final long SECOND = 1_000_000_000;

    private final AtomicLong nanos = new AtomicLong();
    private final TransitionRate rate =
            new TransitionRate(_ -> new TokenBucket.Rate(10, 1), nanos::get);

    private static Arn.Place account(int number) {
        return new Arn.Place("aws", "us-east-1", "%012d".formatted(number));
    }

    @Test
    void keepsNoMoreLinesThanThoseThatAreNotAsGoodAsNew() {
        rate.entered(account(1), 10);
        for (int i = 2; i <= TransitionRate.KEPT; i++) {
            assertThat(rate.available(account(i))).isEqualTo(10);
        }
        assertThat(rate.size()).isEqualTo(TransitionRate.KEPT);

        assertThat(rate.available(account(0))).isEqualTo(10);
        assertThat(rate.size()).isEqualTo(2);
        assertThat(rate.available(account(1))).isZero();
    }

    @Test
    void keepsALineInWhichSomebodyWaits() {
        rate.entered(account(1), 10);
        assertThat(rate.delayMillis(account(1))).isEqualTo(1_001);
        assertThat(rate.delayMillis(account(1))).isEqualTo(2_001);
        nanos.addAndGet(60 * SECOND);
        for (int i = 2; i <= TransitionRate.KEPT + 1; i++) {
            rate.available(account(i));
        }
        rate.waited(account(1));

        rate.entered(account(1), 10);
        assertThat(rate.delayMillis(account(1))).isEqualTo(2_001);
    }
}
