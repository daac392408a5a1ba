// A browser that opens pages, and tells what they complained of or asked of others.
import assert from "node:assert/strict";
import { after, before } from "node:test";

import puppeteer from "puppeteer-core";

import { told, url } from "./support.mjs";

export const shots = process.env.SIMPUL_SCREENSHOTS;
let browser;

before(async () => {
  const args = ["--no-sandbox", "--disable-dev-shm-usage"];
  browser = await puppeteer.launch({ executablePath: told("CHROMIUM"), args });
});
after(() => browser?.close());

/** A page in a browser of its own, whose storage is empty. */
export async function visited(t, address, { width = 1280, scheme = "light", scripted = true } = {}) {
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
  const response = await page.goto(address, { waitUntil: "load" });
  const quiet = async () => {
    assert.deepEqual(complaints, []);
    if (scripted) assert.deepEqual(await page.evaluate(() => globalThis.violations), []);
  };
  return { page, response, quiet };
}
