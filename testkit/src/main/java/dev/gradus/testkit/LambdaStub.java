package dev.gradus.testkit;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.gradus.expressions.Json;
import dev.gradus.expressions.JsonSyntaxException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * A tiny HTTP server that speaks Lambda's Invoke API, for tests and examples: functions are Java
 * lambdas that say how to answer, well or badly.
 *
 * <pre>{@code
 * try (var lambda = LambdaStub.start()) {
 *     lambda.function("charge", invocation -> StubAnswer.returned("{\"paid\": true}"));
 *     // set LAMBDA_ENDPOINT to lambda.endpoint(), run something, then
 *     assertThat(lambda.invocations("charge")).hasSize(1);
 * }
 * }</pre>
 *
 * <p>Wire: {@code POST /2015-03-31/functions/{name or ARN}/invocations} as in the Lambda API
 * reference; {@code GET /_invocations} returns how often each function was called, for scripts.
 * Safe for any number of threads; each request runs on a virtual thread of its own. It checks no
 * signature.
 */
public final class LambdaStub implements AutoCloseable {

    /** How a function answers one invocation. */
    @FunctionalInterface
    public interface StubFunction {
        StubAnswer answer(Invocation invocation);
    }

    /**
     * One invocation as it arrived.
     *
     * @param function the function's plain name, whatever form the caller used
     * @param qualifier version or alias, empty without one
     * @param payload the request body, {@code {}} if it was empty
     * @param type RequestResponse, Event or DryRun
     * @param clientContext as sent: base64
     * @param number counts the invocations of this function, from 1
     */
    public record Invocation(
            String function,
            String qualifier,
            String payload,
            String type,
            Optional<String> clientContext,
            int number) {}

    private static final Pattern PATH =
            Pattern.compile("/2015-03-31/functions/([^/]+)/invocations");
    private static final int BACKLOG = 1024;

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Map<String, StubFunction> functions = new ConcurrentHashMap<>();
    private final List<Invocation> invocations = new ArrayList<>(); // guarded by itself
    private volatile Function<String, Optional<StubFunction>> others = name -> Optional.empty();

    private LambdaStub(HttpServer server) {
        this.server = server;
    }

    /** Starts a server on a free port of the loopback interface. */
    public static LambdaStub start() throws IOException {
        return start(0);
    }

    /** Starts a server on a port of the loopback interface; 0 takes a free one. */
    public static LambdaStub start(int port) throws IOException {
        // The JDK's server writes head and body apart: without this the body waits 40 ms for the
        // peer's delayed acknowledgement. Read once, by the first server of the process.
        System.setProperty("sun.net.httpserver.nodelay", "true");
        var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        var stub = new LambdaStub(HttpServer.create(address, BACKLOG));
        stub.server.createContext("/", stub::handle);
        stub.server.setExecutor(stub.threads);
        stub.server.start();
        return stub;
    }

    /** Adds or replaces a function. */
    public LambdaStub function(String name, StubFunction function) {
        functions.put(name, function);
        return this;
    }

    /** Says where to look for functions that were not added by name. */
    public LambdaStub otherFunctions(Function<String, Optional<StubFunction>> lookup) {
        others = lookup;
        return this;
    }

    /**
     * Answers other functions from the files of a folder, and as the functions of the command line.
     *
     * <p>{@code charge} is answered by {@code charge.json}, for example {@code {"Return": {"paid":
     * true}}}; {@code docs/integrations.md} has all forms.
     */
    public LambdaStub functionsFrom(Path folder) {
        return otherFunctions(name -> StubCommand.find(name, Optional.of(folder)));
    }

    /** Returns the URL to use as LAMBDA_ENDPOINT. */
    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** Returns all invocations so far, in order of arrival; dry runs are none. */
    public List<Invocation> invocations() {
        synchronized (invocations) {
            return List.copyOf(invocations);
        }
    }

    /** Returns the invocations of one function so far, in order of arrival. */
    public List<Invocation> invocations(String function) {
        return invocations().stream().filter(one -> one.function().equals(function)).toList();
    }

    /**
     * Waits until a function was invoked so many times.
     *
     * @throws IllegalStateException if that takes longer
     */
    public void awaitInvocations(String function, int count, Duration atMost)
            throws InterruptedException {
        var deadline = System.nanoTime() + atMost.toNanos();
        synchronized (invocations) {
            while (invocations(function).size() < count) {
                var left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
                if (left <= 0) {
                    throw new IllegalStateException(
                            function
                                    + " was invoked "
                                    + invocations(function).size()
                                    + " times, not "
                                    + count
                                    + ", within "
                                    + atMost);
                }
                invocations.wait(left);
            }
        }
    }

