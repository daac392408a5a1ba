// Accessibility of the landing page: keyboard, screen readers, small screens, dark mode.
import assert from "node:assert/strict";
import { join } from "node:path";
import { describe, test } from "node:test";

import { kinds, opened, run, shots, write } from "./page/browser.mjs";

describe("the look of the page", () => {
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
