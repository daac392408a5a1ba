// Runs the queries of the page, and shows their answers as tables.
const endpoint = `${location.origin}/graphql`;
const find = (id) => document.getElementById(id);
const say = (text) => (find("said").textContent = text);

/** An element. What stands in it is text, never markup. */
function make(name, attributes, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...children);
  return element;
}

// ---- An answer as tables.

const isWithin = (path, whole) => `${path}.`.startsWith(`${whole}.`);

/** A value's own fields by path, and the lists of rows beneath it. */
function sorted(value, path, isRoot) {
  const own = new Map();
  const lists = [];
  const visit = (value, path) => {
    if (!(value instanceof Object)) {
      own.set(path, [value]);
    } else if (!Array.isArray(value)) {
      for (const [name, inner] of Object.entries(value)) visit(inner, `${path}.${name}`);
    } else if (value.length && value.every((item) => item?.dimension)) {
      // The keys of a figure: each dimension has columns of its own.
      for (const { dimension, ...key } of value) visit(key, `${path}.${dimension}`);
    } else {
      const rows = value.map((item) => linesOf(item, path));
      const columns = columnsOf(rows.flat());
      const fit = isRoot && /(^\w+|nodes|edges)$/.test(path) ? 0 : 1;
      if (columns.length > fit) lists.push({ path, columns, rows });
      else own.set(columns[0] ?? path, rows.flat().flatMap((line) => line.get(columns[0])?.values ?? [null]));
    }
  };
  visit(value, path);
  return { own, lists };
}

/** A row as lines: one for each row beneath it, and its own cells beside them all. */
function linesOf(value, path) {
  const { own, lists } = sorted(value, path);
  const [first = [], ...others] = lists.flatMap(({ rows }) => rows.flat());
  const cells = [...own].map(([at, values]) => [at, { values, span: others.length + 1 }]);
  return [new Map([...cells, ...first]), ...others];
}

/** The paths of all lines; what is null or empty in some gives way to its fields. */
function columnsOf(lines) {
  const all = [...new Set(lines.flatMap((line) => [...line.keys()]))];
  const fieldsOf = (path) => all.filter((other) => isWithin(other, path));
  return [...new Set(all.flatMap(fieldsOf))].filter((path) => fieldsOf(path).length === 1);
}

/** One table of each root's own fields, and one of each list of rows beneath it. */
function tablesOf(data) {
  return Object.entries(data).flatMap(([path, whole]) => {
    const { own, lists } = sorted(whole, path, true);
    return own.size ? [{ path, fields: own }, ...lists] : lists;
  });
}

const amounts = /(value|volume|sum|average|m..imum|saving|assets|equity|liabilities|surplus|turnover|hectares)$/i;

function isAmount(value, path) {
  if (typeof value === "number") return true;
  return amounts.test(path) && !path.includes("keys.") && /^-?\d+(\.\d+)?$/.test(value);
}

/** A number's digits, apart by threes for the eye alone: the text is the number as it came. */
function grouped(number) {
  const [whole, ...rest] = `${number}`.split(/(?=\.)/);
  if (!/\d{5}/.test(whole)) return [number];
  const [first, ...threes] = whole.split(/(?<=\d)(?=(?:\d{3})+$)/);
  return [first, ...threes.map((three) => make("span", { class: "three" }, three)), ...rest];
}

function shown(value, path) {
  if (value === null) return make("span", { class: "soft" }, "null");
  if (value === "SYNTHETIC") return make("mark", {}, value);
  if (isAmount(value, path)) return make("span", { class: "solid", title: value }, ...grouped(value));
  return make("span", /^\S{1,32}$/.test(value) ? { class: "solid" } : {}, `${value}`);
}

function contents(values, path) {
  if (!values.length) return make("span", { class: "soft" }, "none");
  if (values.length === 1) return shown(values[0], path);
  return make("ul", {}, ...values.map((value) => make("li", {}, shown(value, path))));
}

