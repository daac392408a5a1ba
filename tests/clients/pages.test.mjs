// Every page in a browser: in both languages, light and dark, wide and narrow, with and without JavaScript.
import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";

import { isFirefox, shots, visited } from "./browser.mjs";
import { url } from "./support.mjs";

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

  const skip = isFirefox && "measured by the protocol of Chromium";
  test("the first view of a profile is small, and nothing in it moves", { skip }, async (t) => {
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

  if (shots) {
    test("the pictures of the README", async (t) => {
      const coverage = await visited(t, addressed(pages.home, "en"), { width: 1100 });
      await (await coverage.page.$("#coverage figure")).screenshot({ path: join(shots, "readme-coverage.png") });
      const network = await visited(t, addressed(pages.cooperative, "en"), { width: 1100 });
      await (await network.page.$("#trade figure")).screenshot({ path: join(shots, "readme-network.png") });
    });
  }
});
