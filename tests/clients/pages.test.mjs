// Every page in a browser: in both languages, light and dark, wide and narrow, with and without JavaScript.
import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";

import { isFirefox, shots, visited } from "./browser.mjs";
import { dataOf, url } from "./support.mjs";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** One address of each kind of page. */
const pages = {
  editor: "/graphql?editor=plain",
  schema: "/schema",
  type: "/schema/Cooperative",
  found: "/schema?q=region",
  home: "/",
  cooperative: "/koperasi/kopontren-al-ittifaq",
  linkage: "/keterhubungan/LK-KOPONTREN-AL-ITTIFAQ-05",
  agreement: "/kemitraan/UGFydG5lcnNoaXA6MDFhMTk0NjdlODAwN2M1MTgyZjg1YjAwZGU5ZmZjZGY",
  search: "/cari?q=kopi+garut&kind=cooperative",
  institution: "/lembaga/perum-bulog",
  program: "/program/MAGANG-KDKMP-2025-AL-ITTIFAQ",
  batch: "/gelombang/MAGANG-KDKMP-2025-AL-ITTIFAQ/1",
  data: "/data",
  province: "/wilayah/32",
  village: "/wilayah/32.04.39.2001",
  commodity: "/komoditas/K062",
  commodities: "/komoditas",
  absent: "/koperasi/tidak-ada",
};

/** Every way in which a page is read. */
const readers = [
  { lang: "id", scheme: "light", width: 1280 },
  { lang: "id", scheme: "dark", width: 390 },
  { lang: "en", scheme: "dark", width: 1280 },
  { lang: "en", scheme: "light", width: 390, scripted: false },
  { lang: "id", scheme: "light", width: 390, scripted: false },
  { lang: "en", scheme: "light", width: 1280 },
];

const addressed = (path, lang) => new URL(`${path}${path.includes("?") ? "&" : "?"}lang=${lang}`, url).href;

