// Prints random expressions with the data that they run on, the same ones every time.
let state = 20206;
const next = (bound) => {
  state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff;
  return Math.floor((state / 0x80000000) * bound);
};
const one = (list) => list[next(list.length)];
const chance = (percent) => next(100) < percent;

const documents = [
  '{"a":{"b":[{"c":1,"d":"x"},{"c":2,"d":"y","e":[1,2]},{"c":3.5}],"n":-4.25,"s":"Hello, wörld"},"l":[5,3,9,3,-1],"t":["pear","apple","fig","apple"],"o":{"x":1,"y":"two","z":null},"f":false,"e":[],"u":1e21}',
  '[{"k":"p","v":[1,[2,3]],"w":{"v":7}},{"k":"q","v":4},{"k":"p","v":[],"w":{"v":"s"}},{"k":"r"}]',
  '{"orders":[{"id":"o1","lines":[{"sku":"A","qty":2,"price":9.99},{"sku":"B","qty":1,"price":20}]},{"id":"o2","lines":[{"sku":"A","qty":5,"price":9.5}]},{"id":"o3","lines":[]}],"customers":[{"id":1,"order":"o1"},{"id":2,"order":"o2"}]}',
];
const names = [
  ['a', 'b', 'c', 'd', 'e', 'n', 's', 'l', 't', 'o', 'x', 'y', 'z', 'f', 'u', 'nope'],
  ['k', 'v', 'w', 'nope'],
  ['orders', 'id', 'lines', 'sku', 'qty', 'price', 'customers', 'order', 'nope'],
];
const roots = [
  ['a', 'a.b', 'a.b.c', 'a.b.d', 'a.n', 'a.s', 'l', 't', 'o', 'f', 'e', 'u', '$', '$$'],
  ['k', 'v', 'w', 'w.v', '$', '$$', '$[0]', '$[1].v'],
  ['orders', 'orders.lines', 'orders.lines.price', 'orders[0].id', 'customers', 'customers.id', '$'],
];
let doc = 0;

const number = () => one(['0', '1', '2', '3', '-1', '2.5', '10', '1e3', '0.1', '-7.75', '123456.789', '1e-7', '4503599627370497.5']);
const string = () => one(['""', '"a"', '"abc"', '"Hello World"', '"a,b,,c"', '"  pad  "', '"ÀÉ𝄞x"', '"12"', '"-1.5e2"', '"0x1F"', '"2020-02-29T12:34:56.789Z"', '"ab1cd22"']);
const regex = () => one(['/a/', '/[a-c]+/', '/(l+)(o)?/i', '/\\s+/', '/^.|b$/m', '/(\\d)(\\d)?/', '/(?:x|,)/', '/o(?=\\s)/', '/[^\\w]/']);
const literal = () => one([number, number, string, string, () => 'true', () => 'false', () => 'null', () => '[]', () => '{}', () => '[1, 2, 3]', () => '["b", "a"]'])();
const name = () => one(names[doc]);
const variable = () => one(['$x', '$y', '$v', '$i']);

function path(depth) {
  let text = chance(75) ? one(roots[doc]) : chance(50) ? one(['*', '**']) : variable();
  for (let i = next(3); i > 0; i--) {
    switch (next(12)) {
      case 0: text += `[${one(['0', '1', '-1', '0.9', '[0, 1]', '[0..1]'])}]`; break;
      case 1: text += `[${predicate(depth - 1)}]`; break;
      case 2: text += `.{${string()}: ${expression(depth - 1)}}`; break;
      case 3: text += `.[${expression(depth - 1)}, ${name()}]`; break;
      case 4: text += `.(${expression(depth - 1)})`; break;
      case 5: text += `^(${one(['', '>', '<'])}${one(['$', name(), `$string(${name()})`])})`; break;
      case 6: text += '[]'; break;
      case 7: text += one(['.*', '.**', '.$']); break;
      case 8: text += `.$string()`; break;
      default: text += `.${name()}`; break;
    }
  }
  if (chance(6)) {
    text += `{$string(${one(['$', name()])}): ${expression(depth - 1)}}`;
  }
  return text;
}

const predicate = (depth) => one([
  () => `${name()} ${one(['=', '!=', '<', '>=', 'in'])} ${literal()}`,
  () => `$ ${one(['=', '!=', '<', '>'])} ${literal()}`,
  () => name(),
  () => expression(depth),
])();

