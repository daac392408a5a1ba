// Completion of field names in the plain editor, without a browser.
import assert from "node:assert/strict";
import { test } from "node:test";

import { repository, url } from "./support.mjs";

const { placeOf } = await import(new URL("src/pages/editor/completion.js", repository));
const schema = await (await fetch(new URL("/editor/fields.json", url))).json();

/** The type whose fields are completed at the end of a text, found by its fields. */
function typeAt(text) {
  const place = placeOf(text, schema);
  return place && Object.entries(schema.types).find(([, fields]) => fields === place.fields)[0];
}

test("knows the type at the cursor", () => {
  for (const [text, type] of [
    ["{", "Query"],
    ["{ coop", "Query"],
    ["query A($by: CooperativeBy! = {slug: \"{\"}) { cooperative(by: $by) { na", "Cooperative"],
    ["{ cooperative(by: {slug: \"a\"}) { region { name } na", "Cooperative"],
    ["{ cooperative(by: {slug: \"a\"}) { region { name }", "Cooperative"],
    ["{ mine: cooperative(by: {slug: \"a\"}) { home: region { ", "Region"],
    ["{ cooperatives(where: {memberCount: {gte: 20}}, first: 2) @include(if: true) { nodes { ", "Cooperative"],
    ["{ node(id: \"x\") { ... on Cooperative { ", "Cooperative"],
    ["{ node(id: \"x\") { ... on Cooperative { name } i", "Node"],
    ["{ node(id: \"x\") { ... { ", "Node"],
    ["fragment F on Region { ", "Region"],
    ["{ __typename } fragment F on Region { name } query B { ", "Query"],
    ["# {\n{ # cooperative {\n ", "Query"],
    ['{ search(text: """a "{" b""") { nodes { ', "SearchResult"],
  ]) {
    assert.equal(typeAt(text), type, text);
  }
});

test("offers nothing where no field may stand", () => {
  for (const text of ["", "query A", "{ cooperative(", "{ cooperative(by: {slug: \"", "{ nothing { ", "{ a } ", "{ ...", "{ ... on ",
    "{ cooperative(by: {slug: \"a\"}) { name @", "{ # a comment", "query A($"]) {
    assert.equal(placeOf(text, schema), null, text);
  }
});

test("tells the word that was begun", () => {
  assert.equal(placeOf("{ coope", schema).word, "coope");
  assert.equal(placeOf("{ cooperative(by: {slug: \"a\"}) { ", schema).word, "");
});
