// Prints the definition of the template's state machine, with its DefinitionSubstitutions filled in as a deployment does:
// node resolve.mjs > definition.json. The vector templates/sam-template is made of it.
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const folder = dirname(fileURLToPath(import.meta.url));
const template = JSON.parse(readFileSync(join(folder, "template.json"), "utf8"));
const { DefinitionUri, DefinitionSubstitutions } = template.Resources.OrdersStateMachine.Properties;
const arn = (name) => `arn:aws:lambda:us-east-1:123456789012:function:${template.Resources[name].Properties.FunctionName}`;
const value = (given) => (typeof given === "string" ? given : arn(given["Fn::GetAtt"][0]));
const text = readFileSync(join(folder, DefinitionUri), "utf8")
  .replace(/\$\{(\w+)\}/g, (_, name) => value(DefinitionSubstitutions[name]));
console.log(JSON.stringify(JSON.parse(text), null, 2));
