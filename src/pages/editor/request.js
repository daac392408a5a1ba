// A request: its answer, its link, its download, and as a program. Its `variables` are a text, as in the editor.
import { csvOf } from "./answer.js";

const endpoint = `${location.origin}/graphql`;
const parameters = ["query", "variables", "operationName"];
const json = { "content-type": "application/json" };

/** What is sent of a request. Fails where the variables are no JSON. */
export function bodyOf({ query, variables, operationName }) {
  return { query, variables: variables?.trim() ? JSON.parse(variables) : undefined, operationName: operationName || undefined };
}

/** The answer to a request. Whatever goes wrong is among its errors. */
export async function ask(body, texts, signal) {
  const failed = (code, message) => ({ errors: [{ message, extensions: { code } }] });
  const headers = { ...json, accept: "application/graphql-response+json" };
  let response, text;
  try {
    response = await fetch(endpoint, { method: "POST", headers, body: JSON.stringify(body), signal });
    text = await response.text();
    return JSON.parse(text);
  } catch {
    if (text === undefined) return failed("UNREACHABLE", texts.unreachable);
    return failed(`HTTP ${response.status}`, text.slice(0, 300) || texts.empty);
  }
}

/** The address of a request: of the editor, or below another path. */
export function linkTo(request, path = location.href) {
  const link = new URL(path, location.origin);
  for (const name of parameters) {
    const value = request[name]?.trim();
    if (value) link.searchParams.set(name, value);
    else link.searchParams.delete(name);
  }
  return link.href;
}

const isShort = (link) => link.length < 8000;

/** Writes a request into the address of the page, unless it is longer than addresses may be. */
export function writeLink(request) {
  const link = linkTo(request);
  if (isShort(link)) history.replaceState(null, "", link);
}

/** The request in the address of the page. */
export const readLink = () => Object.fromEntries(parameters.map((name) => [name, new URL(location.href).searchParams.get(name) ?? ""]));

/** Downloads all rows of the list that a request asks for; else the table that is shown. Tells which. */
export async function download(request, tables) {
  const save = (href, name) => Object.assign(document.createElement("a"), { href, download: name }).click();
  const link = linkTo(request, "/export/csv");
  const asked = { method: "POST", headers: { ...json, "simpul-cost-only": "true" }, body: JSON.stringify(bodyOf(request)) };
  if (isShort(link) && (await fetch("/export/csv", asked).catch(() => ({}))).ok) {
    save(link, "");
    return "exported";
  }
  const made = URL.createObjectURL(new Blob([csvOf(tables)], { type: "text/csv" }));
  save(made, "simpul.csv");
  setTimeout(() => URL.revokeObjectURL(made), 60_000);
  return "saved";
}

const quoted = (text, quote, forbidden) => (forbidden.test(text) ? JSON.stringify(text) : quote + text + quote);
const words = { null: "None", true: "True", false: "False" };
const inPython = (value) => JSON.stringify(value).replace(/"(\\.|[^"\\])*"|\w+/g, (token) => words[token] ?? token);
const others = ({ query, ...rest }, write) =>
  Object.entries(rest).flatMap(([name, value]) => (value === undefined ? [] : [`, ${write(name)}: ${write(value)}`])).join("");

/** A body as a program, by language. */
export const programs = {
  curl: (body) => `curl -s ${endpoint} -H 'content-type: application/json' -d '${JSON.stringify(body).replaceAll("'", "'\\''")}'\n`,
  fetch: (body) => `const query = ${quoted(body.query, "`", /[`\\]|\$\{/)};
const response = await fetch("${endpoint}", {
  method: "POST",
  headers: { "content-type": "application/json" },
  body: JSON.stringify({ query${others(body, JSON.stringify)} }),
});
console.log(await response.json());
`,
  Python: (body) => `import requests

query = ${quoted(body.query, '"""', /\\|"""|"$/)}
body = {"query": query${others(body, inPython)}}
print(requests.post("${endpoint}", json=body).json())
`,
};
