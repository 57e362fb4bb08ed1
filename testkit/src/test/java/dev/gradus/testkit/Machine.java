package dev.gradus.testkit;

import dev.gradus.asl.MachineType;
import dev.gradus.runtime.Arn;
import dev.gradus.runtime.StateMachineRequests;
import dev.gradus.runtime.StateMachineView;
import java.util.Map;
import java.util.Optional;

/** The machines that simulated executions run; every task that can be lost is tried again. */
enum Machine {
    CHAIN(
            """
            {"StartAt":"A","States":{
              "A":{"Type":"Pass","Result":{"pad":"%1$s"},"ResultPath":"$.a","Next":"B"},
              "B":{"Type":"Pass","Parameters":{"n.$":"$.n","pad.$":"$.a.pad"},"Next":"C"},
              "C":{"Type":"Choice","Choices":[{"Variable":"$.n","NumericGreaterThan":1,"Next":"D"}],"Default":"D"},
              "D":{"Type":"Succeed"}}}\
            """),
    WAIT(
            """
            {"StartAt":"W","States":{
              "W":{"Type":"Wait","SecondsPath":"$.n","Next":"X"},
              "X":{"Type":"Wait","Seconds":3,"Next":"Y"},
              "Y":{"Type":"Pass","End":true}}}\
            """),
    ECHO(
            """
            {"StartAt":"T","States":{
              "T":{"Type":"Task","Resource":"%2$s:function:echo","Retry":[%3$s],"Next":"U"},
              "U":{"Type":"Task","Resource":"arn:aws:states:::lambda:invoke",
                   "Parameters":{"FunctionName":"flaky","Payload":{"n.$":"$.n","pad":"%1$s"}},
                   "Retry":[%3$s],"End":true}}}\
            """),
    BROKEN(
            """
            {"StartAt":"T","States":{
              "T":{"Type":"Task","Resource":"%2$s:function:broken",
                   "Retry":[{"ErrorEquals":["Broken"],"IntervalSeconds":1,"MaxAttempts":2},%3$s],
                   "Catch":[{"ErrorEquals":["Broken"],"ResultPath":"$.error","Next":"C"}],"End":true},
              "C":{"Type":"Pass","End":true}}}\
            """),
    SLOW(
            """
            {"StartAt":"T","States":{
              "T":{"Type":"Task","Resource":"%2$s:function:slow","TimeoutSeconds":7,"Retry":[%3$s],
                   "Catch":[{"ErrorEquals":["States.Timeout"],"ResultPath":"$.error","Next":"C"}],"End":true},
              "C":{"Type":"Pass","End":true}}}\
            """),
    PARALLEL(
            """
            {"StartAt":"P","States":{
              "P":{"Type":"Parallel","Next":"Q","Branches":[
                {"StartAt":"A","States":{"A":{"Type":"Wait","SecondsPath":"$.n","End":true}}},
                {"StartAt":"B","States":{"B":{"Type":"Task","Resource":"%2$s:function:echo","Retry":[%3$s],"End":true}}},
                {"StartAt":"C","States":{"C":{"Type":"Pass","Result":"%1$s","Next":"D"},
                                         "D":{"Type":"Pass","End":true}}}]},
              "Q":{"Type":"Pass","End":true}}}\
            """),
    MAP(
            """
            {"StartAt":"M","States":{
              "M":{"Type":"Map","ItemsPath":"$.items","MaxConcurrency":2,"End":true,
                   "ItemProcessor":{"StartAt":"E","States":{
                     "E":{"Type":"Task","Resource":"%2$s:function:flaky","Retry":[%3$s],"Next":"F"},
                     "F":{"Type":"Wait","Seconds":1,"End":true}}}}}}\
            """),
    ACTIVITY(
            """
            {"StartAt":"T","States":{
              "T":{"Type":"Task","Resource":"%2$s:activity:work","TimeoutSeconds":40,"HeartbeatSeconds":15,
                   "Retry":[{"ErrorEquals":["States.Timeout","States.HeartbeatTimeout"],
                             "IntervalSeconds":1,"MaxAttempts":1000,"BackoffRate":1.0}],"End":true}}}\
            """),
    CALLBACK(
            """
            {"StartAt":"T","States":{
              "T":{"Type":"Task","Resource":"arn:aws:states:::lambda:invoke.waitForTaskToken",
                   "Parameters":{"FunctionName":"approve","Payload":{"token.$":"$$.Task.Token"}},
                   "Retry":[%3$s],"End":true}}}\
            """),
    DEADLINE(
            """
            {"TimeoutSeconds":9,"StartAt":"W","States":{
              "W":{"Type":"Wait","Seconds":1000,"End":true}}}\
            """),
    SLEEPER(
            """
            {"StartAt":"P","States":{
              "P":{"Type":"Parallel","End":true,"Branches":[
                {"StartAt":"A","States":{"A":{"Type":"Wait","Seconds":31536000,"End":true}}},
                {"StartAt":"B","States":{"B":{"Type":"Task","Resource":"%2$s:activity:nobody","End":true}}},
                {"StartAt":"C","States":{"C":{"Type":"Task","Resource":"%2$s:function:slow","Retry":[%3$s],"End":true}}}]}}}\
            """),
    LOOP(
            """
            {"StartAt":"Z","States":{
              "Z":{"Type":"Pass","Result":0,"ResultPath":"$.i","Next":"I"},
              "I":{"Type":"Pass","Parameters":{"n.$":"$.n","i.$":"States.MathAdd($.i,1)"},"Next":"C"},
              "C":{"Type":"Choice","Choices":[{"Variable":"$.i","NumericLessThan":600,"Next":"I"}],"Default":"D"},
              "D":{"Type":"Succeed"}}}\
            """);

    static final Arn.Place PLACE = new Arn.Place("aws", "us-east-1", "123456789012");
    static final Arn.Activity WORK = new Arn.Activity(PLACE, "work");
    static final Arn.Activity NOBODY = new Arn.Activity(PLACE, "nobody");
    private static final String RETRY =
            "{\"ErrorEquals\":[\"Sim.LostCall\",\"Flaky\"],\"IntervalSeconds\":1,\"MaxAttempts\":1000,\"BackoffRate\":1.0}";

    private final String definition;

    Machine(String template) {
        this.definition =
                template.formatted("x".repeat(400), "arn:aws:lambda:us-east-1:123456789012", RETRY)
                        .replace(
                                "arn:aws:lambda:us-east-1:123456789012:activity",
                                "arn:aws:states:us-east-1:123456789012:activity");
    }

    Arn.StateMachine arn() {
        return new Arn.StateMachine(PLACE, name());
    }

    Arn.Execution execution(String name) {
        return new Arn.Execution(PLACE, name(), name);
    }

    StateMachineRequests.Create create() {
        return create(arn(), definition);
    }

    static StateMachineRequests.Create create(Arn.StateMachine arn, String definition) {
        return create(arn, definition, MachineType.STANDARD);
    }

    static StateMachineRequests.Create create(
            Arn.StateMachine arn, String definition, MachineType type) {
        return new StateMachineRequests.Create(
                arn,
                definition,
                "arn:aws:iam::123456789012:role/r",
                type,
                StateMachineView.Logging.OFF,
                false,
                Optional.empty(),
                Map.of());
    }
}
