// The program of docs/sync.md, as it stands there: killed at random moments, over a network that loses, cuts, delays and
// repeats requests, while a registrar writes. In the end its copy equals the registry.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { after, test } from "node:test";
import { setTimeout as wait } from "node:timers/promises";

import { dataOf, repository, told, url } from "./support.mjs";

const key = told("SIMPUL_MINISTRY_KEY");
const page = readFileSync(new URL("docs/sync.md", repository), "utf8");
const program = page.split("```js\n")[1].split("```")[0];
const folder = mkdtempSync(join(tmpdir(), "simpul-sync."));
after(() => rmSync(folder, { recursive: true }));
writeFileSync(join(folder, "sync.mjs"), program);
const file = join(folder, "copy.json");
const copy = () => JSON.parse(readFileSync(file, "utf8"));

let network;
after(() => network?.close());

const seen = { lost: 0, cut: 0, busy: 0, twice: 0, whole: 0 };

/** A proxy in front of the server that treats some requests badly. */
async function badNetwork() {
  const forward = (body, headers) => fetch(url, { method: "POST", body, headers });
  const proxy = createServer(async (request, response) => {
    const body = await text(request);
    const headers = { "content-type": request.headers["content-type"], accept: request.headers.accept };
    const fate = Math.random();
    if (fate < 0.12) return (seen.lost += 1), request.socket.destroy();
    if (fate < 0.18) return (seen.busy += 1), response.writeHead(503, { "retry-after": "1" }).end("<h1>busy</h1>");
    if (fate < 0.3) await forward(body, headers).then((first) => first.text(), (seen.twice += 1));
    const answer = await forward(body, headers);
    const whole = Buffer.from(await answer.arrayBuffer());
    response.writeHead(answer.status, { "content-type": answer.headers.get("content-type"), "content-length": whole.length });
    if (fate > 0.82) {
      seen.cut += 1;
      response.write(whole.subarray(0, Math.floor(whole.length * Math.random())));
      return setTimeout(() => response.destroy(), 10);
    }
    seen.whole += 1;
    await wait(fate * 40);
    response.end(whole);
  });
  proxy.listen(0, "127.0.0.1");
  await once(proxy, "listening");
  return proxy;
}

/** Runs the program, and kills it after so many milliseconds. */
async function run(through, milliseconds) {
  const address = `http://127.0.0.1:${through.address().port}/graphql`;
  const environment = { ...process.env, SIMPUL_URL: address };
  const child = spawn(process.execPath, ["sync.mjs", "32", file], { cwd: folder, env: environment, stdio: "inherit" });
  const killed = milliseconds && setTimeout(() => child.kill("SIGKILL"), milliseconds);
  const [status] = await once(child, "exit");
  clearTimeout(killed);
  return status;
}

async function amend({ id, version }, changes) {
  const input = { idempotencyKey: randomUUID(), id, expectedVersion: version, ...changes };
  const query = `mutation Amend($input: AmendCooperativeInput!) {
    amendCooperative(input: $input) { cooperative { id version } userErrors { code field message } } }`;
  const headers = { "content-type": "application/json", authorization: `Bearer ${key}` };
  const answer = await fetch(url, { method: "POST", headers, body: JSON.stringify({ query, variables: { input } }) });
  const { data, errors } = await answer.json();
  const wrong = JSON.stringify([errors, data?.amendCooperative.userErrors, changes]);
  assert.ok(!errors && data.amendCooperative.userErrors.length === 0, wrong);
  return data.amendCooperative.cooperative;
}

/** The rows that the copy must hold. */
async function expected() {
  const document = `query Whole($after: String) {
    cooperatives(where: { region: { within: "32" } }, first: 100, after: $after) {
      nodes { id name version status region { code } } pageInfo { hasNextPage endCursor } } }`;
  const rows = {};
  for (let next = {}; next.hasNextPage !== false; ) {
    const { cooperatives } = await dataOf(document, { after: next.endCursor });
    for (const row of cooperatives.nodes) rows[row.id] = row;
    next = cooperatives.pageInfo;
  }
  return rows;
}

test("a copy follows the registry through kills, a bad network, moves and an expired cursor", async () => {
  network = await badNetwork();
  const some = (region) => `cooperatives(where: { region: { within: "${region}" }, program: { eq: GENERAL }, placements: { none: {} } }, first: 6) {
    nodes { id version region { id } } }`;
  const { within, without } = await dataOf(`{ within: ${some("32")} without: ${some("35")} }`);
  assert.ok(within.nodes.length === 6 && without.nodes.length === 6);
  const elsewhere = without.nodes[0].region.id;
  const inside = within.nodes[0].region.id;

  const moved = [];
  const writing = (async () => {
    for (let round = 0; round < 18; round += 1) {
      const at = round % 6;
      const [leaves, comes] = [within.nodes[at], without.nodes[at]];
      if (at % 3 === 0 && round === at) {
        moved.push({ ...(await amend(leaves, { region: elsewhere })), region: leaves.region });
        moved.push({ ...(await amend(comes, { region: inside })), region: comes.region });
      } else if (at % 3 !== 0) {
        leaves.version = (await amend(leaves, { website: `https://example.org/${round}` })).version;
      }
      await wait(120);
    }
  })();
  let ended = 0;
  for (let kill = 0; kill < 14; kill += 1) ended += (await run(network, 80 + Math.random() * 700)) === 0 ? 1 : 0;
  await writing;
  assert.equal(await run(network), 0);
  assert.deepEqual(copy().rows, await expected());
  assert.ok(moved.length === 4 && ended < 14, "some runs are killed");
  assert.ok(seen.lost && seen.cut && seen.whole, JSON.stringify(seen));

  // Back to where they were; then a cursor that the log cannot go on from.
  for (const { id, version, region } of moved) await amend({ id, version }, { region: region.id });
  writeFileSync(file, JSON.stringify({ ...copy(), cursor: "999999999" }));
  await run(network, 300);
  assert.equal(await run(network), 0);
  assert.deepEqual(copy().rows, await expected());
  assert.ok(copy().cursor !== "999999999");
});
