import type { Random } from "./random.js";

const names = [
  "items",
  "n",
  "text",
  "inner",
  "a",
  "b",
  "__proto__",
  "constructor",
  "length",
  "missing",
  "ä🦊",
  "\ud800",
];

/** A JSONPath, often one that means something. */
export function anyPath(random: Random): string {
  let path = random.pick(["$", "$", "$$.Execution.Input", "$$", "$$.State", "$v0", "@"]);
  for (let length = random.below(4); length > 0; length--) path += segment(random, 0);
  return random.isOneOf(200) ? path + random.pick([".a", "[0]", "..*", "[*]"]).repeat(1 + random.below(3000)) : path;
}

function segment(random: Random, depth: number): string {
  const name = random.pick(names);
  const kinds: readonly (() => string)[] = [
    () => `.${name}`,
    () => `.${name}`,
    () => `['${name}']`,
    () => `['${name}','items']`,
    () => `[${random.pick(["0", "-1", "2", "99999999999", "1,2", "0,0,0"])}]`,
    () => `[${random.pick(["1:", ":2", "0:9:2", "-3:-1", ":", "::-1", "0:4294967296"])}]`,
    () => "[*]",
    () => ".*",
    () => `..${name}`,
    () => "..*",
    () => "..[*]",
    () => `.${random.pick(["length", "min", "max", "sum", "keys", "avg", "concat", "size"])}()`,
    () => `[(@.length-1)]`,
    () => `[?(${depth > 3 ? "@.a" : filter(random, depth + 1)})]`,
  ];
  return random.pick(kinds)();
}

function filter(random: Random, depth: number): string {
  const left = `@${segment(random, depth)}`;
  const kinds: readonly (() => string)[] = [
    () => left,
    () =>
      `${left} ${random.pick(["==", "!=", "<", "<=", ">", ">="])} ${random.pick(["1", "'a'", "null", "true", "$.n", left])}`,
    () =>
      `${left} =~ /${random.pick(["a.*", "(a+)+$", "(a|a)*b", "^(([a-z])+.)+[A-Z]([a-z])+$", "\\\\"])}/${random.pick(["", "i"])}`,
    () => `${left} ${random.pick(["in", "nin", "subsetof", "anyof", "noneof"])} ['a', 1]`,
    () => `${left} ${random.pick(["size", "empty", "contains", "like"])} ${random.pick(["1", "true", "'a'"])}`,
    () => `${depth > 3 ? left : filter(random, depth + 1)} ${random.pick(["&&", "||"])} ${left}`,
    () => `!(${depth > 3 ? left : filter(random, depth + 1)})`,
  ];
  return random.pick(kinds)();
}

const functions = [
  ["Array", 3],
  ["ArrayPartition", 2],
  ["ArrayContains", 2],
  ["ArrayRange", 3],
  ["ArrayGetItem", 2],
  ["ArrayLength", 1],
  ["ArrayUnique", 1],
  ["Base64Encode", 1],
  ["Base64Decode", 1],
  ["Hash", 2],
  ["JsonMerge", 3],
  ["JsonToString", 1],
  ["StringToJson", 1],
  ["MathRandom", 3],
  ["MathAdd", 2],
  ["StringSplit", 2],
  ["Format", 3],
  ["UUID", 0],
] as const;

/** A call of an intrinsic function. */
export function anyIntrinsic(random: Random, depth = 0): string {
  const [name, most] = random.pick(functions);
  const count = random.isOneOf(8) ? random.below(5) : most;
  const values = Array.from({ length: count }, () => argument(random, depth + 1));
  if (name === "Format") values[0] = `'${"{}".repeat(random.isOneOf(20) ? 1000 : Math.max(0, count - 1))}'`;
  if (name === "ArrayRange" && !random.isOneOf(3))
    return `States.ArrayRange(${random.pick(["1, 1000, 1", "1, 1000000000, 1", "0, -9, -3", "5, 5, 0"])})`;
  return `States.${name}(${values.join(", ")})`;
}

