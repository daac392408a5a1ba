// The blocks of docs/clients.md, run as they are written there, against the server of these tests.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { test } from "node:test";

import { repository, told, url } from "./support.mjs";

const base = new URL("/", url).href.replace(/\/$/, "");
const page = readFileSync(new URL("docs/clients.md", repository), "utf8");
const modules = new URL("tests/clients/node_modules/", repository).pathname;

/** The blocks of the page in their order, each with the comment above it. */
function blocks() {
  const lines = page.split("\n");
  const found = [];
  for (let at = 0; at < lines.length; at += 1) {
    const fence = /^```(\w+)$/.exec(lines[at]);
    if (!fence) continue;
    const end = lines.indexOf("```", at);
    const mark = /^<!-- (file|run|run on each Node|not run): (.*?)(?:; prints: (.*))? -->$/.exec(lines[at - 1]);
    const [, how, name, prints] = mark ?? [];
    found.push({ how, name, prints, language: fence[1], line: at + 1, text: `${lines.slice(at + 1, end).join("\n")}\n` });
    at = end;
  }
  return found;
}

const all = blocks();
const folder = mkdtempSync(join(tmpdir(), "simpul-documentation."));
process.on("exit", () => rmSync(folder, { recursive: true }));
symlinkSync(modules, join(folder, "node_modules"));
writeFileSync(join(folder, "package.json"), '{ "type": "module" }');
// npx without a registry: a program that is not installed is an error.
mkdirSync(join(folder, "bin"));
writeFileSync(join(folder, "bin/npx"), '#!/bin/sh\nexec "$@"\n');
chmodSync(join(folder, "bin/npx"), 0o755);
for (const block of all.filter(({ how, language }) => how && how !== "not run" && language !== "text")) {
  mkdirSync(dirname(join(folder, block.name)), { recursive: true });
  writeFileSync(join(folder, block.name), block.text.replaceAll("http://127.0.0.1:8000", base));
}

const programs = {
  js: [process.execPath],
  sh: ["bash", "-euo", "pipefail"],
  python: [told("SIMPUL_PYTHON")],
  r: ["Rscript"],
};

function run({ name, language, prints }, node = process.execPath) {
  const [program, ...first] = programs[language];
  const path = [join(folder, "bin"), dirname(node), join(modules, ".bin"), process.env.PATH].join(delimiter);
  const env = { ...process.env, PATH: path, NO_COLOR: "1", MPLBACKEND: "agg" };
  const ended = spawnSync(program, [...first, name], { cwd: folder, env, encoding: "utf8", timeout: 100_000 });
  const said = `${ended.stdout}${ended.stderr}`;
  assert.equal(ended.status, 0, `${name}: ${ended.error ?? ""}\n${said}`);
  if (prints) assert.ok(ended.stdout.includes(prints), `${name} does not print “${prints}”:\n${said}`);
}

/** The Node programs that apps use, from npm. */
const nodes = [20, 22].map((version) => join(modules, `node${version}-linux-${process.arch}/bin/node`));

test("each block says whether it is run", () => {
  assert.ok(all.length > 25);
  for (const { how, line } of all) assert.ok(how, `docs/clients.md:${line}: no comment says how this block is run`);
});

for (const block of all) {
  const { how, name, language, line, text } = block;
  if (how === "not run") {
    test(`line ${line}, ${language}`, { skip: `NOT RUN: ${name}` }, () => {});
    if (language === "json") test(`line ${line} is JSON`, () => assert.ok(JSON.parse(text)));
  } else if (how === "run on each Node") {
    for (const node of [...nodes, process.execPath]) {
      const missing = !existsSync(node) && `NOT RUN: there is no ${node}`;
      const version = missing || spawnSync(node, ["--version"], { encoding: "utf8" }).stdout.trim();
      test(`${name} on Node ${version}`, { skip: missing }, () => {
        rmSync(join(folder, "generated.ts"), { force: true });
        run(block, node);
        assert.match(readFileSync(join(folder, "generated.ts"), "utf8"), /export type PartnersQuery = /);
      });
    }
  } else if (how?.startsWith("run")) {
    const without = language === "r" && spawnSync("Rscript", ["--version"]).error && "NOT RUN: there is no Rscript";
    test(name, { skip: without }, () => run(block));
  }
}