function call(depth) {
  const e = () => expression(depth - 1);
  const array = () => one([() => path(depth - 1), () => '[3, 1, 2]', () => '["b", "c", "a"]', () => '[1..4]', e])();
  const lambda = () => one(['function($v) { $v }', 'function($v, $i) { $string($i) & $string($v) }', `function($v) { $v > ${literal()} }`, 'function($v, $i, $a) { $count($a) - $i }', '$string', '$boolean', '$length', `λ($v) { $v.${name()} }`, '$uppercase']);
  return one([
    () => `$${one(['sum', 'max', 'min', 'average', 'count', 'reverse', 'distinct', 'sort', 'join', 'keys', 'spread', 'merge', 'exists', 'type', 'string', 'boolean', 'not', 'number', 'length', 'uppercase', 'lowercase', 'trim', 'floor', 'ceil', 'round', 'abs', 'sqrt', 'single', 'zip', 'clone', 'formatBase', 'encodeUrlComponent', 'encodeUrl', 'decodeUrl', 'base64encode'])}(${one([e, array, string, number])()})`,
    () => `$${one(['map', 'filter', 'each', 'sift', 'single'])}(${array()}, ${lambda()})`,
    () => `$reduce(${array()}, function($p, $q) { ${one(['$p & $q', '$append($p, $q)', '[$p, $q]', '$string($q)'])} }${chance(30) ? ', ' + literal() : ''})`,
    () => `$sort(${array()}, function($p, $q) { ${one(['$p > $q', '$string($p) < $string($q)', 'false', 'true'])} })`,
    () => `$substring(${string()}, ${one(['0', '1', '-2', '2', '10', '1.7'])}${chance(60) ? ', ' + one(['0', '1', '2', '-1', '5', '1.5']) : ''})`,
    () => `$${one(['substringBefore', 'substringAfter'])}(${string()}, ${one(['"l"', '","', '""', '"zz"'])})`,
    () => `$pad(${string()}, ${one(['8', '-8', '0', '3'])}${chance(60) ? ', ' + one(['"#"', '"<>"', '""', '"𝄞"']) : ''})`,
    () => `$${one(['contains', 'split', 'match'])}(${string()}, ${one([regex, () => '"b"', () => '","', () => '""'])()}${''})`,
    () => `$split(${string()}, ${one([regex, () => '","', () => '""'])()}, ${one(['0', '1', '2', '2.5', '-1'])})`,
    () => `$replace(${string()}, ${one([regex, () => '"b"', () => '"l"'])()}, ${one(['"-"', '"<$0>"', '"$1$2"', '"$$"', '"$x$"', 'function($m) { $uppercase($m.match) }', 'function($m) { $m.index }'])}${chance(30) ? ', ' + one(['0', '1', '2', '-1']) : ''})`,
    () => `$round(${number()}, ${one(['0', '1', '2', '-1', '-2'])})`,
    () => `$power(${number()}, ${one(['0', '2', '0.5', '-1', '3'])})`,
    () => `$formatNumber(${number()}, ${one(['"#,##0.00"', '"0"', '"000"', '"#.##"', '"#,#0%"', '"0.0‰"', '"$0.0;($0.0)"', '"0.0#,##"', '"x0y"', '"#,##,#0.0"', '"0.0.0"', '"#0#"'])})`,
    () => `$formatNumber(${one(['12345.678', '0.00012', '1', '99999'])}, ${one(['"0.0e0"', '"#0.00e00"', '"00.##e0"', '"#.#e1"'])})`,
    () => `$formatBase(${number()}, ${one(['2', '8', '16', '36', '37', '1.6'])})`,
    () => `$formatInteger(${one(['0', '1', '21', '999', '1234567', '-12', '1.9', '4e15'])}, ${one(['"0"', '"#,##0"', '"000;o"', '"w"', '"Ww;o"', '"W"', '"I"', '"i"', '"A"', '"a"', '"#"', '"0:00"', '"٠٠"'])})`,
    () => `$parseInteger(${one(['"12"', '"1,234"', '"XIV"', '"forty-two"', '"one thousand, two hundred and third"', '"zz"', '"7th"', '""'])}, ${one(['"0"', '"#,##0"', '"I"', '"w"', '"w;o"', '"a"', '"0;o"'])})`,
    () => `$fromMillis(${one(['0', '1521801216617', '-86400001', '951782400000', '253402300799999', '1e16', '1234567890123.7'])}${chance(80) ? ', ' + one(['"[Y0001]-[M01]-[D01]"', '"[H01]:[m01]:[s01].[f001]"', '"[h]:[m] [P] [PN]"', '"[FNn], [D1o] [MNn] [Y]"', '"[X0001]-W[W01]-[F1]"', '"[x] [w] [d]"', '"[YI] [Dw] [MA]"', '"[Y,2-2][M,2][D,2]"', '"[FNn,3-3] [MN,3-3]"', '"[Z] [z] [Z0101t] [Z0]"', '"[[x]] [C] [E]"', '"[q]"', '"[YN]"', '"[Y"', '"[D#,##1]"']) : ''}${chance(40) ? '' : ''})`,
    () => `$fromMillis(1521801216617, "[Y]-[M01]-[D01]T[H01]:[m]:[s][Z]", ${one(['"+0530"', '"-0500"', '"-0330"', '"0000"', '"Z"', '"+14"'])})`,
    () => `$toMillis(${one(['"2020-02-29"', '"2020"', '"2020-02"', '"2020-02-30"', '"2020-13-01"', '"2020-02-29T12:34:56Z"', '"2020-02-29T12:34:56.7891+01:00"', '"2020-02-29T12:34:56-0330"', '"2020-02-29T24:00:00Z"', '"0050-01-01"', '"x"', '"2020-02-29T25:00:00Z"'])})`,
    () => `$toMillis(${one(['"2020-02-29"', '"29th February 2020"', '"12:30 pm"', '"20200229"', '"Feb 3 2020"', '"3/4/2020 5:06:07.089"', '"2020-060"', '"12 Jan 20 +05:30"'])}, ${one(['"[Y0001]-[M01]-[D01]"', '"[D1o] [MNn] [Y]"', '"[Y0001][M01][D01]"', '"[MNn,3-3] [D] [Y]"', '"[D]/[M]/[Y] [H]:[m]:[s].[f]"', '"[Y]-[d001]"', '"[Y]-[M]"', '"[D] [MNn,3-3] [Y,2-2] [Z]"'])})`,
    () => `$lookup(${path(depth - 1)}, "${name()}")`,
    () => `$append(${e()}, ${e()})`,
    () => `$string(${e()}, ${one(['true', 'false'])})`,
    () => `$assert(${predicate(depth - 1)}, "no")`,
    () => `$error(${one(['"own"', ''])})`,
    () => `$decodeUrlComponent(${one(['"%41%C3%A9"', '"%"', '"%E0%A4%A"', '"a%20b"'])})`,
    () => `$base64decode($base64encode(${string()}))`,
  ])();
}