    /** Stops at once: hanging and delayed answers are cut off. */
    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            if (exchange.getRequestURI().getPath().equals("/_invocations")) {
                StubResponse.count(exchange, invocations());
                return;
            }
            var path = PATH.matcher(exchange.getRequestURI().getRawPath());
            if (!path.matches() || !exchange.getRequestMethod().equals("POST")) {
                StubResponse.serviceError(
                        exchange,
                        new StubAnswer.ServiceError(
                                404, "UnknownOperationException", "Only Invoke is here."));
                return;
            }
            invoke(exchange, URLDecoder.decode(path.group(1), StandardCharsets.UTF_8));
        }
    }

    private void invoke(HttpExchange exchange, String asked) throws IOException {
        var name = FunctionReference.parse(asked, exchange.getRequestURI().getRawQuery());
        var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        var function =
                Optional.ofNullable(functions.get(name.function()))
                        .or(() -> others.apply(name.function()));
        if (function.isEmpty()) {
            StubResponse.serviceError(exchange, name.notFound(authorization(exchange)));
            return;
        }
        var payload = body.isEmpty() ? "{}" : body;
        try {
            var _ = Json.parse(payload);
        } catch (JsonSyntaxException notJson) {
            StubResponse.serviceError(exchange, notParsed(notJson));
            return;
        }
        var type = header(exchange, "X-Amz-Invocation-Type").orElse("RequestResponse");
        switch (type) {
            case "DryRun" -> StubResponse.empty(exchange, 204);
            case "Event" -> {
                var _ = function.get().answer(arrived(exchange, name, payload, type));
                StubResponse.empty(exchange, 202);
            }
            case "RequestResponse" ->
                    answer(
                            exchange,
                            function.get().answer(arrived(exchange, name, payload, type)),
                            name);
            default ->
                    StubResponse.serviceError(
                            exchange,
                            new StubAnswer.ServiceError(
                                    400,
                                    "InvalidParameterValueException",
                                    "Unknown invocation type " + type));
        }
    }

    private Invocation arrived(
            HttpExchange exchange, FunctionReference name, String payload, String type) {
        synchronized (invocations) {
            var invocation =
                    new Invocation(
                            name.function(),
                            name.qualifier(),
                            payload,
                            type,
                            header(exchange, "X-Amz-Client-Context"),
                            invocations(name.function()).size() + 1);
            invocations.add(invocation);
            invocations.notifyAll();
            return invocation;
        }
    }

    private void answer(HttpExchange exchange, StubAnswer answer, FunctionReference name)
            throws IOException {
        switch (answer) {
            case StubAnswer.Returned(var json) ->
                    StubResponse.payload(exchange, json, name.version(), Optional.empty());
            case StubAnswer.FunctionError(var json) ->
                    StubResponse.payload(exchange, json, name.version(), Optional.of("Unhandled"));
            case StubAnswer.ServiceError error -> StubResponse.serviceError(exchange, error);
            case StubAnswer.Delayed(var delay, var then) -> {
                if (!waitUntilClosed(delay)) {
                    answer(exchange, then, name);
                }
            }
            case StubAnswer.Hang _ -> {
                var _ = waitUntilClosed(Duration.ofDays(1));
            }
            case StubAnswer.Disconnect _ -> {} // closing the exchange is all that happens
            case StubAnswer.CutOff(var json) -> StubResponse.half(exchange, json);
        }
    }

    private boolean waitUntilClosed(Duration atMost) {
        try {
            return closed.await(atMost.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    private static StubAnswer.ServiceError notParsed(JsonSyntaxException notJson) {
        return new StubAnswer.ServiceError(
                400,
                "InvalidRequestContentException",
                "Could not parse request body into json: Could not parse payload into json: "
                        + notJson.message());
    }

    private static String authorization(HttpExchange exchange) {
        return header(exchange, "Authorization").orElse("");
    }

    private static Optional<String> header(HttpExchange exchange, String name) {
        return Optional.ofNullable(exchange.getRequestHeaders().getFirst(name));
    }

    /** Runs a stub from the command line; see {@link StubCommand}. */
    public static void main(String[] arguments) throws IOException {
        StubCommand.run(List.of(arguments));
    }
}
