// Synthesizes a stack of Step Functions constructs with aws-cdk-lib and prints the definition of its state machine, with
// what CloudFormation would fill in filled in: node stack.mjs > definition.json. The vector templates/cdk-stack is made of it.
import { App, Duration, Stack } from "aws-cdk-lib";
import { Template } from "aws-cdk-lib/assertions";
import { Function as Lambda } from "aws-cdk-lib/aws-lambda";
import * as sfn from "aws-cdk-lib/aws-stepfunctions";
import { LambdaInvoke } from "aws-cdk-lib/aws-stepfunctions-tasks";

const account = "123456789012";
const region = "us-east-1";
const stack = new Stack(new App(), "Orders", { env: { account, region } });
const charge = Lambda.fromFunctionArn(stack, "ChargeFunction", `arn:aws:lambda:${region}:${account}:function:vector-cdk-charge`);

const items = new sfn.Map(stack, "Each item", { itemsPath: "$.items", maxConcurrency: 1, resultPath: "$.priced" })
  .itemProcessor(new sfn.Pass(stack, "Price", { parameters: { "price.$": "States.MathAdd($, 1)" } }));
const both = new sfn.Parallel(stack, "Both", { resultPath: sfn.JsonPath.DISCARD })
  .branch(new sfn.Pass(stack, "Reserve"))
  .branch(new sfn.Wait(stack, "Settle", { time: sfn.WaitTime.duration(Duration.seconds(0)) }));
const pay = new LambdaInvoke(stack, "Charge", { lambdaFunction: charge, payloadResponseOnly: true, resultPath: "$.receipt" });
const chain = sfn.Chain.start(new sfn.Pass(stack, "Begin", { result: sfn.Result.fromObject({ cents: true }), resultPath: "$.settings" }))
  .next(items)
  .next(both)
  .next(pay)
  .next(new sfn.Choice(stack, "Paid?")
    .when(sfn.Condition.booleanEquals("$.receipt.paid", true), new sfn.Succeed(stack, "Done"))
    .otherwise(new sfn.Fail(stack, "Declined", { error: "Declined", cause: "The card was declined." })));
new sfn.StateMachine(stack, "Machine", { definitionBody: sfn.DefinitionBody.fromChainable(chain), timeout: Duration.minutes(5) });

const resolved = (value) => {
  if (typeof value === "string") return value;
  if (value.Ref === "AWS::Partition") return "aws";
  if (value["Fn::Join"]) return value["Fn::Join"][1].map(resolved).join(value["Fn::Join"][0]);
  throw new Error(`CloudFormation would have to say what ${JSON.stringify(value)} is`);
};
const [machine] = Object.values(Template.fromStack(stack).findResources("AWS::StepFunctions::StateMachine"));
console.log(JSON.stringify(JSON.parse(resolved(machine.Properties.DefinitionString)), null, 2));