function argument(random: Random, depth: number): string {
  const kind = random.below(depth > 8 ? 3 : 6);
  if (kind === 0) return anyPath(random);
  if (kind === 1)
    return random.pick([
      "0",
      "1",
      "-1",
      "2147483647",
      "-2147483648",
      "9007199254740993",
      "1e308",
      "0.1",
      "99999999999999999999",
      "null",
      "true",
    ]);
  if (kind === 2)
    return random.pick([
      "'a'",
      "'{}'",
      "''",
      "'SHA-256'",
      "'\\'\\{\\}\\\\'",
      "'[1,{\"a\":2}]'",
      "'====' ",
      "'ä🦊'",
      "','",
    ]);
  return anyIntrinsic(random, depth);
}

/** JSONata that does not end, or grows, or is hard on those who evaluate it. */
const heavyJsonata = [
  "($f := function($n) { $f($n + 1) }; $f(0))",
  "($f := function($n) { 1 + $f($n + 1) }; $f(0))",
  "($f := function($n) { $n < 0 ? 0 : $g($n + 1) }; $g := function($n) { $f($n) }; $f(0))",
  "($f := function($x) { $x ~> $f }; 1 ~> $f)",
  "[1..10000000]",
  "[1..1000000000000]",
  "$count([1..900000])",
  "$sum([1..500000])",
  "$join([1..200000].$string($))",
  "$pad('a', 100000000)",
  "$reduce([1..100], function($a, $b) { $a & $a }, 'ab')",
  "$reduce([1..50], function($a, $b) { $append($a, $a) }, [1])",
  "$reduce([1..20000], function($a, $b) { [[$a]] }, [])",
  "$reduce([1..20000], function($a, $b) { {'a': $a} }, {})",
  "$map([1..1000], function($i) { [1..1000] })",
  "[1..1000].[1..1000].[1..1000]",
  "$map([1..3000], function($i) { $map([1..3000], function($j) { $i * $j }) })",
  "$match('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!', /^(a+)+$/)",
  "$contains('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', /(a|aa)+$b/)",
  "$replace($pad('', 100000, 'a'), /a*/, function($m) { $m.match & 'b' })",
  "$replace($pad('', 50000, 'a'), 'a', $pad('', 50000, 'b'))",
  "$split($pad('', 200000, ','), /,/)",
  "$sort([1..100000], function($l, $r) { true })",
  "$sort([1..1000], function($l, $r) { $random() > 0.5 })",
  "$sort($map([1..30000], function($i) { 30000 - $i }))",
  "$shuffle([1..200000])",
  "$distinct([1..50000])",
  "$zip([1..100000], [1..100000])",
  "$states.context.**",
  "**.**.**.**",
  "[1..3000].%",
  "$states ~> |**|{'x': $}|",
  "$states.input ~> |$|{'b': $states.input}|",
  "$eval('1 + 1')",
  "$formatNumber(1e300, '#,##0.00000000')",
  "$formatNumber(12345.678, $pad('', 10000, '#'))",
  "$formatBase(9007199254740991, 36)",
  "$formatInteger(1e20, 'w')",
  "$fromMillis(1e15, '[Y]-[M]-[D]T[H]:[m]:[s].[f]')",
  "$toMillis('9999999-12-31T00:00:00Z')",
  "$fromMillis(0, $pad('', 5000, '[Y]'))",
  "$parse($pad('', 100000, '['))",
  "$parse('{\"__proto__\": 1}')",
  "$range(0, 1000000000000, 1)",
  "$range(0, 1, 1e-300)",
  "$partition([1..100000], 1)",
  "$hash($pad('a', 1000000), 'SHA-512')",
  "$random(1)",
  "$contains($pad('', 2000000, 'a'), $pad('', 100000, 'a') & 'b' & $pad('', 100000, 'a'))",
  "$contains($pad('', 190000, 'a'), /(?=a)(?=a)(?=a)(?=a)(?=a)(?=a)(?=a)(?=a)c/)",
  "$length($uppercase($pad('', 2000000, 'ﬃ')))",
  "$map([1..1000], function($i) { $string($states.input) })",
  "[1..200000].$append([1..10000], $)",
  "$distinct([1..800000].{'a': $})",
  "$toMillis($pad('', 2000, '1'), $pad('', 2000, '[Y]'))",
  "$uuid()",
  "1/0",
  "0/0",
  "-(1/0)",
  "1e308 * 10",
  "$power(10, 400)",
  "$sqrt(-1)",
  "$number('1e999')",
  "$string($string)",
  "function($x) { $x }",
  "$lookup({'a': 1}, '__proto__')",
  "{'__proto__': 1, 'constructor': 2}.__proto__",
  "$states.__proto__.constructor",
  "$merge([{'__proto__': {'x': 1}}])",
  "$spread($states)",
  "$each($states, function($v, $k) { $k })",
  "$sift($states, function($v) { $exists($v) })",
  "$keys($$)",
  "$single([1..9], function($v) { $v > 8 })",
  "$error('x')",
  "$assert(false, 'no')",
  "($a := [1..1000]; $b := $a.($a); $count($b))",
  "($x := {'a': 1}; $x ~> |$|{'self': $x}|)",
  "'\ud800' & '🦊'",
  "$substring('🦊🦊🦊', 1, 1)",
  "$encodeUrl('\ud800')",
  "$base64decode('!!!!')",
  "$base64encode($pad('', 1000000, 'ä'))",
  "$string([1..100000])",
  "$states.input[$ > 1][0]^(>a, <b){c: $sum(d)}",
  "$lowercase($pad('', 4000000, 'A'))",
  "$trim($pad('a', 3000000))",
] as const;

