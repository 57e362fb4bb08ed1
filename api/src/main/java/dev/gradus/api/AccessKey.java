package dev.gradus.api;

import java.time.Instant;
import java.util.Optional;

/**
 * One key that requests may be signed with, and what it stands for.
 *
 * @param user the name of who has it, for error texts
 * @param sessionToken what a request has to carry beside the signature, if anything
 * @param account 12 digits
 * @param expires from when on it counts no more
 */
public record AccessKey(
        String user,
        String id,
        String secret,
        Optional<String> sessionToken,
        String account,
        Role role,
        Optional<Instant> expires) {

    /** Without its secrets: it may come into a log. */
    @Override
    public String toString() {
        return "AccessKey[" + id + " of " + user + " in " + account + ", " + role + "]";
    }
}