describe("pages", { concurrency: 4 }, () => {
  for (const [name, path] of Object.entries(pages)) {
    for (const { lang, ...look } of readers) {
      const script = look.scripted === false ? "without JavaScript" : "with JavaScript";
      test(`${name} fits and is accessible: ${lang}, ${look.scheme}, ${look.width} px, ${script}`, async (t) => {
        const { page, response, quiet } = await visited(t, addressed(path, lang), look);
        const absent = name === "absent";
        assert.equal(response.status(), absent ? 404 : 200);
        assert.equal(await page.evaluate(() => document.documentElement.lang), lang);
        assert.ok((await page.evaluate(() => document.documentElement.scrollWidth)) <= look.width, "it overflows");
        if (shots) await page.screenshot({ path: join(shots, `${name}-${lang}-${look.scheme}-${look.width}.png`), fullPage: true });
        // A browser says in its console that a page answered 404.
        if (!absent) await quiet();
        if (look.scripted !== false) {
          await page.evaluate(axe);
          const { violations } = await page.evaluate(() => axe.run({ resultTypes: ["violations"] }));
          assert.deepEqual(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html).slice(0, 3)]), []);
        }
      });
    }
  }

  const emulated = isFirefox && "emulated by the protocol of Chromium";
  test("the first view of a profile is small, and nothing in it moves", { skip: emulated }, async (t) => {
    const { page } = await visited(t, "about:blank", { width: 390 });
    const session = await page.createCDPSession();
    await session.send("Network.enable");
    let bytes = 0;
    const requests = new Set();
    session.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
      bytes += encodedDataLength;
      requests.add(requestId);
    });
    await page.evaluateOnNewDocument(() => {
      globalThis.shift = 0;
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) globalThis.shift += entry.value;
      }).observe({ type: "layout-shift", buffered: true });
    });
    await page.goto(addressed(pages.cooperative, "id"), { waitUntil: "networkidle0" });
    assert.ok(bytes > 2_000 && bytes < 40_000, `${bytes} bytes`);
    assert.ok(requests.size <= 4, `${requests.size} requests`);
    assert.equal(await page.evaluate(() => globalThis.shift), 0);
  });

  test("columns are sorted by exact values: amounts, dates, and what is not known last", async (t) => {
    let mixed = 0;
    for (const [name, lang] of [["cooperative", "id"], ["institution", "en"], ["linkage", "id"], ["program", "en"], ["province", "id"]]) {
      const { page, quiet } = await visited(t, addressed(pages[name], lang));
      const columns = await page.evaluate(() => {
        const found = [];
        const exact = (cell) => {
          if (cell.querySelector(".unknown")) return null;
          const part = cell.querySelector("data, time");
          return part ? part.getAttribute(part.localName === "time" ? "datetime" : "value") : undefined;
        };
        for (const table of document.querySelectorAll(".scroll table")) {
          [...table.tHead.rows[0].cells].forEach((head, at) => {
            const button = head.querySelector("button");
            const numeric = head.classList.contains("right");
            const none = [...table.tBodies[0].rows].every((row) => exact(row.cells[at]) === undefined);
            if (button && numeric && none) found.push({ caption: table.caption.textContent, inexact: head.textContent });
            if (!button || none) return;
            for (let click = 0; click < 2; click++) {
              button.click();
              const cells = [...table.tBodies[0].rows].map((row) => row.cells[at]);
              const [values, texts] = [cells.map(exact), cells.map((cell) => cell.textContent)];
              found.push({ caption: table.caption.textContent, numeric, direction: head.getAttribute("aria-sort"), values, texts });
            }
          });
        }
        return found;
      });
      assert.ok(columns.length > 1, `${name}: ${columns.length} columns`);
      assert.deepEqual(columns.filter(({ inexact }) => inexact), [], `${name}: numbers without their exact values`);
      for (const { caption, numeric, direction, values, texts } of columns) {
        const known = values.filter((value) => value !== null);
        assert.ok(values.slice(known.length).every((value) => value === null), `${name}, ${caption}: ${values}`);
        const sign = direction === "ascending" ? 1 : -1;
        const order = numeric ? (a, b) => sign * (a - b) : (a, b) => sign * (a < b ? -1 : Number(a > b));
        const expected = (numeric ? known.map(Number) : known).toSorted(order);
        assert.deepEqual(numeric ? known.map(Number) : known, expected, `${name}, ${caption}, ${direction}: ${texts}`);
        if (texts.some((text) => text.includes("juta")) && texts.some((text) => text.includes("miliar"))) mixed++;
      }
      await quiet();
    }
    assert.ok(mixed > 0, "no column has both millions and billions");
  });

  test("nothing moves for a reader who wants no motion", { skip: emulated }, async (t) => {
    for (const name of ["home", "cooperative", "search", "editor"]) {
      const { page } = await visited(t, addressed(pages[name], "id"));
      await page.emulateMediaFeatures([{ name: "prefers-reduced-motion", value: "reduce" }]);
      const moving = await page.evaluate(() => {
        // What a style sheet could ask for; a style of the element itself is the strongest.
        document.querySelector("main a").style.transition = "all 1s";
        return [...document.querySelectorAll("*")]
          .map((each) => [each, getComputedStyle(each)])
          .filter(([, style]) => style.animationName !== "none" || style.transitionDuration !== "0s" || style.scrollBehavior !== "auto")
          .map(([each]) => each.outerHTML.slice(0, 80));
      });
      assert.deepEqual(moving, [], name);
    }
  });

  test("a page on paper has no boxes or navigation, and its tables whole", { skip: emulated }, async (t) => {
    // A4 between margins of one centimetre.
    const paper = 718;
    for (const name of ["home", "cooperative", "institution", "linkage", "agreement", "program", "batch", "province", "commodity", "search"]) {
      const { page } = await visited(t, addressed(pages[name], "id"), { width: paper });
      await page.emulateMediaType("print");
      const printed = await page.evaluate((paper) => {
        const shown = (each) => each.getClientRects().length > 0;
        const left = [...document.querySelectorAll("form, input, nav, .documents, .files, .copy, .suggestions")].filter(shown);
        const cut = [...document.querySelectorAll(".scroll")].filter((area) => {
          const table = area.querySelector("table");
          return shown(area) && (getComputedStyle(area).overflowX !== "visible" || table.getBoundingClientRect().right > paper + 1);
        });
        const heads = (areas) => areas.map((area) => area.outerHTML.slice(0, 120));
        return { left: heads(left), cut: heads(cut), wide: document.documentElement.scrollWidth > paper };
      }, paper);
      assert.deepEqual(printed, { left: [], cut: [], wide: false }, name);
    }
  });

  test("a phone shows pictures with readable words, and tables that scroll instead of being cut", async (t) => {
    let words = 0;
    const many = "{ internshipPrograms(first: 3, where: {batches: {count: {gte: 3}}}) { nodes { code } } }";
    const { internshipPrograms } = await dataOf(many);
    const programs = internshipPrograms.nodes.map(({ code }) => `/program/${code}`);
    assert.equal(programs.length, 3);
    const own = ["cooperative", "institution", "linkage", "program", "batch", "commodity", "province"].map((name) => pages[name]);
    for (const name of [...own, ...programs]) {
      const { page } = await visited(t, addressed(name, "id"), { width: 390 });
      const seen = await page.evaluate(() => {
        const shown = (each) => each.getClientRects().length > 0;
        const texts = [...document.querySelectorAll(".timeline text, .bars text, .network text")].filter(shown);
        const small = texts.filter((text) => {
          const { right, left } = text.getBoundingClientRect();
          const size = Number.parseFloat(getComputedStyle(text).fontSize) * text.getScreenCTM().a;
          return size < 10 || left < 0 || right > innerWidth;
        });
        const cut = [...document.querySelectorAll("table")].filter(shown).filter((table) => {
          const area = table.closest(".scroll");
          return !area || getComputedStyle(area).overflowX !== "auto" || area.getBoundingClientRect().right > innerWidth;
        });
        const overlaps = [...document.querySelectorAll(".timeline svg")].some((picture) => {
          const months = [...picture.querySelectorAll("text.soft")].map((text) => text.getBoundingClientRect());
          return months.some((month, at) => at > 0 && month.left < months[at - 1].right);
        });
        return { words: texts.length, small: small.map((text) => text.textContent), cut: cut.map((table) => table.caption.textContent), overlaps };
      });
      words += seen.words;
      assert.deepEqual({ ...seen, words: 0 }, { words: 0, small: [], cut: [], overlaps: false }, name);
    }
    assert.ok(words > 50, `${words} words in pictures`);
  });

  if (shots) {
    test("the pictures of the README", async (t) => {
      const coverage = await visited(t, addressed(pages.home, "en"), { width: 1100 });
      await (await coverage.page.$("#coverage figure")).screenshot({ path: join(shots, "readme-coverage.png") });
      const network = await visited(t, addressed(pages.cooperative, "en"), { width: 1100 });
      await (await network.page.$("#trade figure")).screenshot({ path: join(shots, "readme-network.png") });
    });
  }
});
