package dev.gradus.server;

import dev.gradus.integrations.Endpoints;
import dev.gradus.runtime.RuntimeOptions.OnLostCall;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * What `serve` runs with: for each setting the flag, else the environment, else the default.
 *
 * @param allowedHosts host names, beside loopback's and the bound one, under which a browser may
 *     call this server
 * @param access who may call
 * @param limits what callers and executions may take up
 * @param endpoints where outgoing calls go
 * @param feeds where logs and status-change events go
 */
record Settings(
        Setting<Integer> port,
        Setting<Optional<String>> host,
        Setting<Boolean> insecure,
        Setting<Set<String>> allowedHosts,
        Setting<Path> data,
        Setting<Boolean> inMemory,
        Setting<String> account,
        Setting<String> region,
        Setting<Integer> shards,
        Setting<OnLostCall> onLostCall,
        Setting<Duration> drainTimeout,
        Setting<EncryptionKeyFile> encryptionKeyFile,
        AccessSettings access,
        LimitSettings limits,
        Endpoints endpoints,
        FeedSettings feeds) {

    static final int PORT = 8083;
    static final String ACCOUNT = "123456789012";
    static final String REGION = "us-east-1";
    static final int SHARDS = 8;
    static final int SHARDS_MIN = 3;
    static final int SHARDS_MAX = 255;
    private static final int PORT_MAX = 65_535;

    /** A name, an IPv4 address, or an IPv6 address in its brackets. */
    private static final Pattern HOST_NAME =
            Pattern.compile("[a-z0-9]([a-z0-9._-]*[a-z0-9])?|\\[[0-9a-f:.]+\\]");

    /** A setting that cannot be used; the message says which and what would do. */
    static final class Invalid extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Invalid(String message) {
            super(message);
        }
    }

    /** Flags by their long name without dashes; absent ones are not in the map. */
    static Settings from(Map<String, String> flags, Map<String, String> environment) {
        var read = new Source(flags, environment);
        var inMemory = read.value("in-memory", List.of("GRADUS_IN_MEMORY"), Settings::flag, false);
        var endpoints = Endpoints.from(dashed(flags), environment);
        var settings =
                new Settings(
                        read.value("port", List.of("PORT"), Integer::parseInt, PORT),
                        read.value("host", List.of("GRADUS_HOST"), Optional::of, Optional.empty()),
                        read.value("insecure", List.of("GRADUS_INSECURE"), Settings::flag, false),
                        read.value(
                                "allowed-host",
                                List.of("GRADUS_ALLOWED_HOSTS"),
                                Settings::hostNames,
                                Set.of()),
                        read.value("data", List.of("GRADUS_DATA"), Path::of, Path.of("data")),
                        inMemory,
                        read.value(
                                "aws-account",
                                List.of("AWS_ACCOUNT_ID"),
                                Settings::account,
                                ACCOUNT),
                        read.value(
                                "aws-region",
                                List.of("AWS_REGION", "AWS_DEFAULT_REGION"),
                                text -> text,
                                REGION),
                        read.value("shards", List.of("GRADUS_SHARDS"), Integer::parseInt, SHARDS),
                        read.value(
                                "on-lost-call",
                                List.of("GRADUS_ON_LOST_CALL"),
                                Settings::onLostCall,
                                OnLostCall.FAIL),
                        read.value(
                                "drain-timeout",
                                List.of("GRADUS_DRAIN_TIMEOUT"),
                                text -> Duration.ofSeconds(Long.parseLong(text)),
                                Duration.ofSeconds(30)),
                        read.value(
                                "encryption-key-file",
                                List.of("GRADUS_ENCRYPTION_KEY_FILE"),
                                EncryptionKeyFile::at,
                                EncryptionKeyFile.NONE),
                        AccessSettings.from(read),
                        LimitSettings.from(read),
                        endpoints,
                        FeedSettings.from(read, inMemory.value(), endpoints));
        settings.check();
        return settings;
    }

    private void check() {
        if (shards.value() < SHARDS_MIN || shards.value() > SHARDS_MAX) {
            throw new Invalid(
                    "--shards must be from %d to %d, not %d"
                            .formatted(SHARDS_MIN, SHARDS_MAX, shards.value()));
        }
        if (port.value() < 0 || port.value() > PORT_MAX) {
            throw new Invalid("--port must be from 0 to 65535, not " + port.value());
        }
        if (!insecure.value()
                && access.credentialsFile().value().isEmpty()
                && host.value().filter(name -> !isLoopback(name)).isPresent()) {
            throw new Invalid(
                    "--host %s is open to other machines, and no credentials are checked: leave it out to serve on loopback, name the keys with --credentials-file, or add --insecure"
                            .formatted(host.value().get()));
        }
    }

    private static boolean isLoopback(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException unknown) {
            throw new Invalid("--host " + host + " is not a name or address of this machine");
        }
    }

    List<Setting<?>> all() {
        var all = new ArrayList<Setting<?>>();
        all.addAll(List.of(port, host, insecure, allowedHosts, data, inMemory, account, region));
        all.addAll(List.of(shards, onLostCall, drainTimeout, encryptionKeyFile));
        all.addAll(access.all());
        all.addAll(limits.all());
        return all;
    }

    /** Where settings are read from. */
    record Source(Map<String, String> flags, Map<String, String> environment) {
        /** An environment variable that has no flag: a secret, which others would see there. */
        Optional<String> variable(String name) {
            return Optional.ofNullable(environment.get(name)).filter(text -> !text.isBlank());
        }

        <T> Setting<T> value(
                String name, List<String> variables, Function<String, T> parse, T otherwise) {
            var flag = flags.get(name);
            if (flag != null) {
                return parsed(name, flag, "--" + name, parse);
            }
            for (var variable : variables) {
                var text = environment.getOrDefault(variable, "");
                if (!text.isBlank()) {
                    return parsed(name, text, variable, parse);
                }
            }
            return new Setting<>(name, otherwise, "default");
        }

        private static <T> Setting<T> parsed(
                String name, String text, String source, Function<String, T> parse) {
            try {
                return new Setting<>(name, parse.apply(text), source);
            } catch (NumberFormatException wrong) {
                throw new Invalid(
                        source + " has the value '" + text + "', which is not a whole number");
            } catch (RuntimeException wrong) {
                throw new Invalid(
                        source
                                + " has the value '"
                                + text
                                + "', which cannot be used: "
                                + (wrong.getMessage() == null
                                        ? "it is not understood"
                                        : wrong.getMessage()));
            }
        }
    }

    private static Map<String, String> dashed(Map<String, String> flags) {
        var dashed = new HashMap<String, String>();
        flags.forEach((name, value) -> dashed.put("--" + name, value));
        return dashed;
    }

    static boolean flag(String text) {
        return switch (text) {
            case "true", "1", "yes" -> true;
            case "false", "0", "no" -> false;
            default -> throw new Invalid("say true or false");
        };
    }

    private static Set<String> hostNames(String text) {
        var names = new TreeSet<String>();
        for (var name : text.split(",", -1)) {
            var stripped = name.strip().toLowerCase(Locale.ROOT);
            if (!HOST_NAME.matcher(stripped).matches()) {
                throw new Invalid(
                        "name hosts as they stand in a URL, without scheme and port, separated by commas");
            }
            names.add(stripped);
        }
        return Collections.unmodifiableSet(names);
    }

    /** Under which names a browser may call this server, beside loopback's. */
    Set<String> browserNames() {
        var names = new TreeSet<>(allowedHosts.value());
        host.value().ifPresent(names::add);
        return names;
    }

    private static String account(String text) {
        if (!text.matches("[0-9]{12}")) {
            throw new Invalid("an AWS account has 12 digits");
        }
        return text;
    }

    private static OnLostCall onLostCall(String text) {
        return switch (text) {
            case "fail" -> OnLostCall.FAIL;
            case "resend" -> OnLostCall.RESEND;
            default -> throw new Invalid("say fail or resend");
        };
    }
}
