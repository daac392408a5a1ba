// A browser that opens the page, runs its queries and reads what it then shows.
import assert from "node:assert/strict";
import { after, before } from "node:test";

import puppeteer from "puppeteer-core";

import { told, url } from "../support.mjs";

export const home = new URL("/", url).href;
export const shots = process.env.SIMPUL_SCREENSHOTS;
export const kinds = ["mobile", "dashboard", "analyst"];
let browser;

before(async () => {
  const args = ["--no-sandbox", "--disable-dev-shm-usage"];
  browser = await puppeteer.launch({ executablePath: told("CHROMIUM"), args });
});
after(() => browser?.close());

/** The page, and all that it complained of or asked of others. */
export async function opened(t, { width = 1280, scheme = "light", scripted = true, address = home } = {}) {
  const page = await browser.newPage();
  t.after(() => page.close());
  const complaints = [];
  const foreignRequests = [];
  page.on("console", (message) => complaints.push(`${message.type()}: ${message.text()}`));
  page.on("pageerror", (error) => complaints.push(`${error}`));
  page.on("request", (request) => {
    const asked = new URL(request.url());
    const own = asked.protocol === "data:" || asked.origin === new URL(home).origin;
    if (!own) foreignRequests.push(asked.href);
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
  const response = await page.goto(address, { waitUntil: "load" });
  const quiet = async () => {
    assert.deepEqual(complaints, []);
    assert.deepEqual(foreignRequests, []);
    assert.deepEqual(await page.evaluate(() => globalThis.violations), []);
  };
  return { page, response, quiet };
}

export const articleOf = (page, kind) => page.$(`article:has(#${kind})`);
export const queryIn = (page, kind) => page.$eval(`#${kind}`, (area) => area.value);

/** Runs the query of an article, and reads all that it then shows. */
export async function run(page, kind, act = (article) => article.$("button").then((button) => button.click())) {
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

export const write = (page, kind, query) => page.$eval(`#${kind}`, (area, query) => (area.value = query), query);

/** The table of what has no rows of its own: a line for each field. */
export const fields = (title, pairs) => ({ title, heads: ["field", "value"], rows: pairs });
