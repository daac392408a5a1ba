// The query editor at `/graphql` in a browser: opened by a link, asked, and answered by this server alone.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { get } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, test } from "node:test";

import { isFirefox } from "./browser.mjs";
import { address, fits, opened, run, shots, write } from "./editor/browser.mjs";
import { alIttifaq, document, post, told } from "./support.mjs";

const query = `query One($slug: String!) {
  cooperative(by: { slug: $slug }) { source name region { name } }
}
query Many {
  cooperatives(first: 3, where: { source: { eq: SYNTHETIC } }) { totalCount nodes { source name memberCount } }
}`;
const variables = JSON.stringify({ slug: alIttifaq.slug });
const link = { query, variables, operationName: "Many" };
const plain = { editor: "plain", lang: "en" };
const picture = async (page, name) => shots && (await page.screenshot({ path: join(shots, `editor-${name}.png`) }));
const parameters = (page) => Object.fromEntries(new URL(page.url()).searchParams);

const built = readdirSync(new URL("../../editor/dist", import.meta.url)).includes(".stamp");

describe("GraphiQL", { skip: !built && "it was not built: scripts/editor" }, () => {
  const answered = async (page, at) => {
    await page.click(".graphiql-execute-button");
    const items = await page.waitForSelector("[role=menuitem]").then(() => page.$$("[role=menuitem]"));
    await items[at].click();
    await page.waitForSelector(".simpul-answer .facts");
    return page.$$eval(".simpul-answer :is(.facts span, td, th)", (found) => found.map((one) => one.textContent));
  };

  for (const [scheme, lang, cost, marked] of [
    ["light", "id", /^biaya \d+ \(paling banyak/, "nilai"],
    ["dark", "en", /^cost \d+ \(at most/, "value"],
  ]) {
    test(`is opened by a link and shows the answer with its cost: ${scheme}, ${lang}`, async (t) => {
      const { page, response, quiet } = await opened(t, { ...link, lang }, { scheme });
      assert.match(response.headers()["content-security-policy"], /script-src 'self'; worker-src 'self';/);
      await page.waitForFunction(() => document.querySelector(".view-lines")?.textContent.includes("cooperatives"));
      const shown = await answered(page, 1);
      assert.ok(shown.some((text) => cost.test(text)), `${shown}`);
      assert.ok(shown.includes(marked) && shown.includes("SYNTHETIC"), `${shown}`);
      await page.waitForFunction(() => document.querySelector(".result-window").textContent.includes("totalCount"));
      await new Promise((done) => setTimeout(done, 500));
      assert.deepEqual(parameters(page), { ...link, lang });
      assert.ok(page.workers().length >= 2, "workers do the reading of documents");
      await picture(page, `full-${scheme}`);
      await quiet();
    });
  }

  test("writes what is typed into its address, and opens with the examples", async (t) => {
    const { page, quiet } = await opened(t, {});
    await page.waitForSelector(".view-line");
    const tabs = await page.$$eval(".graphiql-tab", (tabs) => tabs.map((tab) => tab.textContent.trim()));
    assert.equal(tabs.length, 10);
    assert.match(tabs[0], /CooperativeProfile/);
    // The middle of long lines is outside of the editor.
    await page.click(".graphiql-query-editor .view-lines", { offset: { x: 20, y: 10 } });
    await page.keyboard.type("# typed\n");
    await page.waitForFunction(() => new URL(location.href).searchParams.get("query")?.includes("# typed"));
    await quiet();
  });

  test("gives way to the plain editor where the screen is narrow", async (t) => {
    const { page, quiet } = await opened(t, link, { width: 390 });
    await page.waitForSelector("textarea#query");
    assert.equal(await page.$eval("#query", (area) => area.value), query);
    assert.deepEqual(parameters(page), { ...link, editor: "plain" });
    await fits(page);
    await quiet();
  });
});

describe("the plain editor", () => {
  for (const [name, look] of Object.entries({
    light: { scheme: "light" },
    dark: { scheme: "dark" },
    phone: { scheme: "light", width: 390 },
  })) {
    test(`is opened by a link and shows the answer as tables: ${name}`, async (t) => {
      const { page, quiet } = await opened(t, { ...plain, ...link }, look);
      await fits(page);
      const shown = await run(page);
      const { body } = await post({ ...link, variables: JSON.parse(variables) });
      assert.deepEqual(shown.raw.data, body.data);
      assert.deepEqual(shown.tables.map(({ title }) => title), ["cooperatives", "cooperatives.nodes"]);
      const rows = body.data.cooperatives.nodes.map((row) => Object.values(row).map(String));
      assert.deepEqual(shown.tables[1].rows, rows);
      const { requested, actual, limit } = body.extensions.cost;
      assert.ok(shown.facts.includes(`cost ${actual} (at most ${requested}; allowed ${limit})`), `${shown.facts}`);
      assert.equal(await page.$$eval("#result mark", (marks) => marks.length), 3);
      await fits(page);
      await picture(page, `plain-${name}`);
      await quiet();
    });
  }

  test("writes what is typed into its address, keeps what was run, and opens it again", async (t) => {
    const { page, quiet } = await opened(t, plain);
    await write(page, query, variables);
    assert.deepEqual(parameters(page), { ...plain, query, variables });
    await page.type("#operationName", "One");
    assert.deepEqual(parameters(page), { ...plain, query, variables, operationName: "One" });
    assert.equal((await run(page, () => page.keyboard.press("Enter"))).tables[0].rows[1][1], alIttifaq.name);
    await write(page, "{ __typename }");
    const byKeys = async () => {
      await page.focus("#query");
      await page.keyboard.down("Control");
      await page.keyboard.press("Enter");
      await page.keyboard.up("Control");
    };
    await page.$eval("#operationName", (input) => (input.value = ""));
    await run(page, byKeys);
    await page.click(".ask > details summary");
    const kept = await page.$$eval("#history a", (links) => links.map((link) => link.href));
    assert.deepEqual(kept.map((href) => new URL(href).searchParams.get("query")), ["{ __typename }", query]);
    await page.goto(kept[1]);
    assert.equal(await page.$eval("#variables", (area) => area.value), variables);
    await quiet();
  });

  test("completes the names of fields at the cursor", async (t) => {
    const { page, quiet } = await opened(t, plain);
    await write(page, "{ cooperatives(first: 1) { nodes { reg");
    await page.waitForSelector("#hints button");
    assert.deepEqual(
      await page.$$eval("#hints button", (hints) => hints.map((hint) => [hint.textContent, hint.title])),
      [["region", "Region"], ["registrationNumber", "String"]],
    );
    await page.focus("#query");
    await page.keyboard.down("Control");
    await page.keyboard.press(" ");
    await page.keyboard.up("Control");
    await page.keyboard.press("Enter");
    await page.keyboard.type("code");
    await page.waitForFunction(() => document.querySelector("#query").value.endsWith("region { code }"));
    await quiet();
  });

  test("says what is wrong with variables, and sends nothing", async (t) => {
    const { page, quiet } = await opened(t, { ...plain, query, variables: "{ slug: }", operationName: "One" });
    await page.click(".ask form button");
    assert.match(await page.$eval("#said", (said) => said.textContent), /^The variables are no JSON:/);
    assert.equal(await page.evaluate(() => document.activeElement.id), "variables");
    assert.equal(await page.$("#result .facts"), null);
    await quiet();
  });

  test("copies programs that print the answer", async (t) => {
    const { page } = await opened(t, { ...plain, ...link, operationName: "One" });
    const folder = mkdtempSync(join(tmpdir(), "simpul-editor."));
    t.after(() => rmSync(folder, { recursive: true }));
    for (const [program, file, command] of [
      ["curl", "ask.sh", ["bash"]],
      ["fetch", "ask.mjs", [process.execPath]],
      ["Python", "ask.py", [told("SIMPUL_PYTHON")]],
    ]) {
      const odd = "query One($slug: String!) { cooperative(by: { slug: $slug }) { name } } # it's `${odd}` \\";
      for (const asked of [query, odd]) {
        await write(page, asked, variables);
        await page.click(`[data-program=${program}]`);
        await page.waitForFunction(() => document.querySelector("#said").textContent);
        writeFileSync(join(folder, file), await page.$eval("#copied", (copied) => copied.textContent));
        const ended = spawnSync(command[0], [join(folder, file)], { encoding: "utf8" });
        assert.equal(ended.status, 0, ended.stderr);
        assert.ok(ended.stdout.includes(alIttifaq.name), `${program}: ${ended.stdout}`);
      }
    }
  });

  const skip = isFirefox && "downloads go to a folder by the protocol of Chromium";
  test("downloads all rows of a list, and the table of what is no list", { skip }, async (t) => {
    const { page, quiet } = await opened(t, { ...plain, ...link });
    const folder = mkdtempSync(join(tmpdir(), "simpul-editor."));
    t.after(() => rmSync(folder, { recursive: true }));
    const session = await page.createCDPSession();
    await session.send("Page.setDownloadBehavior", { behavior: "allow", downloadPath: folder });
    const file = async () => {
      for (let tries = 0; tries < 100; tries += 1) {
        const [name] = readdirSync(folder).filter((name) => name.endsWith(".csv"));
        if (name) {
          const text = readFileSync(join(folder, name), "utf8");
          rmSync(join(folder, name));
          return text;
        }
        await new Promise((done) => setTimeout(done, 100));
      }
      return assert.fail("nothing was downloaded");
    };
    await run(page);
    await page.click("#download");
    const rows = (await file()).trim().split("\r\n");
    assert.deepEqual([rows[0], rows.length], ["source,name,memberCount", 4]);

    const data = {
      cooperative: {
        name: '=SUM(1) "x", y',
        sales: [
          { buyer: "A\nB", sum: -5, tags: ["a", "b"], months: [{ at: 1 }, { at: 2 }] },
          { buyer: "-x", sum: null, tags: [], months: [] },
        ],
      },
    };
    await page.evaluate((data) => {
      globalThis.fetch = async (to) => new Response(JSON.stringify({ data }), { status: `${to}`.includes("export") ? 400 : 200 });
    }, data);
    await run(page);
    await page.click("#download");
    assert.equal(
      await file(),
      ['"buyer","sum","tags","months.at"', '"A\nB","-5","a; b","1; 2"', '"\'-x","","",""', ""].join("\r\n"),
    );
    await quiet();
  });

  test("says without scripts how to go on, and downloads", async (t) => {
    const { page } = await opened(t, { ...plain, ...link }, { scripted: false });
    const said = await page.$eval("body", (body) => body.innerText);
    assert.ok(said.includes("Without JavaScript"), said);
    assert.equal(await page.$eval("#query", (area) => area.value), query);
    assert.equal(await page.$eval("#download", (button) => new URL(button.formAction).pathname), "/export/csv");
  });

  test("sends less than 8 kB of scripts", async () => {
    const sent = async (name) => {
      const [response] = await once(get(new URL(`/editor/${name}`, address()), { headers: { "accept-encoding": "br" } }), "response");
      let bytes = 0;
      for await (const part of response) bytes += part.length;
      return bytes;
    };
    const parts = await Promise.all(["editor.js", "answer.js", "request.js", "completion.js"].map(sent));
    const bytes = parts.reduce((sum, part) => sum + part, 0);
    assert.ok(bytes > 3_000 && bytes < 8_000, `${bytes}`);
  });

  test("runs each of its examples", async (t) => {
    const { page, quiet } = await opened(t, plain);
    const links = await page.$$eval(".examples a", (links) => links.map((link) => link.href));
    assert.equal(links.length, 10);
    for (const href of links) {
      await page.goto(href);
      assert.deepEqual((await run(page)).errors, [], href);
    }
    const { query, variables } = document("mobile/cooperative-profile");
    assert.equal(new URL(links[0]).searchParams.get("query"), query);
    assert.deepEqual(JSON.parse(new URL(links[0]).searchParams.get("variables")), variables);
    await quiet();
  });
});
