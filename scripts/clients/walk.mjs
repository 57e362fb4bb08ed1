// Walks every operation with AWS's client for JavaScript: walk.mjs ENDPOINT WALK.json; ends with "N passed, N failed".
import { readFileSync } from "node:fs";
import { Agent } from "node:http";
import { isDeepStrictEqual } from "node:util";
import * as sfn from "@aws-sdk/client-sfn";
import { NodeHttpHandler } from "@smithy/node-http-handler";

const [, , endpoint, file] = process.argv;
const walk = JSON.parse(readFileSync(file, "utf8"));
const hosts = new Set();
// Every name leads to the loopback: sync-gradus.localhost is in nobody's hosts file.
const lookup = (host, options, found) => {
  hosts.add(host);
  return options.all ? found(null, [{ address: "127.0.0.1", family: 4 }]) : found(null, "127.0.0.1", 4);
};
const client = new sfn.SFNClient({
  endpoint: endpoint.replace("127.0.0.1", "gradus.localhost"),
  region: "us-east-1",
  credentials: { accessKeyId: "111111111101", secretAccessKey: "any" },
  maxAttempts: 1,
  requestHandler: new NodeHttpHandler({ httpAgent: new Agent({ lookup }) }),
});

let passed = 0;
let failed = 0;
const check = (what, holds) => {
  if (holds === true) {
    passed++;
  } else {
    failed++;
    console.log(`FAILED: node: ${what}: ${holds}`);
  }
};

const known = { client: `node-${process.pid}`, role: "arn:aws:iam::111111111101:role/r" };
const filled = (value) => {
  if (typeof value === "string") {
    return value.replace(/\$\{(\w+)\}/g, (_, name) =>
      name in walk.definitions ? filled(JSON.stringify(walk.definitions[name])) : known[name]);
  }
  if (Array.isArray(value)) return value.map(filled);
  if (value && typeof value === "object") return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, filled(v)]));
  return value;
};
const at = (answer, path) => path.split(".").reduce((value, name) => value?.[name], answer);
const send = (operation, input) => client.send(new sfn[`${operation}Command`](input));

async function pages(step, input) {
  const paginate = sfn[`paginate${step.call}`];
  const items = [];
  if (paginate) {
    for await (const page of paginate({ client, pageSize: 1 }, input)) items.push(...page[step.pages]);
    return items;
  }
  let nextToken;
  do {
    const page = await send(step.call, { ...input, maxResults: 1, nextToken });
    items.push(...page[step.pages]);
    nextToken = page.nextToken;
  } while (nextToken);
  return items;
}

async function run(step) {
  const input = filled(step.with);
  if (step.pages) {
    const items = await pages(step, input);
    return items.length >= step.least || `${items.length} items`;
  }
  let answer;
  try {
    answer = await send(step.call, input);
  } catch (error) {
    if (step.error === undefined) return String(error);
    return (error instanceof sfn[step.error] && error.name === step.error && error.message !== "") || String(error);
  }
  if (step.error) return `no ${step.error}`;
  for (const [name, path] of Object.entries(step.save ?? {})) known[name] = at(answer, path);
  for (const [path, value] of Object.entries(filled(step.expect ?? {}))) {
    if (!isDeepStrictEqual(at(answer, path), value)) return `${path} is ${JSON.stringify(at(answer, path))}`;
  }
  return true;
}

for (const step of walk.steps) check(`${step.call}${step.error ? ` (${step.error})` : ""}`, await run(step));
const operations = Object.keys(sfn).filter((it) => it.endsWith("Command") && it !== "$Command").map((it) => it.slice(0, -7));
const walked = new Set([...walk.steps.map((it) => it.call), ...walk.later]);
check("every operation is walked", operations.every((it) => walked.has(it)) || operations.filter((it) => !walked.has(it)).join());
for (const operation of walk.later) {
  const answer = await send(operation, {}).then(() => "answered", (error) => error.name);
  check(`${operation} is not here yet`, answer === "UnknownOperationException" || `${answer}: walk it`);
}
check("two operations go to the sync- host", hosts.has("sync-gradus.localhost") && hosts.has("gradus.localhost") || [...hosts].join());
console.log(`node: ${passed} passed, ${failed} failed`);
process.exit(failed ? 1 : 0);
