// How the plain editor shows answers: nested rows, figures, synthetic rows, errors, and texts that contain markup.
import assert from "node:assert/strict";
import { join } from "node:path";
import { describe, test } from "node:test";

import { fields, opened, run, shots, write } from "./editor/browser.mjs";
import { codes, document, post } from "./support.mjs";

const plain = { editor: "plain", lang: "en" };
const figures = document("analyst/linkage-figures");
const origins = "{ cooperatives(first: 20) { nodes { source name region { name } } } }";

describe("an answer in the plain editor", () => {
  test("keeps what is nested beside what it belongs to", async (t) => {
    const { page, quiet } = await opened(t, plain);
    const data = {
      deals: {
        nodes: [
          {
            title: "first",
            tags: ["a", "b"],
            parties: [
              { role: "FIRST", party: { name: "one" } },
              { role: "SECOND", party: { name: "two", sales: [{ kind: "K", worth: 1 }, { kind: "L", worth: null }] } },
              { role: "THIRD", party: { name: "three", sales: [] } },
              { role: "FOURTH", party: null },
            ],
            signers: [{ name: "S", office: "chair" }],
          },
          { title: "second", tags: [], parties: [], signers: null },
        ],
      },
      nodes: [null, { id: "x" }],
    };
    await page.evaluate((data) => (globalThis.fetch = async () => new Response(JSON.stringify({ data }))), data);
    const { tables, facts } = await run(page);
    const first = ["first", ["a", "b"]];
    const heads = [
      ...["title", "tags", "parties.role", "parties.party.name", "parties.party.sales.kind", "parties.party.sales.worth"],
      ...["signers.name", "signers.office"],
    ];
    assert.deepEqual(tables, [
      {
        title: "deals.nodes",
        heads,
        rows: [
          [...first, "FIRST", "one", "", "", "", ""],
          [...first, "SECOND", "two", "K", "1", "", ""],
          [...first, "SECOND", "two", "L", "null", "", ""],
          [...first, "THIRD", "three", "none", "none", "", ""],
          [...first, "FOURTH", "null", "null", "null", "", ""],
          [...first, "", "", "", "", "S", "chair"],
          ["second", "none", "none", "none", "none", "none", "null", "null"],
        ],
      },
      { title: "nodes", heads: ["id"], rows: [["null"], ["x"]] },
    ]);
    assert.ok(facts.includes("rows: 4"), `${facts}`);
    await quiet();
  });

  test("groups the digits of sums for the eye, and changes no character of them", async (t) => {
    const { page } = await opened(t, { ...plain, query: figures.query, variables: JSON.stringify(figures.variables) });
    await run(page);
    const sums = await page.$$eval("#result [title]", (found) =>
      found.map((sum) => [sum.title, sum.textContent, sum.querySelectorAll(".three").length]),
    );
    assert.ok(sums.length >= 20);
    for (const [raw, seen, threes] of sums) {
      assert.equal(seen, raw);
      const digits = raw.replace(/\..*/, "").length;
      assert.equal(threes, digits < 5 ? 0 : Math.ceil(digits / 3) - 1, raw);
    }
  });

  test("keeps the sign of a loss beside its digits", async (t) => {
    const { page } = await opened(t, plain);
    const nodes = ["-254641", "-1496952", "-64502", "-1234", "1234", "12345.678901"].map((surplus) => ({ surplus }));
    const data = { annualReports: { nodes } };
    await page.evaluate((data) => (globalThis.fetch = async () => new Response(JSON.stringify({ data }))), data);
    await run(page);
    const parts = await page.$$eval("#result td span[title]", (found) =>
      found.map((sum) => [...sum.childNodes].map((part) => part.textContent)),
    );
    assert.deepEqual(parts, [
      ...[["-254", "641"], ["-1", "496", "952"], ["-64", "502"]],
      ...[["-1234"], ["1234"], ["12", "345", ".678901"]],
    ]);
  });

  test("marks what is made up, and nothing else", async (t) => {
    const { page } = await opened(t, { ...plain, query: origins });
    const { tables } = await run(page);
    const marked = await page.$$eval("#result mark", (marks) => marks.map((mark) => mark.textContent));
    const made = tables.flatMap(({ rows }) => rows.flat()).filter((value) => value === "SYNTHETIC");
    assert.deepEqual(marked, made);
  });

  test("shows an error by its code and message", async (t) => {
    const { page } = await opened(t, plain);
    const query = '{ cooperative(by: { slug: "kopontren-al-ittifaq" }) { nope } }';
    await write(page, query);
    const shown = await run(page);
    const answer = await post({ query });
    assert.deepEqual(codes(answer), ["GRAPHQL_VALIDATION_FAILED"]);
    assert.deepEqual(shown.errors, [["GRAPHQL_VALIDATION_FAILED", answer.body.errors[0].message]]);
    assert.deepEqual(shown.tables, []);
    assert.match(await page.$eval("#said", (said) => said.textContent), /GRAPHQL_VALIDATION_FAILED/);
    if (shots) await page.screenshot({ path: join(shots, "editor-error.png"), fullPage: true });
  });

  test("shows data and errors that come together, and what is not there as null", async (t) => {
    const { page } = await opened(t, plain);
    await write(page, '{ node(id: "no id") { id } cooperative(by: { slug: "nobody" }) { name } }');
    const { errors, tables } = await run(page);
    assert.deepEqual(errors.map(([code]) => code), ["BAD_USER_INPUT"]);
    assert.deepEqual(tables, [fields("node", [["node", "null"]]), fields("cooperative", [["cooperative", "null"]])]);
  });

  test("takes whatever an answer holds for text", async (t) => {
    const { page, quiet } = await opened(t, plain);
    await page.exposeFunction("attacked", () => assert.fail("markup was run"));
    const markup = "<img src=x onerror=attacked()>";
    await page.evaluate((markup) => {
      const data = { node: { name: markup, nodes: [{ a: markup, b: [markup, markup] }] } };
      const answer = { data, errors: [{ message: markup }] };
      globalThis.fetch = async () => new Response(JSON.stringify(answer));
    }, markup);
    const { tables, errors, foreign } = await run(page);
    assert.equal(foreign, 0);
    assert.deepEqual(errors, [["ERROR", markup]]);
    assert.deepEqual(tables, [
      fields("node", [["name", markup]]),
      { title: "node.nodes", heads: ["a", "b"], rows: [[markup, [markup, markup]]] },
    ]);
    await quiet();
  });

  test("says so where the server gives no answer, or one that is none", async (t) => {
    const { page } = await opened(t, plain);
    await page.evaluate(() => (globalThis.fetch = async () => new Response("busy", { status: 503 })));
    assert.deepEqual((await run(page)).errors, [["HTTP 503", "busy"]]);
    await page.evaluate(() => (globalThis.fetch = async () => Promise.reject(new TypeError("gone"))));
    assert.deepEqual((await run(page)).errors.map(([code]) => code), ["UNREACHABLE"]);
  });

  test("shows the last query's answer, whichever comes first", async (t) => {
    const { page } = await opened(t, plain);
    await page.evaluate(() => {
      const answer = (order) => new Response(JSON.stringify({ data: { order } }));
      globalThis.late = new Promise((answered) => {
        globalThis.fetch = () => {
          globalThis.fetch = async () => answer("second");
          return new Promise((resolve) => (globalThis.release = () => answered(resolve(answer("first")))));
        };
      });
    });
    await page.click(".ask form button");
    const { tables } = await run(page);
    assert.deepEqual(tables, [fields("order", [["order", "second"]])]);
    await page.evaluate(async () => {
      release();
      await late;
      await new Promise((done) => setTimeout(done));
    });
    assert.equal(await page.$eval("#result tbody td", (td) => td.textContent), "second");
  });
});