function expression(depth) {
  if (depth <= 0) {
    return chance(60) ? one(roots[doc]) : literal();
  }
  const e = () => expression(depth - 1);
  return one([
    () => path(depth), () => path(depth), () => path(depth), () => call(depth), () => call(depth), () => call(depth),
    literal,
    () => `${e()} ${one(['+', '-', '*', '/', '%'])} ${e()}`,
    () => `${e()} & ${e()}`,
    () => `${e()} ${one(['=', '!=', '<', '<=', '>', '>=', 'in'])} ${e()}`,
    () => `${e()} ${one(['and', 'or'])} ${e()}`,
    () => `(${e()} ? ${e()} : ${e()})`,
    () => `(${e()} ? ${e()})`,
    () => `[${e()}, ${e()}]`,
    () => `[${e()}]`,
    () => `[${one(['0', '1', '-2'])}..${one(['3', '0', name(), '2.5'])}]`,
    () => `{"p": ${e()}, "q": ${e()}}`,
    () => `($x := ${e()}; $y := ${e()}; ${e()})`,
    () => `(${e()}).${name()}`,
    () => `(${e()})[${one(['0', '-1', predicate(depth - 1)])}]`,
    () => `-(${e()})`,
    () => `${e()} ~> $${one(['string', 'count', 'sum', 'type', 'keys', 'distinct', 'join'])}`,
    () => `${path(depth - 1)} ~> |${one([name(), '*', '**', '$'])}|{${string()}: ${literal()}}${chance(40) ? `, "${name()}"` : ''}|`,
    () => `function($v) { $v & ${e()} }(${e()})`,
    () => `$substringBefore(?, "l")(${string()})`,
    () => `($string ~> $length)(${e()})`,
    () => `$map([1, 2], function($v) { $v in ${e()} })`,
    () => doc === 2 ? one([
      'orders.lines.{"o": %.id, "s": sku}', 'orders.lines[%.id = "o1"].sku', 'orders@$o.lines.{"i": $o.id, "q": qty}',
      'orders#$i.{"i": $i, "n": $count(lines)}', 'orders.lines#$i[$i < 2].sku', 'customers@$c.orders@$o[$c.order = $o.id].{"c": $c.id, "o": $o.id}',
      'orders.lines^(>price).{"p": price, "o": %.id}', 'orders.lines{sku: $sum(qty)}', 'orders{id: lines.{sku: qty}}',
      'orders.lines.sku^($)#$i', '(orders.lines)[%.id = "o2"]', 'orders@$o#$n.lines.[$n, $o.id, qty]',
      'orders.lines.%.id', 'orders.lines.sku.%.%.id', 'customers@$c#$i{$string($c.id): $i}',
    ]) : path(depth),
  ])();
}

const seen = new Set();
for (doc = 0; doc < documents.length; doc++) {
  console.log(`# document-${doc} =${documents[doc]}`);
  for (let printed = 0; printed < 1000;) {
    const text = expression(1 + next(3));
    if (text.length < 240 && !seen.has(`${doc}${text}`)) {
      seen.add(`${doc}${text}`);
      console.log(text);
      printed++;
    }
  }
}
