package dev.gradus.api;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * All keys that requests may be signed with.
 *
 * <p>Their text has the form of AWS's shared credentials file, so that a client can read the same
 * file: a section for each user, in it {@code aws_access_key_id}, {@code aws_secret_access_key},
 * {@code aws_account_id}, {@code gradus_role} (viewer, operator or admin), and perhaps {@code
 * aws_session_token} and {@code gradus_expires} (an instant such as 2027-01-31T00:00:00Z).
 */
public final class AccessKeys {
    private static final Pattern SECTION =
            Pattern.compile("\\[\\s*([A-Za-z0-9_+=,.@-]{1,64})\\s*\\]");
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{3,128}");
    private static final Set<String> MEMBERS =
            Set.of(
                    "aws_access_key_id",
                    "aws_secret_access_key",
                    "aws_session_token",
                    "aws_account_id",
                    "gradus_role",
                    "gradus_expires");
    private static final Set<String> OF_CLIENTS = Set.of("region", "output");
    private static final int SECRET_CHARS_MIN = 16;

    private final Map<String, AccessKey> byId;

    private AccessKeys(Map<String, AccessKey> byId) {
        this.byId = Map.copyOf(byId);
    }

    /**
     * Reads keys.
     *
     * @throws IllegalArgumentException if the text cannot be used; the message names the line or
     *     the section and shows no secret
     */
    public static AccessKeys parse(String text) {
        var keys = new LinkedHashMap<String, AccessKey>();
        for (var section : sections(text)) {
            var key = section.key();
            if (keys.putIfAbsent(key.id(), key) != null) {
                throw new IllegalArgumentException(
                        "two sections have the aws_access_key_id " + key.id());
            }
        }
        if (keys.isEmpty()) {
            throw new IllegalArgumentException("there is no key in it, so nobody could call");
        }
        return new AccessKeys(keys);
    }

    /** Finds a key by its id. */
    Optional<AccessKey> find(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    /** All keys, in no order. */
    public Collection<AccessKey> all() {
        return byId.values();
    }

    /** Tells whether a key has that secret, and counts at that time. */
    public boolean has(String id, String secret, Instant now) {
        var key = byId.get(id);
        return key != null
                && same(key.secret(), secret)
                && key.expires().filter(end -> !now.isBefore(end)).isEmpty();
    }

    /** Compares secrets in a time that does not depend on where they differ. */
    static boolean same(String one, String other) {
        return MessageDigest.isEqual(
                one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }

    private static List<Section> sections(String text) {
        var sections = new ArrayList<Section>();
        var number = 0;
        for (var raw : text.split("\n", -1)) {
            number++;
            var line = raw.strip();
            if (line.isEmpty() || line.startsWith("#") || line.startsWith(";")) {
                continue;
            }
            var head = SECTION.matcher(line);
            if (head.matches()) {
                sections.add(new Section(head.group(1), new LinkedHashMap<>()));
            } else if (sections.isEmpty()) {
                throw new IllegalArgumentException(
                        "line " + number + " stands before the first [section]");
            } else {
                sections.getLast().add(line, number);
            }
        }
        return sections;
    }

    /** One user's lines; secrets are in here, so that it is printed nowhere. */
    private record Section(String user, Map<String, String> members) {
        void add(String line, int number) {
            var equals = line.indexOf('=');
            if (equals < 0) {
                throw new IllegalArgumentException("line " + number + " has no '='");
            }
            var name = line.substring(0, equals).strip();
            if (OF_CLIENTS.contains(name)) {
                return;
            }
            if (!MEMBERS.contains(name)) {
                throw new IllegalArgumentException(
                        "line " + number + " sets '" + name + "', which means nothing here");
            }
            if (members.put(name, line.substring(equals + 1).strip()) != null) {
                throw new IllegalArgumentException("line " + number + " sets " + name + " again");
            }
        }

        AccessKey key() {
            var id = needed("aws_access_key_id");
            if (!ID.matcher(id).matches()) {
                throw wrong("aws_access_key_id", "3 to 128 letters, digits, '-' and '_'");
            }
            var secret = needed("aws_secret_access_key");
            if (secret.length() < SECRET_CHARS_MIN) {
                throw wrong("aws_secret_access_key", SECRET_CHARS_MIN + " characters or more");
            }
            var account = needed("aws_account_id");
            if (!account.matches("[0-9]{12}")) {
                throw wrong("aws_account_id", "12 digits");
            }
            return new AccessKey(
                    user,
                    id,
                    secret,
                    optional("aws_session_token"),
                    account,
                    role(needed("gradus_role")),
                    optional("gradus_expires").map(this::instant));
        }

        private Optional<String> optional(String name) {
            return Optional.ofNullable(members.get(name)).filter(value -> !value.isEmpty());
        }

        private String needed(String name) {
            return optional(name)
                    .orElseThrow(() ->
                            new IllegalArgumentException("section [" + user + "] lacks " + name));
        }

        private Role role(String text) {
            return switch (text.toLowerCase(Locale.ROOT)) {
                case "viewer" -> Role.VIEWER;
                case "operator" -> Role.OPERATOR;
                case "admin" -> Role.ADMIN;
                default -> throw wrong("gradus_role", "viewer, operator or admin");
            };
        }

        private Instant instant(String text) {
            try {
                return Instant.parse(text);
            } catch (DateTimeParseException notOne) {
                throw wrong("gradus_expires", "an instant such as 2027-01-31T00:00:00Z");
            }
        }

        private IllegalArgumentException wrong(String name, String wanted) {
            return new IllegalArgumentException(
                    "section [" + user + "]: " + name + " must be " + wanted);
        }
    }
}
