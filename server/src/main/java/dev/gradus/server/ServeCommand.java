package dev.gradus.server;

import dev.gradus.runtime.spi.SubstrateException;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** `gradus serve`: runs the service until it is told to stop. */
@Command(
        name = "serve",
        description = "Runs the Step Functions API on a port of this machine.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class ServeCommand implements Callable<Integer> {
    private static final int USAGE = 2;
    private static final int FAILED = 1;

    @Spec private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--port",
            paramLabel = "PORT",
            description = "Port to listen on (PORT; default 8083).")
    private String port = "";

    @Option(
            names = "--host",
            paramLabel = "HOST",
            description = "Address to bind (GRADUS_HOST; default: loopback only, IPv4 and IPv6).")
    private String host = "";

    @Option(
            names = "--insecure",
            description =
                    "Serve beyond loopback without --credentials-file: no credentials are checked"
                            + " (GRADUS_INSECURE).")
    private boolean insecure;

    @Option(
            names = "--allowed-host",
            paramLabel = "NAME",
            description =
                    "A name, beside localhost, by which a browser may call this server; may be repeated"
                            + " (GRADUS_ALLOWED_HOSTS, separated by commas).")
    private List<String> allowedHosts = List.of();

    @Mixin private AccessFlags access = new AccessFlags();
    @Mixin private LimitFlags limits = new LimitFlags();

    @Option(
            names = "--data",
            paramLabel = "FOLDER",
            description = "Data folder (GRADUS_DATA; default ./data).")
    private String data = "";

    @Option(
            names = "--in-memory",
            description = "Keep nothing on disk: for unit tests (GRADUS_IN_MEMORY).")
    private boolean inMemory;

    @Option(
            names = {"--aws-account", "-account"},
            paramLabel = "ID",
            description =
                    "Account of callers that name none (AWS_ACCOUNT_ID; default 123456789012).")
    private String awsAccount = "";

    @Option(
            names = {"--aws-region", "-region"},
            paramLabel = "REGION",
            description =
                    "Region of callers that name none (AWS_DEFAULT_REGION; default us-east-1).")
    private String awsRegion = "";

    @Option(
            names = "--endpoint",
            paramLabel = "URL|aws",
            description =
                    "Where tasks call AWS services (AWS_ENDPOINT_URL); 'aws' is the real AWS.")
    private String endpoint = "";

    @Option(
            names = {"--lambda-endpoint", "-lambdaEndpoint"},
            paramLabel = "URL",
            description = "Where tasks call Lambda (LAMBDA_ENDPOINT, AWS_ENDPOINT_URL_LAMBDA).")
    private String lambdaEndpoint = "";

    @Option(
            names = "--shards",
            paramLabel = "N",
            description = "Shards of a new data folder (GRADUS_SHARDS; default 8, at least 3).")
    private String shards = "";

    @Option(
            names = "--on-lost-call",
            paramLabel = "fail|resend",
            description =
                    "What happens to a call whose answer a crash took (GRADUS_ON_LOST_CALL; default fail).")
    private String onLostCall = "";

    @Option(
            names = "--drain-timeout",
            paramLabel = "SECONDS",
            description =
                    "How long a stop waits for calls under way (GRADUS_DRAIN_TIMEOUT; default 30).")
    private String drainTimeout = "";

    @Option(
            names = "--encryption-key-file",
            paramLabel = "FILE",
            description =
                    "Seal every stored value with the keys of this file (GRADUS_ENCRYPTION_KEY_FILE).")
    private String encryptionKeyFile = "";

    @Mixin private FeedFlags feeds = new FeedFlags();
    @Mixin private MetricFlags metrics = new MetricFlags();

    @Override
    public Integer call() {
        var err = spec.commandLine().getErr();
        Settings settings;
        try {
            settings = Settings.from(flags(), System.getenv());
        } catch (Settings.Invalid | IllegalArgumentException invalid) {
            err.println("gradus: " + invalid.getMessage());
            return USAGE;
        }
        try {
            var server = GradusServer.start(settings);
            Runtime.getRuntime().addShutdownHook(new Thread(server::close, "stop"));
            var out = spec.commandLine().getOut();
            out.print(Banner.text(settings, server.port(), System.getenv()));
            out.flush();
            return server.awaitEnd();
        } catch (SubstrateException | IOException refused) {
            err.println("gradus: " + refused.getMessage());
            return FAILED;
        }
    }

    private Map<String, String> flags() {
        var flags = new HashMap<>(feeds.given());
        put(flags, "port", port);
        put(flags, "host", host);
        put(flags, "insecure", insecure ? "true" : "");
        put(flags, "allowed-host", String.join(",", allowedHosts));
        access.addTo(flags);
        limits.addTo(flags);
        metrics.addTo(flags);
        put(flags, "data", data);
        put(flags, "in-memory", inMemory ? "true" : "");
        put(flags, "aws-account", awsAccount);
        put(flags, "aws-region", awsRegion);
        put(flags, "endpoint", endpoint);
        put(flags, "lambda-endpoint", lambdaEndpoint);
        put(flags, "shards", shards);
        put(flags, "on-lost-call", onLostCall);
        put(flags, "drain-timeout", drainTimeout);
        put(flags, "encryption-key-file", encryptionKeyFile);
        return flags;
    }

    private static void put(Map<String, String> flags, String name, String value) {
        if (!value.isEmpty()) {
            flags.put(name, value);
        }
    }
}
