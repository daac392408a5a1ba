// The landing page at `/` in a browser: it sends requests only to this server, and shows the answers.
import assert from "node:assert/strict";
import { join } from "node:path";
import { describe, test } from "node:test";

import { fields, home, kinds, opened, queryIn, run, shots } from "./page/browser.mjs";
import { post, url } from "./support.mjs";

const text = (value) => `${value}`;
const listed = (values) => (values.length === 1 ? text(values[0]) : values.map(text));

/** What the tables must be, from the answer itself. */
const expected = {
  mobile({ cooperative: { source, name, type, status, region, commodities, sales } }) {
    return [
      fields("cooperative", [
        ["source", source],
        ["name", name],
        ["type", type],
        ["status", status],
        ["region.name", region.name],
        ["region.ancestors.name", listed(region.ancestors.map(({ name }) => name))],
        ["sales.totalCount", text(sales.totalCount)],
      ]),
      {
        title: "cooperative.commodities.nodes",
        heads: ["source", "commodity.name", "annualVolume", "unit"],
        rows: commodities.nodes.map((row) => [row.source, row.commodity.name, text(row.annualVolume), text(row.unit)]),
      },
      {
        title: "cooperative.sales.nodes",
        heads: ["source", "buyer.name", "kind", "annualValue"],
        rows: sales.nodes.map((row) => [row.source, row.buyer.name, row.kind, text(row.annualValue)]),
      },
    ];
  },
  dashboard({ institution: { source, name, kind, region, supportedPrograms, partnerships } }) {
    return [
      fields("institution", [
        ["source", source],
        ["name", name],
        ["kind", kind],
        ["region.name", region.name],
        ["partnerships.totalCount", text(partnerships.totalCount)],
      ]),
      {
        title: "institution.supportedPrograms.edges",
        heads: ["node.source", "node.name", "node.code", "role"],
        rows: supportedPrograms.edges.map(({ node, role }) => [node.source, node.name, node.code, role]),
      },
      {
        title: "institution.partnerships.nodes",
        heads: ["source", "title", "status", "signedOn", "parties.role", "parties.party.name"],
        rows: partnerships.nodes.flatMap(({ source, title, status, signedOn, parties }) =>
          parties.map(({ role, party }) => [source, title, status, text(signedOn), role, party.name]),
        ),
      },
    ];
  },
  analyst({ linkageAggregate: { nodes } }, { linkageAggregate: { asOf } }) {
    const key = (name) => [`keys.${name}.value`, `keys.${name}.label`];
    return [
      fields("linkageAggregate", [["asOf", asOf]]),
      {
        title: "linkageAggregate.nodes",
        heads: [...key("SOURCE"), ...key("SUPPLIER_PROVINCE"), "count", "annualValue.sum", "annualValue.average"],
        rows: nodes.map(({ keys, count, annualValue: { sum, average } }) =>
          [...keys.flatMap(({ value, label }) => [value, label]), count, sum, average].map(text),
        ),
      },
    ];
  },
};

describe("the page", () => {
  test("says what it is, where to ask and what is made up, under a policy that lets nothing else in", async (t) => {
    const { page, response, quiet } = await opened(t);
    assert.equal(response.status(), 200);
    assert.match(response.headers()["content-type"], /^text\/html/);
    const policy = response.headers()["content-security-policy"];
    for (const part of ["default-src 'none'", "script-src 'self'", "style-src 'self'", "frame-ancestors 'none'"]) {
      assert.ok(policy.includes(part), policy);
    }
    assert.doesNotMatch(policy, /unsafe|https?:/);
    const said = await page.$eval("body", (body) => body.innerText);
    const made = ["SYNTHETIC is made up", "nothing of it ever happened", "data buatan"];
    for (const words of ["GraphQL API", ...made, "NOTICE", "seed/README.md", "GeoNames"]) {
      assert.ok(said.includes(words), words);
    }
    assert.equal(await page.$eval("#endpoint", (code) => code.textContent), new URL("/graphql", url).href);
    assert.ok(await page.$("a[href='/schema.graphql'][download]"));
    if (shots) await page.screenshot({ path: join(shots, "page.png"), fullPage: true });
    await quiet();
  });

  test("weighs less than 20 KB in all", async () => {
    const parts = ["", "page.css", "page.js"].map(async (name) => (await fetch(new URL(name, home))).arrayBuffer());
    const bytes = (await Promise.all(parts)).reduce((sum, part) => sum + part.byteLength, 0);
    assert.ok(bytes > 10_000 && bytes < 20_000, `${bytes}`);
  });

  test("gives a command that works", async (t) => {
    const { page } = await opened(t);
    await page.click("#copy");
    await page.waitForFunction(() => document.querySelector("#said").textContent.startsWith("The command is"));
    const command = await page.$eval("#curl", (code) => code.textContent);
    const [, to, type, body] = /^curl -s (\S+) -H '(.+?)' -d '(.+)'$/.exec(command);
    assert.equal(to, new URL("/graphql", url).href);
    assert.equal(type, "content-type: application/json");
    const answer = await post(JSON.parse(body), to);
    assert.ok(answer.body.data.cooperative.name);
    assert.equal(answer.body.errors, undefined);
  });

  for (const kind of kinds) {
    test(`shows what the API answers to the query of ${kind}`, async (t) => {
      const { page, quiet } = await opened(t);
      const shown = await run(page, kind);
      const { body } = await post({ query: await queryIn(page, kind) });
      assert.equal(body.errors, undefined);
      assert.deepEqual(shown.errors, []);
      assert.deepEqual(shown.tables, expected[kind](body.data, shown.raw.data));
      const { requested, actual, limit } = body.extensions.cost;
      assert.ok(shown.facts.includes(`cost ${actual} (at most ${requested}; allowed ${limit})`), `${shown.facts}`);
      assert.ok(shown.facts.some((fact) => /^\d+ ms$/.test(fact)), `${shown.facts}`);
      assert.ok(shown.tables.flatMap(({ rows }) => rows.flat()).includes("SYNTHETIC"));
      const announced = await page.$eval("#said[role=status]", (said) => said.textContent);
      for (const fact of shown.facts) assert.ok(announced.includes(fact), announced);
      await quiet();
    });
  }

  test("says without scripts what it is and how to ask", async (t) => {
    const { page } = await opened(t, { scripted: false });
    const said = await page.$eval("body", (body) => body.innerText);
    for (const words of ["GraphQL API", "SYNTHETIC is made up", "curl -s http", "Put this page’s address"]) {
      assert.ok(said.includes(words), words);
    }
    assert.equal((await page.$$("article textarea")).length, 3);
    assert.equal((await page.$$("button:not([hidden])")).length, 0);
  });
});
