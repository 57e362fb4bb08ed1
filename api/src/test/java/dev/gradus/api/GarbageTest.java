package dev.gradus.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import tools.jackson.databind.json.JsonMapper;

/** Whatever comes, the answer is valid JSON and no fault of ours. */
class GarbageTest {
    private static final List<String> OPERATIONS =
            List.copyOf(
                    new TreeSet<>(
                            new Operations(
                                            new CannedService(),
                                            new PageTokens(new byte[32], InstantSource.system()))
                                    .byName()
                                    .keySet()));
    private static final String[] VALUES = {
        "null",
        "true",
        "0",
        "-1",
        "5",
        "1e400",
        "99999999999999999999",
        "\"\"",
        "\"a\"",
        "{}",
        "[]",
        "[[]]",
        "[null]",
        "[{}]",
        "[{\"key\":\"k\"}]",
        "{\"type\":1}",
        "{\"level\":\"ALL\"}",
        "{\"level\":\"OFF\",\"destinations\":[{}]}",
        "{\"type\":\"AWS_OWNED_KEY\"}",
        "\"\\ud800\"",
        "\"\\ud83d\\ude00\"",
        "\"\\u0000\"",
        "\"" + Wire.MACHINE + "\"",
        "\"" + Wire.EXECUTION + "\"",
        "\"" + Wire.ACTIVITY + "\"",
        "\"" + Wire.MACHINE + ":::/\"",
        "\"arn:aws:states:::a:b\"",
        "\"STANDARD\"",
        "\"RUNNING\"",
        "\"arn:aws:iam::123456789012:role/r\""
    };
    private final Wire wire = new Wire();

    @Property(tries = 2_000, seed = "1")
    void bytesNeverMakeAServerError(@ForAll @Size(max = 64) byte[] body, @ForAll int seed) {
        var operation = OPERATIONS.get(Math.floorMod(seed, OPERATIONS.size()));
        mistakeOrAnswer(wire.call(operation, body, Map.of()));
    }

    @Property(tries = 5_000, seed = "2")
    void jsonNeverMakesAServerError(@ForAll long seed) {
        var random = new Random(seed);
        var name = OPERATIONS.get(random.nextInt(OPERATIONS.size()));
        var body = new ArrayList<String>();
        for (var member : operation(name).shape().members()) {
            if (random.nextInt(4) > 0) {
                body.add("\"" + member.name() + "\":" + VALUES[random.nextInt(VALUES.length)]);
            }
        }
        mistakeOrAnswer(
                wire.call(
                        name,
                        ("{" + String.join(",", body) + "}").getBytes(StandardCharsets.UTF_8),
                        Map.of()));
    }

    @Property(tries = 500, seed = "3")
    void headersNeverMakeAServerError(
            @ForAll String target, @ForAll String type, @ForAll String authorization) {
        mistakeOrAnswer(
                wire.call(
                        "ListActivities",
                        "{}".getBytes(StandardCharsets.UTF_8),
                        Map.of(
                                "X-Amz-Target",
                                target,
                                "Content-Type",
                                type,
                                "Authorization",
                                authorization)));
    }

    private static Operation<?> operation(String name) {
        return new Operations(
                        new CannedService(), new PageTokens(new byte[32], InstantSource.system()))
                .find("AWSStepFunctions." + name);
    }

    private static void mistakeOrAnswer(Wire.Response response) {
        assertThat(response.status()).as(response.body()).isIn(200, 400);
        assertThat(JsonMapper.shared().readTree(response.body()).isObject()).isTrue();
    }
}
