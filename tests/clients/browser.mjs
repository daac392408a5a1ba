// A browser that opens pages, and tells what they complained of or asked of others.
import assert from "node:assert/strict";
import { after } from "node:test";

import puppeteer from "puppeteer-core";

import { told, url } from "./support.mjs";

export const shots = process.env.SIMPUL_SCREENSHOTS;

/** The browser, which `scripts/clients --browser` chooses. */
export const browserName = told("SIMPUL_BROWSER");

export const isFirefox = browserName === "firefox";

/** Browsers by what one is for: Firefox is told its colours and whether it has JavaScript when it starts. */
const browsers = new Map();
after(() => Promise.all([...browsers.values()].map(async (browser) => (await browser).close())));

function launched(scheme, scripted) {
  const purpose = isFirefox ? `${scheme} ${scripted}` : "any";
  if (!browsers.has(purpose)) {
    const extraPrefsFirefox = {
      "javascript.enabled": scripted,
      "layout.css.prefers-color-scheme.content-override": scheme === "dark" ? 0 : 1,
    };
    const executablePath = told("BROWSER_BIN");
    const options = isFirefox
      ? { browser: "firefox", executablePath, extraPrefsFirefox }
      : { executablePath, args: ["--no-sandbox", "--disable-dev-shm-usage"] };
    browsers.set(purpose, puppeteer.launch(options));
  }
  return browsers.get(purpose);
}

/** Firefox loses a page that is opened or closed while another is: one at a time. */
let turn = Promise.resolve();
const inTurn = (act) => (isFirefox ? (turn = turn.then(act, act)) : act());

/** A page in a browser of its own, whose storage is empty. */
export async function visited(t, address, { width = 1280, scheme = "light", scripted = true } = {}) {
  const browser = await launched(scheme, scripted);
  const { context, page } = await inTurn(async () => {
    const context = await browser.createBrowserContext();
    return { context, page: await context.newPage() };
  });
  t.after(() => inTurn(() => context.close()));
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
  if (!isFirefox) await page.setJavaScriptEnabled(scripted);
  await page.evaluateOnNewDocument(() => {
    globalThis.violations = [];
    document.addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI }) =>
      violations.push(`${violatedDirective} ${blockedURI}`),
    );
  });
  if (!isFirefox) await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: scheme }]);
  await page.setViewport({ width, height: 800 });
  const response = await page.goto(address, { waitUntil: "load" });
  const quiet = async () => {
    assert.deepEqual(complaints, []);
    if (scripted) assert.deepEqual(await page.evaluate(() => globalThis.violations), []);
  };
  return { page, response, quiet };
}
