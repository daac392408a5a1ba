// A browser that opens the query editor, and tells what it complained of or asked of others.
import assert from "node:assert/strict";
import { after, before } from "node:test";

import puppeteer from "puppeteer-core";

import { told, url } from "../support.mjs";

export const shots = process.env.SIMPUL_SCREENSHOTS;
let browser;

before(async () => {
  const args = ["--no-sandbox", "--disable-dev-shm-usage"];
  browser = await puppeteer.launch({ executablePath: told("CHROMIUM"), args });
});
after(() => browser?.close());

/** The address of the editor, with these parameters. */
export function address(parameters = {}) {
  const link = new URL("/graphql", url);
  for (const [name, value] of Object.entries(parameters)) link.searchParams.set(name, value);
  return link.href;
}

/** The editor in a browser of its own, whose storage is empty. */
export async function opened(t, parameters, { width = 1280, scheme = "light", scripted = true } = {}) {
  const context = await browser.createBrowserContext();
  const page = await context.newPage();
  t.after(() => context.close());
  const complaints = [];
  page.on("console", (message) => complaints.push(`${message.type()}: ${message.text()}`));
  page.on("pageerror", (error) => complaints.push(`${error.stack}`));
  page.on("request", (request) => {
    const asked = new URL(request.url());
    const own = ["data:", "blob:"].includes(asked.protocol) || asked.origin === new URL(url).origin;
    if (!own) complaints.push(`foreign: ${asked.href}`);
    return own ? request.continue() : request.abort();
  });
  await page.setRequestInterception(true);
  await page.setJavaScriptEnabled(scripted);
  await page.evaluateOnNewDocument(() => {
    globalThis.violations = [];
    document.addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI }) =>
      violations.push(`${violatedDirective} ${blockedURI}`),
    );
  });
  await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: scheme }]);
  await page.setViewport({ width, height: 800 });
  const response = await page.goto(address(parameters), { waitUntil: "load" });
  const quiet = async () => {
    assert.deepEqual(complaints, []);
    if (scripted) assert.deepEqual(await page.evaluate(() => globalThis.violations), []);
  };
  return { page, response, quiet };
}

export const fits = async (page) =>
  assert.deepEqual(await page.evaluate(() => [document.documentElement.scrollWidth <= innerWidth]), [true]);

/** Runs what stands in the plain editor, and reads all that it then shows. */
export async function run(page, act = () => page.click(".ask form button")) {
  await page.$eval("#result", (result) => result.replaceChildren());
  await act();
  await page.waitForSelector("#result[aria-busy=false] .facts");
  return page.$eval("#result", (result) => {
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
      facts: texts(result, ".facts span"),
      errors: [...result.querySelectorAll(".errors li")].map((error) => texts(error, "code, pre")),
      tables: [...result.querySelectorAll("table")].map((table) => ({
        title: table.caption.textContent,
        heads: texts(table.tHead, "th[scope=col]"),
        rows: [...table.tBodies].flatMap((group) => lines([...group.rows])),
      })),
      raw: JSON.parse(result.querySelector("details pre").textContent),
      foreign: result.querySelectorAll(":is(img, script, iframe, [style])").length,
    };
  });
}

/** Writes into the plain editor, as by hand. */
export const write = (page, query, variables = "") =>
  page.evaluate((...texts) => {
    for (const [at, id] of ["query", "variables"].entries()) {
      const area = document.getElementById(id);
      area.value = texts[at];
      area.setSelectionRange(area.value.length, area.value.length);
      area.dispatchEvent(new Event("input"));
    }
  }, query, variables);

/** The table of what has no rows of its own: a line for each field. */
export const fields = (title, pairs) => ({ title, heads: ["field", "value"], rows: pairs });
