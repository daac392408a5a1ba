// Which documents are valid: by graphql-js, the specification's reference, and by Simpul, verdict by verdict.
import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { describe, test } from "node:test";

import { buildSchema, parse, parseValue, specifiedRules, typeFromAST, validate } from "graphql";

import { repository, url } from "./support.mjs";
import { chance } from "./validation/chance.mjs";
import { drawer } from "./validation/document.mjs";
import { mutations } from "./validation/mutation.mjs";
import { textChanges } from "./validation/text.mjs";

const seed = Number(process.env.SIMPUL_VALIDATION_SEED ?? Math.floor(Math.random() * 2 ** 32));
const documents = Number(process.env.SIMPUL_VALIDATION_DOCUMENTS ?? 4000);
const text = (name) => readFileSync(new URL(name, repository), "utf8");

const schema = buildSchema(text("schema.graphql"));
const known = readdirSync(new URL("tests/queries/", repository), { recursive: true })
  .filter((name) => name.endsWith(".graphql"))
  .map((name) => text(`tests/queries/${name}`));

// Too large, too dear and too deep are Simpul's own reasons, and no verdicts.
const OTHER = ["COST_LIMIT_EXCEEDED", "DOCUMENT_LIMIT_EXCEEDED", "DEPTH_LIMIT_EXCEEDED", "RATE_LIMITED"];
const INVALID = ["GRAPHQL_PARSE_FAILED", "GRAPHQL_VALIDATION_FAILED"];

// Where graphql-js errs; docs/decisions/0033-validation.md says how.
const ERRING = [/as the one field of its input object it must be/, /stands for .*`__typename` of type String!/];

/** Why graphql-js refuses a document; nothing where it does not. */
function refusal(query) {
  try {
    return validate(schema, parse(query, { allowEmptySelectionSets: false }), specifiedRules, { maxErrors: 1 })[0]?.message;
  } catch (error) {
    return error.message;
  }
}

/** A literal as JSON. */
function plain(node) {
  if (node.kind === "ListValue") return node.values.map(plain);
  if (node.kind === "ObjectValue") return Object.fromEntries(node.fields.map(({ name, value }) => [name.value, plain(value)]));
  return ["IntValue", "FloatValue"].includes(node.kind) ? Number(node.value) : node.value;
}

/** Values for the variables of the first operation, so that nothing but the document can be refused. */
function given(query, literal) {
  try {
    const operation = parse(query).definitions.find(({ kind }) => kind === "OperationDefinition");
    const values = {};
    for (const { variable, type, defaultValue } of operation.variableDefinitions ?? []) {
      const of = typeFromAST(schema, type);
      if (!of || defaultValue || !`${of}`.endsWith("!")) continue;
      values[variable.name.value] = plain(parseValue(literal(of)));
    }
    return { variables: values, operationName: operation.name?.value };
  } catch {
    return {};
  }
}

/** What Simpul says of a document, without executing it. */
async function answer(body) {
  const response = await fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json", "simpul-cost-only": "true" },
    body: JSON.stringify(body),
  });
  return response.json();
}

async function compare(query, literal) {
  const expected = refusal(query);
  const { errors = [] } = await answer({ query, ...given(query, literal) });
  const codes = errors.map(({ extensions }) => extensions?.code);
  if (codes.some((code) => OTHER.includes(code))) return { other: true };
  const refused = errors.find((_, at) => INVALID.includes(codes[at]));
  const agrees = Boolean(expected) === Boolean(refused);
  return { valid: !expected, agrees: agrees || (!expected && ERRING.some((known) => known.test(refused.message))), told: `graphql-js: ${expected ?? "valid"}; Simpul: ${refused?.message ?? `valid ${codes}`}` };
}

const dice = chance(seed);
const draw = drawer(schema, dice);
const changes = { ...mutations(schema, dice, draw.literal), ...Object.fromEntries(Object.entries(textChanges(dice)).map(([name, change]) => [name, change])) };
const textual = new Set(Object.keys(textChanges(dice)));

/** Changes a document, or leaves it as it is where it cannot be read. */
function changed(name, query) {
  if (textual.has(name)) return changes[name](query);
  try {
    return changes[name](parse(query));
  } catch {
    return undefined;
  }
}

describe(`graphql-js and Simpul agree on what is valid (SIMPUL_VALIDATION_SEED=${seed})`, () => {
  test(`${documents} documents`, { timeout: 600_000 }, async () => {
    const names = [...Object.keys(changes), "nothing", "nothing"];
    const disagreements = new Map();
    const counts = { valid: 0, invalid: 0, other: 0 };
    for (let at = 0; at < documents; at++) {
      let query = dice.happens(0.3) ? dice.pick(known) : draw.document();
      const made = [];
      for (let times = dice.happens(0.15) ? 2 : 1; times > 0; times--) {
        const name = dice.pick(names);
        const next = name === "nothing" ? query : changed(name, query);
        if (next !== undefined) query = next;
        made.push(name);
      }
      const { other, valid, agrees, told } = await compare(query, draw.literal);
      counts[other ? "other" : valid ? "valid" : "invalid"]++;
      if (other || agrees) continue;
      const kind = `${made.join(", ")}: ${told.replaceAll(/"[^"]*"|`[^`]*`/g, "_")}`;
      const shortest = disagreements.get(kind);
      if (!shortest || query.length < shortest.query.length) disagreements.set(kind, { query, told });
    }
    console.log(JSON.stringify(counts));
    const report = [...disagreements].map(([kind, { query, told }]) => `${kind}\n  ${told}\n${query}\n`);
    assert.equal(disagreements.size, 0, report.join("\n"));
    assert.ok(counts.valid > documents / 10 && counts.invalid > documents / 4, JSON.stringify(counts));
    assert.ok(counts.other < documents / 4, JSON.stringify(counts));
  });
});
