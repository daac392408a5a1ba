// The page that a person finds at `/`, in a browser: it asks this server, nobody else, and shows what it was told.
import assert from "node:assert/strict";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";

import puppeteer from "puppeteer-core";

import { codes, post, told, url } from "./support.mjs";

const home = new URL("/", url).href;
const shots = process.env.SIMPUL_SCREENSHOTS;
const kinds = ["mobile", "dashboard", "analyst"];
let browser;

before(async () => {
  const args = ["--no-sandbox", "--disable-dev-shm-usage"];
  browser = await puppeteer.launch({ executablePath: told("CHROMIUM"), args });
});
after(() => browser?.close());

/** The page, and all that it complained of or asked of others. */
async function opened(t, { width = 1280, scheme = "light", scripted = true } = {}) {
  const page = await browser.newPage();
  t.after(() => page.close());
  const complaints = [];
  const strangers = [];
  page.on("console", (message) => complaints.push(`${message.type()}: ${message.text()}`));
  page.on("pageerror", (error) => complaints.push(`${error}`));
  page.on("request", (request) => {
    const asked = new URL(request.url());
    const own = asked.protocol === "data:" || asked.origin === new URL(home).origin;
    if (!own) strangers.push(asked.href);
    return own ? request.continue() : request.abort();
  });
  await page.setRequestInterception(true);
  await page.setJavaScriptEnabled(scripted);
  await page.evaluateOnNewDocument(() => {
    globalThis.violations = [];
    document.addEventListener("securitypolicyviolation", (event) => violations.push(event.violatedDirective));
  });
  await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: scheme }]);
  await page.setViewport({ width, height: 800 });
  const response = await page.goto(home, { waitUntil: "load" });
  const quiet = async () => {
    assert.deepEqual(complaints, []);
    assert.deepEqual(strangers, []);
    assert.deepEqual(await page.evaluate(() => globalThis.violations), []);
  };
  return { page, response, quiet };
}

const articleOf = (page, kind) => page.$(`article:has(#${kind})`);
const queryIn = (page, kind) => page.$eval(`#${kind}`, (area) => area.value);

/** Runs the query of an article, and reads all that it then shows. */
async function run(page, kind, act = (article) => article.$("button").then((button) => button.click())) {
  const article = await articleOf(page, kind);
  await article.$eval(".result", (result) => result.replaceChildren());
  await act(article);
  await article.waitForSelector(".result[aria-busy=false] .facts");
  return article.evaluate((article) => {
    const texts = (within, selector) => [...within.querySelectorAll(selector)].map((found) => found.textContent);
    const cell = (td) => (td.querySelector("ul") ? texts(td, "li") : td.textContent);
    // A cell that spans several lines stands in each of them.
    const lines = (rows) => {
      const grid = rows.map(() => []);
      for (const [at, row] of rows.entries()) {
        for (const td of row.cells) {
          let free = 0;
          while (grid[at][free] !== undefined) free += 1;
          for (let line = at; line < at + td.rowSpan; line += 1) grid[line][free] = cell(td);
        }
      }
      return grid;
    };
    return {
      facts: texts(article, ".facts span"),
      errors: [...article.querySelectorAll(".errors li")].map((error) => texts(error, "code, pre")),
      tables: [...article.querySelectorAll("table")].map((table) => ({
        title: table.caption.textContent,
        heads: texts(table.tHead, "th[scope=col]"),
        rows: [...table.tBodies].flatMap((group) => lines([...group.rows])),
      })),
      raw: JSON.parse(article.querySelector("details pre").textContent),
      foreign: article.querySelectorAll(".result :is(img, script, iframe, [style])").length,
    };
  });
}

const write = (page, kind, query) => page.$eval(`#${kind}`, (area, query) => (area.value = query), query);

