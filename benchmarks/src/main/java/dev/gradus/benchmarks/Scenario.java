package dev.gradus.benchmarks;

import java.util.List;

/**
 * One row of the table.
 *
 * @param name of the machine and of the row
 * @param definition what it runs
 * @param input of each execution
 * @param transitions StateEntered events and retries of one execution
 * @param clients connections that start executions side by side, each the next when the last is
 *     SUCCEEDED
 */
record Scenario(String name, String definition, String input, int transitions, int clients) {
    private static final int CHAIN = 10;
    private static final int TURNS = 100;
    private static final int ITEMS = 1_000;

    static List<Scenario> all() {
        return List.of(onePass(), chain(), loop(), map());
    }

    Scenario withClients(int count) {
        return new Scenario(name, definition, input, transitions, count);
    }

    static Scenario onePass() {
        return new Scenario(
                "pass",
                "{\"StartAt\":\"A\",\"States\":{\"A\":{\"Type\":\"Pass\",\"End\":true}}}",
                "{\"id\":1}",
                1,
                64);
    }

    private static Scenario chain() {
        var states = new StringBuilder();
        for (int i = 1; i < CHAIN; i++) {
            states.append("\"S%d\":{\"Type\":\"Pass\",\"Next\":\"S%d\"},".formatted(i, i + 1));
        }
        states.append("\"S%d\":{\"Type\":\"Pass\",\"End\":true}".formatted(CHAIN));
        return new Scenario(
                "chain-10",
                "{\"StartAt\":\"S1\",\"States\":{" + states + "}}",
                "{\"id\":1}",
                CHAIN,
                16);
    }

    /**
     * Counts up to 100: a Choice and a Pass with an intrinsic each turn, then a last Choice and
     * Succeed.
     */
    private static Scenario loop() {
        var definition =
                """
                {"StartAt":"More","States":{
                  "More":{"Type":"Choice","Choices":[
                    {"Variable":"$.n","NumericLessThan":%d,"Next":"Add"}],"Default":"Done"},
                  "Add":{"Type":"Pass","Parameters":{"n.$":"States.MathAdd($.n, 1)"},"Next":"More"},
                  "Done":{"Type":"Succeed"}}}\
                """
                        .formatted(TURNS);
        return new Scenario("loop-100", definition, "{\"n\":0}", 2 * TURNS + 2, 4);
    }

    private static Scenario map() {
        var items = new StringBuilder("[0");
        for (int i = 1; i < ITEMS; i++) {
            items.append(',').append(i);
        }
        var definition =
                """
                {"StartAt":"Each","States":{"Each":{"Type":"Map","ItemsPath":"$.items","ItemProcessor":{
                  "StartAt":"One","States":{"One":{"Type":"Pass","End":true}}},"End":true}}}\
                """;
        return new Scenario("map-1000", definition, "{\"items\":" + items + "]}", ITEMS + 1, 4);
    }

    /** The JSON text of a CreateStateMachine request. */
    String createRequest() {
        return "{\"name\":\""
                + name
                + "\",\"roleArn\":\"arn:aws:iam::123456789012:role/bench\",\"definition\":"
                + quoted(definition)
                + "}";
    }

    /** The JSON text of a StartExecution request. */
    String startRequest(String machineArn) {
        return "{\"stateMachineArn\":\"" + machineArn + "\",\"input\":" + quoted(input) + "}";
    }

    static String quoted(String json) {
        return '"' + json.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"';
    }
}
