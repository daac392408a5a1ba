// Test support: the address of the server, plain requests, and additional servers.
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";

export function told(name) {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set; run these tests by scripts/clients`);
  return value;
}

export const url = told("SIMPUL_URL");
export const repository = new URL("../../", import.meta.url);
const kept = (name) => readFileSync(new URL(`tests/queries/${name}`, repository), "utf8");

/** A document of tests/queries, with its variables. */
export function document(name) {
  const { variables } = JSON.parse(kept(`${name}.json`));
  return { query: kept(`${name}.graphql`), variables };
}

export const sha256 = (text) => createHash("sha256").update(text).digest("hex");

export const alIttifaq = {
  slug: "kopontren-al-ittifaq",
  name: "Koperasi Konsumen Pondok Pesantren Al-Ittifaq",
  shortName: "Kopontren Al-Ittifaq",
};

/** A document that was not sent before. */
export const newName = (name) => `${name}_${sha256(`${process.hrtime.bigint()} ${Math.random()}`).slice(0, 12)}`;

/** Sends a request as it is, as JSON, and reads the answer. */
export async function post(body, to = url) {
  const response = await fetch(to, {
    method: "POST",
    headers: { "content-type": "application/json", accept: "application/graphql-response+json" },
    body: JSON.stringify(body),
  });
  return { status: response.status, headers: response.headers, body: await response.json() };
}

export async function get(parameters, to = url) {
  const asked = new URL(to);
  for (const [name, value] of Object.entries(parameters)) {
    asked.searchParams.set(name, typeof value === "string" ? value : JSON.stringify(value));
  }
  const response = await fetch(asked, { headers: { accept: "application/graphql-response+json" } });
  return { status: response.status, headers: response.headers, body: await response.json() };
}

/** The data of a document that must not fail. */
export async function dataOf(document, variables) {
  const { body } = await post({ query: document, variables });
  if (body.errors) throw new Error(JSON.stringify(body.errors));
  return body.data;
}

export const codes = (answer) => (answer.body.errors ?? []).map((error) => error.extensions?.code);

/** Serves the same database once more, with other settings. */
export async function serve(...flags) {
  const settings = ["--listen", "127.0.0.1:0", "--database-url", told("SIMPUL_DATABASE_URL"), ...flags];
  const server = spawn(told("SIMPUL_BIN"), ["serve", ...settings], { stdio: ["ignore", "pipe", "pipe"] });
  const gone = once(server, "close");
  const stop = () => {
    server.kill("SIGKILL");
    return gone;
  };
  let said = "";
  server.stderr.on("data", (text) => (said += text));
  const started = new Promise((resolve) => {
    createInterface(server.stdout).on("line", (line) => {
      const found = /^\s*GraphQL\s+(http\S+)/.exec(line);
      if (found) resolve({ url: found[1], stop });
    });
  });
  const failed = gone.then(([status]) => {
    throw new Error(`simpul serve ${flags.join(" ")} ended with ${status}: ${said}`);
  });
  failed.catch(() => {}); // as it will, once the server is stopped
  return Promise.race([started, failed]);
}