const text = (value) => `${value}`;
const listed = (values) => (values.length === 1 ? text(values[0]) : values.map(text));
const fields = (title, pairs) => ({ title, heads: ["field", "value"], rows: pairs });

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

  test("is worked by the keyboard alone, with the focus to be seen", async (t) => {
    const { page, quiet } = await opened(t);
    await page.focus("#mobile");
    const byKeys = async () => {
      await page.keyboard.down("Control");
      await page.keyboard.press("Enter");
      await page.keyboard.up("Control");
    };
    assert.equal((await run(page, "mobile", byKeys)).tables.length, 3);
    await page.keyboard.press("Tab");
    const focused = await page.evaluate(() => {
      const { outlineStyle, outlineWidth } = getComputedStyle(document.activeElement);
      return [document.activeElement.ariaLabel, outlineStyle, outlineWidth];
    });
    assert.deepEqual(focused, ["Run: A cooperative’s profile", "solid", "3px"]);
    assert.equal((await run(page, "mobile", () => page.keyboard.press("Space"))).tables.length, 3);
    await quiet();
  });

  test("names every control, heading and table for who hears it", async (t) => {
    const { page } = await opened(t);
    for (const kind of kinds) await run(page, kind);
    const tree = await page.accessibility.snapshot({ interestingOnly: false });
    const nodes = [tree];
    for (const node of nodes) nodes.push(...(node.children ?? []));
    for (const role of ["button", "textbox", "link", "table", "columnheader", "rowheader", "heading"]) {
      const found = nodes.filter((node) => node.role === role);
      assert.ok(found.length > 0, role);
      assert.deepEqual(found.filter(({ name }) => !name), [], role);
    }
  });

  for (const [name, look] of Object.entries({
    light: { scheme: "light" },
    dark: { scheme: "dark" },
    phone: { scheme: "light", width: 360 },
    "phone-dark": { scheme: "dark", width: 360 },
  })) {
    test(`fits and can be read: ${name}`, async (t) => {
      const { page, quiet } = await opened(t, look);
      const width = () => page.evaluate(() => document.documentElement.scrollWidth);
      assert.ok((await width()) <= (look.width ?? 1280));
      if (shots) await page.screenshot({ path: join(shots, `page-${name}.png`), fullPage: true });
      for (const kind of kinds) await run(page, kind);
      assert.ok((await width()) <= (look.width ?? 1280));
      assert.deepEqual(await faint(page), []);
      if (shots) await page.screenshot({ path: join(shots, `page-${name}-answered.png`), fullPage: true });
      await quiet();
    });
  }

  for (const width of [1280, 360]) {
    test(`lets no text run into its neighbour's cell at ${width} pixels`, async (t) => {
      const { page } = await opened(t, { width });
      await write(page, "mobile", "{ cooperatives(first: 3) { nodes { source id slug name } } }");
      await run(page, "mobile");
      const spilled = await page.$$eval("#mobile ~ .result td", (cells) =>
        cells.filter((cell) => cell.scrollWidth > cell.clientWidth + 1).map((cell) => cell.textContent),
      );
      assert.deepEqual(spilled, []);
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

/** Texts with less than 4.5 : 1 of contrast against what they stand on. */
function faint(page) {
  return page.evaluate(() => {
    const parse = (colour) => colour.match(/[\d.]+/g).map(Number);
    const light = (colour) =>
      parse(colour)
        .slice(0, 3)
        .map((part) => (part / 255 <= 0.04045 ? part / 255 / 12.92 : ((part / 255 + 0.055) / 1.055) ** 2.4))
        .reduce((sum, part, at) => sum + part * [0.2126, 0.7152, 0.0722][at], 0);
    const ground = (element) => {
      const { backgroundColor } = getComputedStyle(element);
      return parse(backgroundColor)[3] === 0 ? ground(element.parentElement) : backgroundColor;
    };
    const own = (element) => [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
    return [...document.body.querySelectorAll("*")].filter(own).flatMap((element) => {
      const [low, high] = [light(getComputedStyle(element).color), light(ground(element))].sort((a, b) => a - b);
      const contrast = (high + 0.05) / (low + 0.05);
      return contrast < 4.5 ? [`${element.tagName} ${element.textContent.slice(0, 40)}: ${contrast.toFixed(2)}`] : [];
    });
  });
}
