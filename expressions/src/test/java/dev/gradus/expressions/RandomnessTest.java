package dev.gradus.expressions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RandomnessTest {
    @Test
    void theSameSeedGivesTheSameNumbers() {
        var first = new Randomness(42);
        var second = new Randomness(42);

        assertThat(first.nextLong()).isEqualTo(second.nextLong());
        assertThat(first.uuid()).isEqualTo(second.uuid());
        assertThat(first.nextDouble()).isEqualTo(second.nextDouble());
        assertThat(new Randomness(1).nextLong()).isNotEqualTo(new Randomness(2).nextLong());
    }

    @Test
    void makesVersionFourUuids() {
        var randomness = new Randomness(7);
        var uuids =
                IntStream.range(0, 200)
                        .mapToObj(_ -> UUID.fromString(randomness.uuid()))
                        .distinct()
                        .toList();

        assertThat(uuids).hasSize(200).allMatch(uuid -> uuid.version() == 4 && uuid.variant() == 2);
    }

    @Test
    void staysWithinItsBounds() {
        var randomness = new Randomness(3);

        for (var i = 0; i < 1_000; i++) {
            assertThat(randomness.nextDouble()).isBetween(0.0, 1.0);
            assertThat(randomness.nextLong(-3, 4)).isBetween(-3L, 3L);
            assertThat(randomness.nextLong(Long.MIN_VALUE, Long.MAX_VALUE))
                    .isLessThan(Long.MAX_VALUE);
        }
        assertThatThrownBy(() -> randomness.nextLong(1, 1))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 42, -1, Long.MAX_VALUE, 0x5DEECE66DL})
    void followsJavasOwnSequence(long seed) {
        var oracle = new Random(seed);
        var sequence = Randomness.javaRandom(seed);

        for (var i = 0; i < 100; i++) {
            assertThat(sequence.nextDouble()).isEqualTo(oracle.nextDouble());
            assertThat(sequence.nextInt(7 * i + 1)).isEqualTo(oracle.nextInt(7 * i + 1));
            assertThat(sequence.nextInt(1 << (i % 31))).isEqualTo(oracle.nextInt(1 << (i % 31)));
            assertThat(sequence.nextInt((1 << 30) + 1)).isEqualTo(oracle.nextInt((1 << 30) + 1));
            assertThat(sequence.nextInt()).isEqualTo(oracle.nextInt());
        }
    }

    @Test
    void theFirstDoubleOfSeed42IsTheOneThatTheServiceGives() {
        assertThat(Randomness.javaRandom(42).nextDouble()).isEqualTo(0.7275636800328681);
    }
}
