// The query editor in a browser.
import assert from "node:assert/strict";

import { visited } from "../browser.mjs";
import { url } from "../support.mjs";

export { shots } from "../browser.mjs";

/** The address of the editor, with these parameters. */
export function address(parameters = {}) {
  const link = new URL("/graphql", url);
  for (const [name, value] of Object.entries(parameters)) link.searchParams.set(name, value);
  return link.href;
}

/** The editor in a browser of its own. */
export const opened = (t, parameters, look) => visited(t, address(parameters), look);

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
