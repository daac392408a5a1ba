// Validation: Simpul and graphql-js, the reference implementation, must agree on random documents.
import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { describe, test } from "node:test";

import { buildSchema, parse, parseValue, specifiedRules, typeFromAST, validate } from "graphql";

import { repository, url } from "./support.mjs";
import { chance } from "./validation/random.mjs";
import { drawer } from "./validation/document.mjs";
import { mutations } from "./validation/mutation.mjs";
import { textChanges } from "./validation/text.mjs";

// The same in each run: what a run finds is then about the change, and not about the draw.
const seed = Number(process.env.SIMPUL_VALIDATION_SEED ?? 7);
const documents = Number(process.env.SIMPUL_VALIDATION_DOCUMENTS ?? 2000);
const text = (name) => readFileSync(new URL(name, repository), "utf8");

const schema = buildSchema(text("schema.graphql"));
const known = readdirSync(new URL("tests/queries/", repository), { recursive: true })
  .filter((name) => name.endsWith(".graphql"))
  .map((name) => text(`tests/queries/${name}`));

// Limits of size, cost and depth are Simpul's own, and do not count as validation.
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

/** Values for the variables of the first operation, so that only the document can be refused. */
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

/** Both verdicts of a document; no more than `other` where Simpul has reasons of its own. */
async function compare(query, literal) {
  const expected = refusal(query);
  const { errors = [] } = await answer({ query, ...given(query, literal) });
  const codes = errors.map(({ extensions }) => extensions?.code);
  if (codes.some((code) => OTHER.includes(code))) return { other: true };
  const refused = errors.find((_, at) => INVALID.includes(codes[at]))?.message;
  const erring = !expected && refused && ERRING.some((known) => known.test(refused));
  const agrees = erring || Boolean(expected) === Boolean(refused);
  return { valid: !expected, agrees, told: `graphql-js: ${expected ?? "valid"}; Simpul: ${refused ?? `valid ${codes}`}` };
}

const dice = chance(seed);
const draw = drawer(schema, dice);
const toTree = mutations(schema, dice, draw.literal);
const toText = textChanges(dice);
const names = [...Object.keys(toTree), ...Object.keys(toText), "nothing", "nothing"];

/** A document with a change; as it is where the change does not apply. */
function changed(name, query) {
  if (toText[name]) return toText[name](query) ?? query;
  try {
    return toTree[name]?.(parse(query)) ?? query;
  } catch {
    return query; // an earlier change made it no document
  }
}

describe(`graphql-js and Simpul agree on what is valid (SIMPUL_VALIDATION_SEED=${seed})`, () => {
  test(`${documents} documents`, { timeout: 600_000 }, async () => {
    const disagreements = new Map();
    const counts = { valid: 0, invalid: 0, other: 0 };
    for (let at = 0; at < documents; at++) {
      let query = dice.happens(0.3) ? dice.pick(known) : draw.document();
      const made = Array.from({ length: dice.happens(0.15) ? 2 : 1 }, () => dice.pick(names));
      for (const name of made) query = changed(name, query);
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
