package dev.gradus.server;

import dev.gradus.expressions.Json;
import dev.gradus.expressions.JsonArray;
import dev.gradus.expressions.JsonObject;
import java.util.List;
import java.util.Locale;

/**
 * The executions of a fixture folder: one of each status, and one in each kind of waiting. Once
 * their folder is kept, they are as fixed as it is.
 */
enum StoredExecution {
    SUCCEEDED(
            """
            {"StartAt":"P","States":{
              "P":{"Type":"Pass","Result":{"of":"%1$s"},"ResultPath":"$.made","Next":"C"},
              "C":{"Type":"Choice","Choices":[{"Variable":"$.n","NumericEquals":2,"Next":"T"}],"Default":"F"},
              "F":{"Type":"Fail"},
              "T":{"Type":"Task","Resource":"%2$s:function:broken","Catch":[
                    {"ErrorEquals":["Broken"],"ResultPath":"$.error","Next":"U"}],"Next":"F"},
              "U":{"Type":"Task","Resource":"arn:aws:states:::lambda:invoke",
                   "Parameters":{"FunctionName":"echo","Payload":{"n.$":"$.n"}},
                   "ResultPath":"$.answer","Next":"M"},
              "M":{"Type":"Map","ItemsPath":"$.items","ResultPath":"$.mapped","Next":"Q",
                   "ItemProcessor":{"StartAt":"E","States":{"E":{"Type":"Wait","Seconds":1,"End":true}}}},
              "Q":{"Type":"Parallel","ResultPath":"$.both","Next":"S","Branches":[
                {"StartAt":"A","States":{"A":{"Type":"Pass","Result":1,"End":true}}},
                {"StartAt":"B","States":{"B":{"Type":"Wait","Seconds":2,"End":true}}}]},
              "S":{"Type":"Succeed"}}}\
            """),
    FAILED(
            """
            {"StartAt":"F","States":{"F":{"Type":"Fail","Error":"Orders.Late","Cause":"no stock"}}}\
            """),
    TIMED_OUT(
            """
            {"TimeoutSeconds":5,"StartAt":"W","States":{"W":{"Type":"Wait","Seconds":1000,"End":true}}}\
            """),
    ABORTED(
            """
            {"StartAt":"W","States":{"W":{"Type":"Wait","Seconds":1000,"End":true}}}\
            """),
    MAP_HALF_DONE(
            """
            {"StartAt":"M","States":{
              "M":{"Type":"Map","ItemsPath":"$.items","MaxConcurrency":2,"End":true,
                   "ItemProcessor":{"StartAt":"E","States":{
                     "E":{"Type":"Wait","Seconds":600,"Next":"G"},
                     "G":{"Type":"Pass","End":true}}}}}}\
            """),
    WAITING(
            """
            {"StartAt":"W","States":{"W":{"Type":"Wait","Seconds":3600,"Next":"P"},
              "P":{"Type":"Pass","OutputPath":"$.n","End":true}}}\
            """),
    BACKING_OFF(
            """
            {"StartAt":"T","States":{
              "T":{"Type":"Task","Resource":"%2$s:function:broken",
                   "Retry":[{"ErrorEquals":["Broken"],"IntervalSeconds":3600,"MaxAttempts":1}],
                   "Catch":[{"ErrorEquals":["Broken"],"Next":"C"}],"End":true},
              "C":{"Type":"Pass","OutputPath":"$.Error","End":true}}}\
            """),
    SCHEDULED(
            """
            {"StartAt":"T","States":{
              "T":{"Type":"Task","Resource":"%3$s:activity:scheduled","HeartbeatSeconds":30000,"End":true}}}\
            """),
    HANDED_OUT(
            """
            {"StartAt":"T","States":{
              "T":{"Type":"Task","Resource":"%3$s:activity:handed-out","TimeoutSeconds":30000,"End":true}}}\
            """),
    CALLBACK(
            """
            {"StartAt":"T","States":{
              "T":{"Type":"Task","Resource":"arn:aws:states:::lambda:invoke.waitForTaskToken",
                   "HeartbeatSeconds":30000,"ResultPath":"$.said","Next":"P",
                   "Parameters":{"FunctionName":"approve","Payload":{"token.$":"$$.Task.Token"}}},
              "P":{"Type":"Pass","Parameters":{"n.$":"$.n","said.$":"$.said"},"End":true}}}\
            """),
    PARALLEL_HALF_DONE(
            """
            {"StartAt":"P","States":{
              "P":{"Type":"Parallel","End":true,"Branches":[
                {"StartAt":"A","States":{"A":{"Type":"Pass","Result":"%1$s","End":true}}},
                {"StartAt":"B","States":{"B":{"Type":"Wait","Seconds":3600,"OutputPath":"$.n","End":true}}},
                {"StartAt":"C","States":{
                  "C":{"Type":"Task","Resource":"arn:aws:states:::lambda:invoke.waitForTaskToken",
                       "Parameters":{"FunctionName":"approve","Payload":{"token.$":"$$.Task.Token"}},
                       "End":true}}}]}}}\
            """),
    CALLED(
            """
            {"StartAt":"T","States":{
              "T":{"Type":"Task","Resource":"%2$s:function:slow","OutputPath":"$.n",
                   "Retry":[{"ErrorEquals":["Sim.LostCall"],"IntervalSeconds":1,"MaxAttempts":3}],"End":true}}}\
            """),
    HELD(
            """
            {"StartAt":"W","States":{
              "W":{"Type":"Wait","Seconds":1,"Next":"T"},
              "T":{"Type":"Task","Resource":"arn:aws:states:::lambda:invoke.waitForTaskToken",
                   "Parameters":{"FunctionName":"approve","Payload":{"token.$":"$$.Task.Token"}},"End":true}}}\
            """),
    YIELDED(
            """
            {"StartAt":"Z","States":{
              "Z":{"Type":"Pass","Result":0,"ResultPath":"$.i","Next":"I"},
              "I":{"Type":"Pass","Parameters":{"i.$":"States.MathAdd($.i,1)","pad":"%4$s"},"Next":"C"},
              "C":{"Type":"Choice","Choices":[{"Variable":"$.i","NumericLessThan":5000,"Next":"I"}],"Default":"D"},
              "D":{"Type":"Succeed","OutputPath":"$.i"}}}\
            """);

