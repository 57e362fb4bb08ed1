package dev.gradus.integrations;

import java.net.URI;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Where outgoing AWS calls go: for each service an {@link Endpoint}, or none, which means that its
 * tasks fail and say which setting is missing.
 *
 * <p>For one service, the first of these that is set wins; blank values count as not set:
 *
 * <ol>
 *   <li>the service's flag, {@code --lambda-endpoint}
 *   <li>the service's variable of Step Functions Local, {@code LAMBDA_ENDPOINT}
 *   <li>the service's variable of the AWS SDKs, {@code AWS_ENDPOINT_URL_LAMBDA}
 *   <li>the general flag, {@code --endpoint} ({@code --endpoint aws} is how real AWS is asked for)
 *   <li>the general variable, {@code AWS_ENDPOINT_URL}
 * </ol>
 */
public record Endpoints(Map<AwsService, Endpoint> configured) {

    /** The flag for every service that has no setting of its own. */
    public static final String GENERAL_FLAG = "--endpoint";

    /** The variable for every service that has no setting of its own, as all AWS SDKs read it. */
    public static final String GENERAL_VARIABLE = "AWS_ENDPOINT_URL";

    /** Nothing is configured: nothing leaves the machine. */
    public static final Endpoints NONE = new Endpoints(Map.of());

    // Variables of other programs that end in _ENDPOINT and are nobody's typing error.
    private static final List<String> FOREIGN_PREFIXES =
            List.of("OTEL_", "GRADUS_", "AWS_EC2_METADATA_", "AWS_CONTAINER_");

    public Endpoints {
        configured = Map.copyOf(configured);
    }

    /**
     * Reads the settings.
     *
     * @param flags values of the endpoint flags that were given, by their long names
     * @param environment the process environment
     * @throws IllegalArgumentException if a value is neither a URL nor {@code aws}
     */
    public static Endpoints from(Map<String, String> flags, Map<String, String> environment) {
        var configured = new EnumMap<AwsService, Endpoint>(AwsService.class);
        for (var service : AwsService.values()) {
            setting(flags, service.flag())
                    .or(() -> setting(environment, service.localVariable()))
                    .or(() -> setting(environment, service.sdkVariable()))
                    .or(() -> setting(flags, GENERAL_FLAG))
                    .or(() -> setting(environment, GENERAL_VARIABLE))
                    .ifPresent(endpoint -> configured.put(service, endpoint));
        }
        return new Endpoints(configured);
    }

    /** Returns where the calls of a service go; empty when it must not be called. */
    public Optional<Endpoint> of(AwsService service) {
        return Optional.ofNullable(configured.get(service));
    }

    /** Returns what the start banner says of a service. */
    public String description(AwsService service) {
        return of(service).map(Endpoint::description).orElse("not configured");
    }

    /**
     * Returns what somebody who starts the server should know about its endpoint settings: names
     * that nothing reads, two values for one service, settings of services that no task calls yet,
     * and an endpoint that is this server itself.
     *
     * @param port the port this server listens on
     */
    public List<String> warnings(Map<String, String> environment, int port) {
        var warnings = new ArrayList<String>();
        for (var name : new TreeMap<>(environment).keySet()) {
            unread(name).ifPresent(warnings::add);
        }
        for (var service : AwsService.values()) {
            conflict(service, environment).ifPresent(warnings::add);
            unused(service).ifPresent(warnings::add);
        }
        of(AwsService.LAMBDA)
                .flatMap(endpoint -> callsItself(endpoint, port))
                .ifPresent(warnings::add);
        return List.copyOf(warnings);
    }

    private static Optional<Endpoint> setting(Map<String, String> settings, String name) {
        return Optional.ofNullable(settings.get(name))
                .filter(value -> !value.isBlank())
                .map(value -> Endpoint.parse(value, name));
    }

    /** Says so of a variable that looks like an endpoint setting and is none. */
    private static Optional<String> unread(String name) {
        var ofSdks = name.startsWith(GENERAL_VARIABLE + "_");
        var endpointLike = ofSdks || name.endsWith("_ENDPOINT") || name.endsWith("_ENDPOINT_URL");
        if (!endpointLike
                || name.equals(GENERAL_VARIABLE)
                || FOREIGN_PREFIXES.stream().anyMatch(name::startsWith)) {
            return Optional.empty();
        }
        var known = new TreeMap<String, String>();
        for (var service : AwsService.values()) {
            if (service.variables().contains(name)) {
                return Optional.empty();
            }
            var suggestion = ofSdks ? service.sdkVariable() : service.localVariable();
            service.variables().forEach(variable -> known.put(stem(variable), suggestion));
        }
        var meant = NearestName.to(stem(name), known.keySet()).map(known::get);
        if (meant.isEmpty() && ofSdks) {
            return Optional.empty(); // the SDKs' setting of a service that we do not call
        }
        return Optional.of(
                name
                        + " is not an endpoint setting of Gradus and is ignored"
                        + meant.map(match -> "; did you mean " + match + "?").orElse("."));
    }

    /** Returns the part that names the service: LAMBDA of AWS_ENDPOINT_URL_LAMBDA. */
    private static String stem(String name) {
        return name.replaceFirst("^AWS_(ENDPOINT_URL_)?", "").replaceFirst("_ENDPOINT(_URL)?$", "");
    }

    private static Optional<String> conflict(AwsService service, Map<String, String> environment) {
        var local = setting(environment, service.localVariable());
        var sdk = setting(environment, service.sdkVariable());
        if (local.isEmpty() || sdk.isEmpty() || sameTarget(local.get(), sdk.get())) {
            return Optional.empty();
        }
        return Optional.of(
                service.localVariable()
                        + " and "
                        + service.sdkVariable()
                        + " differ; "
                        + service.localVariable()
                        + " wins.");
    }

    private static boolean sameTarget(Endpoint one, Endpoint other) {
        return switch (one) {
            case Endpoint.Url(var url, _) ->
                    other instanceof Endpoint.Url(var otherUrl, _) && url.equals(otherUrl);
            case Endpoint.RealAws _ -> other instanceof Endpoint.RealAws;
        };
    }

    /** Returns where the calls of a service go if a setting of its own says so. */
    public Optional<Endpoint> ownOf(AwsService service) {
        return of(service).filter(endpoint -> !general(endpoint));
    }

    private Optional<String> unused(AwsService service) {
        return of(service)
                .filter(endpoint -> !service.called() && !general(endpoint))
                .map(endpoint ->
                        endpoint.source()
                                + " is set, but no task of this release calls "
                                + service.title()
                                + "; such a task fails and says so.");
    }

    private static boolean general(Endpoint endpoint) {
        return endpoint.source().equals(GENERAL_VARIABLE) || endpoint.source().equals(GENERAL_FLAG);
    }

    private static Optional<String> callsItself(Endpoint endpoint, int port) {
        return switch (endpoint) {
            case Endpoint.Url(var url, var source) when url.getPort() == port && loopback(url) ->
                    Optional.of(
                            source
                                    + " is this server's own address, which has no Lambda"
                                    + " functions. Set LAMBDA_ENDPOINT to a Lambda-compatible"
                                    + " endpoint; AWS_ENDPOINT_URL is for the shell of the client.");
            case Endpoint.Url _, Endpoint.RealAws _ -> Optional.empty();
        };
    }

    private static boolean loopback(URI url) {
        var host = url.getHost().toLowerCase(Locale.ROOT);
        return host.equals("localhost")
                || host.endsWith(".localhost")
                || host.startsWith("127.")
                || host.equals("[::1]");
    }
}
