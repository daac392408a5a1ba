// A crawler that follows the links of pages: no server error, no dead link.
import assert from "node:assert/strict";
import { test } from "node:test";

import { url } from "./support.mjs";

const MOST = 2_000;
const AT_ONCE = 4;

test(`a crawler finds no dead link and no server error among ${MOST} pages`, { timeout: 300_000 }, async () => {
  const origin = new URL(url).origin;
  const found = new Map([["/", "the start"]]);
  const waiting = ["/"];
  const faults = [];
  let visited = 0;
  const visit = async (path) => {
    visited += 1;
    const response = await fetch(origin + path, { headers: { accept: "text/html" } });
    if (response.status !== 200) faults.push([response.status, path, found.get(path)]);
    const type = response.headers.get("content-type") ?? "";
    if (!type.startsWith("text/html")) return response.body?.cancel();
    const html = await response.text();
    for (const [, href] of html.matchAll(/<a [^>]*?href="([^"]+)"/g)) {
      const to = new URL(href.replaceAll("&amp;", "&"), origin + path);
      // Files, the editor and answers in JSON stand behind each table: they have tests of their own.
      const page = to.origin === origin && !/^\/(export|graphql)/.test(to.pathname);
      const address = to.pathname + to.search;
      if (page && !found.has(address)) {
        found.set(address, path);
        waiting.push(address);
      }
    }
  };
  while (waiting.length > 0 && visited < MOST) {
    await Promise.all(waiting.splice(0, Math.min(AT_ONCE, MOST - visited)).map(visit));
  }
  assert.deepEqual(faults, []);
  assert.equal(visited, MOST, "the registry has more pages than that");
  for (const kind of ["koperasi", "wilayah", "lembaga", "program", "gelombang", "keterhubungan", "komoditas", "cari"]) {
    assert.ok([...found.keys()].some((path) => path.startsWith(`/${kind}/`) || path.startsWith(`/${kind}?`)), `no link to /${kind}`);
  }
});