    static final String REGION = "us-east-1";
    static final String ACCOUNT = "123456789012";

    static final List<StoredExecution> CLOSED = List.of(SUCCEEDED, FAILED, TIMED_OUT, ABORTED);

    private static final String STATES = "arn:aws:states:" + REGION + ":" + ACCOUNT;

    /** Long enough to have a row of its own. */
    private static final String LONG = "x".repeat(400);

    /** As long as it may be within a row of something else. */
    private static final String SHORT = "x".repeat(200);

    private final String template;

    StoredExecution(String template) {
        this.template = template;
    }

    String machineArn() {
        return STATES + ":stateMachine:" + label();
    }

    String arn() {
        return STATES + ":execution:" + label() + ":one";
    }

    static String activityArn(StoredExecution execution) {
        return STATES + ":activity:" + execution.label();
    }

    /** As machines, activities and files are named. */
    String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    JsonObject create() {
        return JsonObject.builder()
                .put("name", label())
                .put("roleArn", "arn:aws:iam::" + ACCOUNT + ":role/fixture")
                .put(
                        "definition",
                        template.formatted(
                                LONG, "arn:aws:lambda:" + REGION + ":" + ACCOUNT, STATES, SHORT))
                .build();
    }

    JsonObject start() {
        var input =
                JsonObject.builder()
                        .put("n", 2)
                        .put("items", JsonArray.of(Json.of(1), Json.of(2), Json.of(3), Json.of(4)))
                        .put("pad", this == YIELDED ? "" : LONG)
                        .build();
        return JsonObject.builder()
                .put("stateMachineArn", machineArn())
                .put("name", "one")
                .put("input", input.text())
                .build();
    }
}
