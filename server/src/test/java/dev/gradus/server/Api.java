package dev.gradus.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gradus.expressions.Json;
import dev.gradus.expressions.JsonArray;
import dev.gradus.expressions.JsonObject;
import dev.gradus.expressions.JsonString;
import dev.gradus.server.WireClient.Reply;
import java.io.IOException;
import java.net.http.HttpClient;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * One account's calls of a server, short to write: requests are JSON with {@code '} for {@code "},
 * in which {@code $P} stands for what the account's ARNs begin with, {@code $M} for the ARN of the
 * machine {@code m}, and {@code $D1} for a definition whose result is 1.
 */
final class Api {
    private static final int UNAVAILABLE = 503;
    private static final AtomicLong ACCOUNTS = new AtomicLong(300_000_000_000L);

    private final HttpClient http;
    private final String account;
    private final WireClient client;
    private final String prefix;

    /** Calls as an account that nobody else has. */
    Api(HttpClient http, int port) {
        this(http, port, Long.toString(ACCOUNTS.incrementAndGet()));
    }

    private Api(HttpClient http, int port, String account) {
        this.http = http;
        this.account = account;
        this.client = new WireClient(http, port, account);
        this.prefix = "arn:aws:states:" + WireClient.REGION + ":" + account + ":";
    }

    /** The same account's calls of another server. */
    Api at(int port) {
        return new Api(http, port, account);
    }

    /** Makes a call that succeeds. */
    JsonObject call(String operation, String request) throws IOException, InterruptedException {
        var reply = reply(operation, request);
        assertThat(reply.ok()).as("%s %s: %s", operation, request, reply).isTrue();
        return reply.body();
    }

    /**
     * Makes a call that is refused; returns {@code Error: message}, with its ARNs as in requests.
     */
    String refusal(String operation, String request) throws IOException, InterruptedException {
        var reply = reply(operation, request);
        assertThat(reply.ok()).as("%s %s: %s", operation, request, reply).isFalse();
        return shown(reply.error() + ": " + reply.string("message"));
    }

    Reply reply(String operation, String request) throws IOException, InterruptedException {
        var json = (JsonObject) Json.parse(filled(request));
        var reply = client.call(operation, json);
        // A server that has just started says so until it has all its shards; SDKs ask again too.
        while (reply.status() == UNAVAILABLE) {
            reply = client.call(operation, json);
        }
        return reply;
    }

    /**
     * Creates the machine {@code m}, whose result is 0; {@code more} are members of the request.
     */
    JsonObject create(String more) throws IOException, InterruptedException {
        return create("m", more);
    }

    JsonObject create(String name, String more) throws IOException, InterruptedException {
        return call("CreateStateMachine", machine(name, more));
    }

    /** Creates a machine of a definition that {@link #quoted} made. */
    JsonObject define(String name, String definition, String more)
            throws IOException, InterruptedException {
        return call("CreateStateMachine", machine(name, more).replace("$D0", definition));
    }

    /** Makes a string of a request out of JSON that is written with {@code '} for {@code "}. */
    static String quoted(String json) {
        return "'" + json.replace("'", "\\'") + "'";
    }

    /** A request to create a machine. */
    static String machine(String name, String more) {
        return "{'name':'%s','definition':$D0,'roleArn':'arn:aws:iam::123456789012:role/r'%s}"
                .formatted(name, more.isEmpty() ? "" : "," + more);
    }

    /** Starts an execution and returns the text of its output. */
    String outputOf(String of) throws IOException, InterruptedException {
        var started = call("StartExecution", "{'stateMachineArn':'" + of + "'}");
        return call(
                        "DescribeExecution",
                        "{'executionArn':'" + Recording.string(started, "executionArn") + "'}")
                .get("output")
                .map(output -> ((JsonString) output).value())
                .orElseThrow();
    }

    /** Walks all pages of a list, of so many items each; returns that member of each item. */
    List<String> list(String operation, String request, String items, String member)
            throws IOException, InterruptedException {
        var found = new ArrayList<String>();
        var token = "";
        do {
            var page = call(operation, request.replace("}", token + "}"));
            for (var item : (JsonArray) page.get(items).orElseThrow()) {
                found.add(shown(Recording.string((JsonObject) item, member)));
            }
            var next = Recording.string(page, "nextToken");
            token = next.isEmpty() ? "" : ",'nextToken':'" + next + "'";
        } while (!token.isEmpty());
        return found;
    }

    /** A member of an answer, with its ARNs as in requests. */
    String shown(JsonObject answer, String member) {
        return shown(Recording.string(answer, member));
    }

    private String filled(String request) {
        var text = request;
        for (int i = 9; i >= 0; i--) {
            var definition =
                    "{\"StartAt\":\"A\",\"States\":{\"A\":{\"Type\":\"Pass\",\"Result\":"
                            + i
                            + ",\"End\":true}}}";
            text = text.replace("$D" + i, Json.of(definition).text());
        }
        return text.replace('\'', '"')
                .replace("$M", prefix + "stateMachine:m")
                .replace("$P", prefix);
    }

    /** A request with this account's ARNs, for another account to send. */
    String named(String request) {
        return request.replace("$M", prefix + "stateMachine:m").replace("$P", prefix);
    }

    /** A text of an answer, with its ARNs as in requests. */
    String shown(String text) {
        return text.replace(prefix + "stateMachine:m", "$M").replace(prefix, "$P");
    }
}
