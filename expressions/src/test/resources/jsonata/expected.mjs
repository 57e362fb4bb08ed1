// Computes what JSONata 2.0.6 itself answers to cases of this folder. Run it in a folder where
// `npm install jsonata@2.0.6` was done:
//   node .../expected.mjs FOLDER cases.txt results.json
//   node .../expected.mjs FOLDER corners.txt corners-results.json
//   node .../random.mjs > FOLDER/random.txt && node .../expected.mjs FOLDER random.txt random-results.json
import { createRequire } from 'node:module';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const require = createRequire(join(process.cwd(), 'package.json'));
const [folder, cases, results] = process.argv.slice(2);
const datasets = JSON.parse(readFileSync(join(folder, 'datasets.json'), 'utf8'));

/** Stops what goes deeper or on longer than a case may, as the reference's own test runner does. */
function limit(expression, max) {
  let depth = 0;
  const end = Date.now() + 1500;
  const stop = () => {
    if (depth > max || Date.now() > end) {
      throw { code: 'U1001' };
    }
  };
  expression.assign(Symbol.for('jsonata.__evaluate_entry'), () => { depth++; stop(); });
  expression.assign(Symbol.for('jsonata.__evaluate_exit'), () => { depth--; stop(); });
}

async function outcome(text, dataset, bindings, depth) {
  try {
    // Anew for each case, because its functions remember what they were last called by.
    delete require.cache[require.resolve('jsonata')];
    const expression = require('jsonata')(text);
    limit(expression, depth);
    let data;
    if (dataset.startsWith('=')) {
      data = JSON.parse(dataset.slice(1));
    } else if (dataset !== '-1') {
      data = datasets[dataset];
    }
    const value = await expression.evaluate(
      data === undefined ? undefined : JSON.parse(JSON.stringify(data)), bindings);
    if (value === undefined) {
      return { undefined: true };
    }
    const json = JSON.stringify(value, (_, v) => (typeof v === 'function'
      || (v && (v._jsonata_lambda || v._jsonata_function)) ? '\u0000function' : v));
    return json.includes('\\u0000function') ? { unsupported: true } : { value: JSON.parse(json) };
  } catch (error) {
    return error.code ? { code: error.code, message: error.message } : { internal: true };
  }
}

const lines = [];
let dataset = '-1';
let depth = Infinity;
for (const line of readFileSync(join(folder, cases), 'utf8').split('\n')) {
  if (line === '') {
    continue;
  }
  if (line.startsWith('# ')) {
    const [, name, ...data] = line.split(' ');
    dataset = data.join(' ');
    depth = Number(/tail-recursion-(\d+)/.exec(name)?.[1] ?? Infinity);
    continue;
  }
  const [text, bindings] = line.split(' @@ ');
  lines.push(JSON.stringify(
    await outcome(text, dataset, bindings ? JSON.parse(bindings) : {}, depth)));
}
writeFileSync(join(folder, results), `[\n${lines.join(',\n')}\n]\n`);
console.log(`${lines.length} results`);
process.exit(0);
