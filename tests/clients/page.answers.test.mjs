// How the landing page shows answers: nested rows, figures, synthetic rows, errors, and texts that contain markup.
import assert from "node:assert/strict";
import { join } from "node:path";
import { describe, test } from "node:test";

import { articleOf, fields, opened, run, shots, write } from "./page/browser.mjs";
import { codes, post } from "./support.mjs";

describe("an answer on the page", () => {
  test("keeps what is nested beside what it belongs to", async (t) => {
    const { page, quiet } = await opened(t);
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
    const { tables, facts } = await run(page, "mobile");
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
    assert.ok(facts.includes("4 rows"), `${facts}`);
    await quiet();
  });

  test("groups the digits of sums for the eye, and changes no character of them", async (t) => {
    const { page } = await opened(t);
    await run(page, "analyst");
    const sums = await page.$$eval("#analyst ~ .result [title]", (found) =>
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
    const { page } = await opened(t);
    const nodes = ["-254641", "-1496952", "-64502", "-1234", "1234", "12345.678901"].map((surplus) => ({ surplus }));
    const data = { annualReports: { nodes } };
    await page.evaluate((data) => (globalThis.fetch = async () => new Response(JSON.stringify({ data }))), data);
    await run(page, "analyst");
    const parts = await page.$$eval("#analyst ~ .result td span[title]", (found) =>
      found.map((sum) => [...sum.childNodes].map((part) => part.textContent)),
    );
    assert.deepEqual(parts, [
      ...[["-254", "641"], ["-1", "496", "952"], ["-64", "502"]],
      ...[["-1234"], ["1234"], ["12", "345", ".678901"]],
    ]);
  });

  test("marks what is made up, and nothing else", async (t) => {
    const { page } = await opened(t);
    const { tables } = await run(page, "mobile");
    const marked = await page.$$eval("#mobile ~ .result mark", (marks) => marks.map((mark) => mark.textContent));
    const made = tables.flatMap(({ rows }) => rows.flat()).filter((value) => value === "SYNTHETIC");
    assert.deepEqual(marked, made);
  });

  test("shows an error by its code and message", async (t) => {
    const { page } = await opened(t);
    const query = '{ cooperative(by: { slug: "kopontren-al-ittifaq" }) { nope } }';
    await write(page, "mobile", query);
    const shown = await run(page, "mobile");
    const answer = await post({ query });
    assert.deepEqual(codes(answer), ["GRAPHQL_VALIDATION_FAILED"]);
    assert.deepEqual(shown.errors, [["GRAPHQL_VALIDATION_FAILED", answer.body.errors[0].message]]);
    assert.deepEqual(shown.tables, []);
    assert.match(await page.$eval("#said", (said) => said.textContent), /GRAPHQL_VALIDATION_FAILED/);
    if (shots) await (await articleOf(page, "mobile")).screenshot({ path: join(shots, "page-error.png") });
  });

  test("shows data and errors that come together, and what is not there as null", async (t) => {
    const { page } = await opened(t);
    await write(page, "analyst", '{ node(id: "no id") { id } cooperative(by: { slug: "nobody" }) { name } }');
    const { errors, tables } = await run(page, "analyst");
    assert.deepEqual(errors.map(([code]) => code), ["BAD_USER_INPUT"]);
    assert.deepEqual(tables, [fields("node", [["node", "null"]]), fields("cooperative", [["cooperative", "null"]])]);
  });

  test("takes whatever an answer holds for text", async (t) => {
    const { page, quiet } = await opened(t);
    await page.exposeFunction("attacked", () => assert.fail("markup was run"));
    const markup = "<img src=x onerror=attacked()>";
    await page.evaluate((markup) => {
      const data = { node: { name: markup, nodes: [{ a: markup, b: [markup, markup] }] } };
      const answer = { data, errors: [{ message: markup }] };
      globalThis.fetch = async () => new Response(JSON.stringify(answer));
    }, markup);
    const { tables, errors, foreign } = await run(page, "mobile");
    assert.equal(foreign, 0);
    assert.deepEqual(errors, [["ERROR", markup]]);
    assert.deepEqual(tables, [
      fields("node", [["name", markup]]),
      { title: "node.nodes", heads: ["a", "b"], rows: [[markup, [markup, markup]]] },
    ]);
    await quiet();
  });

  test("says so where the server gives no answer, or one that is none", async (t) => {
    const { page } = await opened(t);
    await page.evaluate(() => (globalThis.fetch = async () => new Response("busy", { status: 503 })));
    assert.deepEqual((await run(page, "mobile")).errors, [["HTTP 503", "busy"]]);
    await page.evaluate(() => (globalThis.fetch = async () => Promise.reject(new TypeError("gone"))));
    assert.deepEqual((await run(page, "mobile")).errors.map(([code]) => code), ["UNREACHABLE"]);
  });

  test("shows the last query's answer, whichever comes first", async (t) => {
    const { page } = await opened(t);
    await page.evaluate(() => {
      const answer = (order) => new Response(JSON.stringify({ data: { order } }));
      globalThis.late = new Promise((answered) => {
        globalThis.fetch = () => {
          globalThis.fetch = async () => answer("second");
          return new Promise((resolve) => (globalThis.release = () => answered(resolve(answer("first")))));
        };
      });
    });
    await (await (await articleOf(page, "mobile")).$("button")).click();
    const { tables } = await run(page, "mobile");
    assert.deepEqual(tables, [fields("order", [["order", "second"]])]);
    await page.evaluate(async () => {
      release();
      await late;
      await new Promise((done) => setTimeout(done));
    });
    assert.equal(await page.$eval("#mobile ~ .result tbody td", (td) => td.textContent), "second");
  });
});
