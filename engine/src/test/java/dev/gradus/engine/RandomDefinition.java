package dev.gradus.engine;

import dev.gradus.expressions.Randomness;
import java.util.ArrayList;
import java.util.List;

/** Writes definitions that no person would: every kind of state, nested, looping, often failing. */
final class RandomDefinition {
    private static final String ARN = "arn:aws:states:eu-west-1:111111111111:activity:";
    private static final String ERRORS =
            "[\"E0\"],[\"E1\"],[\"States.TaskFailed\"],[\"States.ALL\"]";

    private final Randomness random;
    private int states;

    private RandomDefinition(Randomness random) {
        this.random = random;
    }

    static String of(long seed) {
        var random = new Randomness(seed);
        var limit = random.nextLong(0, 4) == 0 ? "\"TimeoutSeconds\":20," : "";
        return "{" + limit + new RandomDefinition(random).block(0) + "}";
    }

    private int pick(int bound) {
        return (int) random.nextLong(0, bound);
    }

    private String block(int depth) {
        int count = 1 + pick(depth == 0 ? 4 : 2); // Small ones, and many, find more.
        var names = new ArrayList<String>();
        for (int i = 0; i < count; i++) {
            names.add("S" + states++);
        }
        var text = new StringBuilder("\"StartAt\":\"" + names.getFirst() + "\",\"States\":{");
        for (int i = 0; i < count; i++) {
            text.append(i == 0 ? "" : ",")
                    .append('"' + names.get(i) + "\":")
                    .append(state(names, i, depth));
        }
        return text.append('}').toString();
    }

    private String state(List<String> names, int at, int depth) {
        // The next state follows, so that every one is reached.
        var then =
                at == names.size() - 1 ? "\"End\":true" : "\"Next\":\"" + names.get(at + 1) + "\"";
        // Mostly forward: an endless loop fills the history with little else.
        int from = pick(8) == 0 ? 0 : at + 1;
        var any = names.get(Math.min(names.size() - 1, from + pick(names.size())));
        return switch (pick(depth < 2 ? 12 : 9)) {
            case 0 -> "{\"Type\":\"Pass\"," + data() + assign(depth) + then + "}";
            case 1 ->
                    "{\"Type\":\"Wait\","
                            + (pick(4) == 0
                                    ? "\"SecondsPath\":\"$.w\","
                                    : "\"Seconds\":" + pick(6) + ",")
                            + then
                            + "}";
            case 2 ->
                    at < names.size() - 1
                            ? "{\"Type\":\"Choice\",\"Choices\":[{\"Variable\":\"$.n\",\"IsPresent\":true,\"Next\":\""
                                    + any
                                    + "\"}],\"Default\":\""
                                    + names.get(at + 1)
                                    + "\"}"
                            : end();
            case 3, 4, 5, 6 -> task(assign(depth) + then, any);
            case 7, 8 -> jsonata(then, any, depth);
            case 9 -> {
                var branches = new StringBuilder();
                int count = 1 + pick(3);
                for (int i = 0; i < count; i++) {
                    branches.append(i == 0 ? "{" : ",{").append(block(depth + 1)).append('}');
                }
                yield "{\"Type\":\"Parallel\",\"Branches\":["
                        + branches
                        + "],"
                        + (pick(4) == 0
                                ? "\"ResultSelector\":{\"s.$\":\"States.ArrayGetItem($,1)\"},"
                                : "")
                        + handling(any)
                        + then
                        + "}";
            }
            default ->
                    "{\"Type\":\"Map\","
                            + (pick(3) == 0 ? "\"MaxConcurrency\":" + (1 + pick(3)) + "," : "")
                            + "\"ItemsPath\":\"$$.Execution.Input.items\",\"ItemProcessor\":{"
                            + block(depth + 1)
                            + "},"
                            + handling(any)
                            + then
                            + "}";
        };
    }

