package dev.gradus.runtime;

import java.util.UUID;

/** Makes version 4 UUIDs of the platform's unguessable bits. */
final class RandomUuid {
    private RandomUuid() {}

    static String text(Platform platform) {
        return new UUID(
                        (platform.randomLong() & ~0xF000L) | 0x4000L,
                        (platform.randomLong() & 0x3FFFFFFFFFFFFFFFL) | 0x8000000000000000L)
                .toString();
    }
}