/** A JSONata expression, without the marks around it. */
export function anyJsonata(random: Random, depth = 0): string {
  if (depth === 0 && random.isOneOf(2)) return random.pick(heavyJsonata);
  const inner = (): string => (depth > 4 ? "$states.input" : anyJsonata(random, depth + 1));
  const name = random.pick(names.slice(0, 10));
  const kinds: readonly (() => string)[] = [
    () => random.pick(["1", "'a'", "null", "true", "[]", "{}", "-1.5", "1e300", "9007199254740993"]),
    () =>
      `$states.${random.pick(["input", "context", "result", "errorOutput", "input.items", "context.Execution.Input.items"])}`,
    () => `$states.context.Execution.Input.${name}`,
    () =>
      `(${inner()} ${random.pick(["+", "-", "*", "/", "%", "&", "=", "!=", "<", ">", "and", "or", "in", "..", "?:"])} ${inner()})`,
    () => `[${inner()}, ${inner()}]`,
    () => `{'${name}': ${inner()}}`,
    () => `${inner()}.${name}`,
    () => `${inner()}[${inner()}]`,
    () => `[${random.below(9)}..${random.pick(["3", "100", "100000"])}].(${inner()})`,
    () =>
      `$${random.pick(["string", "count", "sum", "keys", "reverse", "distinct", "length", "type", "boolean", "not", "exists", "flatten", "average", "parse", "sort", "shuffle", "number", "uppercase"])}(${inner()})`,
    () => `$${random.pick(["map", "filter", "each", "sift"])}(${inner()}, function($v, $i) { ${inner()} })`,
    () => `$reduce([1..${random.pick(["5", "1000"])}], function($a, $b) { ${inner()} }, ${inner()})`,
    () => `${inner()} ? ${inner()} : ${inner()}`,
    () => `($x := ${inner()}; $x)`,
    () => `${inner()} ~> $${random.pick(["string", "count", "uppercase"])}`,
    () => `${inner()} ~> |${name}|${inner()}|`,
    () => `${inner()}^(${name})`,
    () => `${inner()}.**`,
  ];
  return random.pick(kinds)();
}