    /** States whose expressions work on all data, on some, or on none. */
    private String jsonata(String then, String any, int depth) {
        var values =
                List.of(
                        "$states.input",
                        "{'n': $count($states.input), 'w': $floor($random() * 3)}",
                        "$states.input.n + 1",
                        "$d0",
                        "[$states.context.State.Name, $e1]",
                        "$unset",
                        "$nonsense()");
        var value = "\"{% " + values.get(pick(values.size())) + " %}\"";
        var head = "{\"QueryLanguage\":\"JSONata\",\"Output\":" + value + ",";
        var assign = pick(3) == 0 ? "\"Assign\":{\"d" + depth + "\":" + value + "}," : "";
        return switch (pick(4)) {
            case 0 -> head + "\"Type\":\"Pass\"," + assign + then + "}";
            case 1 -> head + "\"Type\":\"Wait\",\"Seconds\":" + value + "," + assign + then + "}";
            case 2 ->
                    head
                            + "\"Type\":\"Task\",\"Resource\":\""
                            + ARN
                            + "a\",\"Arguments\":"
                            + value
                            + ",\"TimeoutSeconds\":\"{% 2 + $floor($random() * 3) %}\","
                            + "\"HeartbeatSeconds\":\"{% 1 + $millis() % 2 %}\","
                            + "\"Catch\":[{\"ErrorEquals\":[\"States.ALL\"],\"Output\":"
                            + (pick(2) == 0 ? value : "\"{% $states.errorOutput %}\"")
                            + ",\"Next\":\""
                            + any
                            + "\"}],"
                            + then
                            + "}";
            default ->
                    head
                            + "\"Type\":\"Map\",\"Items\":"
                            + (pick(3) == 0
                                    ? value
                                    : "\"{% $states.context.Execution.Input.items %}\"")
                            + ",\"ItemSelector\":"
                            + value
                            + ",\"ItemProcessor\":{"
                            + block(depth + 1)
                            + "},"
                            + then
                            + "}";
        };
    }

    private String end() {
        return pick(3) == 0
                ? "{\"Type\":\"Fail\",\"Error\":\"E" + pick(3) + "\"}"
                : "{\"Type\":\"Succeed\"}";
    }

    /** Names differ by depth: an inner block may not set a variable of an outer one. */
    private String assign(int depth) {
        return pick(3) == 0
                ? "\"Assign\":{\"d" + depth + "\":" + pick(9) + ",\"e" + depth + ".$\":\"$\"},"
                : "";
    }

    private String data() {
        return switch (pick(9)) {
            case 0 -> "\"Result\":{\"n\":1},";
            case 1 -> "\"Parameters\":{\"c.$\":\"$$\"},";
            case 2 -> "\"Result\":1,\"ResultPath\":\"$.n.m\",";
            case 3 -> "\"OutputPath\":\"$.n\",";
            case 4 -> "\"InputPath\":\"$d" + pick(2) + "\",";
            case 5 -> "\"Parameters\":{\"s.$\":\"States.MathAdd($.w,1)\"},";
            default -> "";
        };
    }

    private String task(String then, String any) {
        var resource =
                switch (pick(5)) {
                    case 0 -> ARN + (pick(8) == 0 ? "missing" : "a");
                    case 1 -> "arn:aws:states:::sqs:sendMessage.waitForTaskToken";
                    case 2 -> "arn:aws:states:::states:startExecution.sync";
                    case 3 -> "arn:aws:states:::sns:publish";
                    default -> "arn:aws:lambda:eu-west-1:111111111111:function:f";
                };
        var limits =
                switch (pick(4)) {
                    case 0 -> "\"TimeoutSeconds\":4,\"HeartbeatSeconds\":2,";
                    case 1 -> "\"TimeoutSeconds\":3,";
                    default -> "";
                };
        return "{\"Type\":\"Task\",\"Resource\":\""
                + resource
                + "\","
                + (resource.startsWith("arn:aws:states:::")
                        ? "\"Parameters\":{\"QueueUrl\":\"q\",\"MessageBody\":\"b\",\"Message\":\"m\",\"StateMachineArn\":\"s\"},"
                        : "")
                + limits
                + handling(any)
                + then
                + "}";
    }

    private String handling(String any) {
        var errors = ERRORS.split(",", -1)[pick(4)];
        var retry =
                pick(3) == 0
                        ? "\"Retry\":[{\"ErrorEquals\":"
                                + errors
                                + ",\"IntervalSeconds\":"
                                + (1 + pick(3))
                                + ",\"MaxAttempts\":"
                                + pick(3)
                                + (pick(2) == 0 ? ",\"JitterStrategy\":\"FULL\"" : "")
                                + "}],"
                        : "";
        var caught =
                pick(3) == 0
                        ? "\"Catch\":[{\"ErrorEquals\":"
                                + ERRORS.split(",", -1)[pick(4)]
                                + (pick(2) == 0 ? ",\"ResultPath\":\"$.e\"" : "")
                                + ",\"Next\":\""
                                + any
                                + "\"}],"
                        : "";
        return retry + caught;
    }
}