function drawn({ path: title, fields, columns = [], rows = [] }) {
  const parts = (path, stop) =>
    (path.slice(title.length + 1) || path).split(/(?<=\.)/).flatMap((part) => [part, make(stop, {})]);
  const line = (...cells) => make("tr", {}, ...cells);
  const styles = columns.map((path) => {
    const values = rows.flat().flatMap((cells) => cells.get(path)?.values ?? []).filter((value) => value !== null);
    return values.length && values.every((value) => isAmount(value, path)) ? { class: "right" } : {};
  });
  const heads = fields ? [["field"], ["value"]] : columns.map((path) => parts(path, "br"));
  const top = heads.map((name, at) => make("th", { scope: "col", ...styles[at] }, ...name));
  const pair = ([path, values]) =>
    line(make("th", { scope: "row" }, ...parts(path, "wbr")), make("td", {}, contents(values, path)));
  const row = (lines) => {
    const taken = columns.map(() => 0);
    const cell = (cells, path, at) => {
      if (taken[at]-- > 0) return [];
      const { values, span = 1 } = [...cells].find(([whole]) => isWithin(path, whole))?.[1] ?? {};
      taken[at] = span - 1;
      return [make("td", { ...styles[at], rowspan: span }, values ? contents(values, path) : "")];
    };
    return lines.map((cells) => line(...columns.flatMap((path, at) => cell(cells, path, at))));
  };
  const groups = fields ? [...fields].map((field) => [pair(field)]) : rows.map(row);
  const table = make(
    "table",
    { class: fields ? "fields" : "rows" },
    make("caption", {}, make("span", {}, title)),
    make("thead", {}, line(...top)),
    ...groups.map((lines) => make("tbody", {}, ...lines)),
  );
  return make("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": `Table ${title}` }, table);
}

function told({ message, path, locations = [], extensions }) {
  const places = locations.map(({ line, column }) => `line ${line}, column ${column}`);
  const where = [path?.join("."), ...places].filter(Boolean).join(" · ");
  const code = make("code", {}, extensions?.code ?? "ERROR");
  return make("li", {}, code, make("pre", {}, message), make("small", {}, where));
}

// ---- Asking.

/** The answer to a query. Whatever goes wrong is among its errors. */
async function ask(query, signal) {
  const failed = (code, message) => ({ errors: [{ message, extensions: { code } }] });
  const headers = { "content-type": "application/json", accept: "application/graphql-response+json" };
  let response, text;
  try {
    response = await fetch(endpoint, { method: "POST", headers, body: JSON.stringify({ query }), signal });
    text = await response.text();
    return JSON.parse(text);
  } catch {
    if (text === undefined) return failed("UNREACHABLE", "The server does not answer. Try again.");
    return failed(`HTTP ${response.status}`, text.slice(0, 300) || "The answer is empty.");
  }
}

const counted = (number, noun) => `${number} ${noun}${number === 1 ? "" : "s"}`;

function facts({ errors, extensions }, tables, took) {
  const rows = tables.flatMap((table) => table.rows ?? []).length;
  const cost = extensions?.cost;
  return [
    errors && counted(errors.length, "error"),
    rows && counted(rows, "row"),
    `${took} ms`,
    cost && `cost ${cost.actual} (at most ${cost.requested}; allowed ${cost.limit})`,
  ].filter(Boolean);
}

for (const article of document.querySelectorAll("article")) {
  const area = article.querySelector("textarea");
  const title = article.querySelector("h3").textContent;
  const run = make("button", { "aria-label": `Run: ${title}` }, "Run");
  const result = make("div", { class: "result" });
  article.append(make("div", { class: "acts" }, run, make("small", {}, "or Ctrl + Enter")), result);
  let asking;

  const start = async () => {
    asking?.abort();
    const mine = (asking = new AbortController());
    const began = performance.now();
    result.ariaBusy = "true";
    const answer = await ask(area.value, mine.signal);
    if (mine !== asking) return;
    const took = Math.round(performance.now() - began);
    const tables = tablesOf(answer.data ?? {});
    const known = facts(answer, tables, took);
    const line = make("p", { class: "facts" }, ...known.map((fact) => make("span", {}, fact)));
    result.replaceChildren(line, ...tables.map(drawn));
    const codes = new Set(answer.errors?.map((error) => error.extensions?.code));
    if (codes.size) line.after(make("ul", { class: "errors" }, ...answer.errors.map(told)));
    const raw = make("pre", { tabindex: 0 }, JSON.stringify(answer, null, 2));
    result.append(make("details", {}, make("summary", {}, "The answer as JSON"), raw));
    result.ariaBusy = "false";
    say(`${title}: ${[...codes, ...known].join(", ")}`);
  };
  run.addEventListener("click", start);
  area.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) start();
  });
}

// ---- The address.

const curl = find("curl");
const copy = find("copy");
find("endpoint").textContent = endpoint;
curl.textContent = curl.textContent.replace("http://127.0.0.1:8000/graphql", endpoint);
copy.hidden = false;
copy.addEventListener("click", async () => {
  try {
    await navigator.clipboard.writeText(curl.textContent);
    say("The command is copied.");
    copy.textContent = "Copied";
  } catch {
    // Browsers keep the clipboard from pages without TLS; what is selected can still be copied by hand.
    getSelection().selectAllChildren(curl);
    say("The command is selected.");
    copy.textContent = "Selected";
  }
});
