// Runs the queries of the page, and shows their answers as tables.
const endpoint = new URL("/graphql", location.origin).href;
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

const isObject = (value) => value !== null && typeof value === "object" && !Array.isArray(value);
const join = (...names) => names.filter(Boolean).join(".");

/** The values at each path of a row: one, or one for each item of a list within it. */
function flatten(value, path = "", cells = new Map()) {
  const put = (at, values) => cells.set(at, [...(cells.get(at) ?? []), ...values]);
  if (isObject(value)) {
    for (const [name, inner] of Object.entries(value)) flatten(inner, join(path, name), cells);
  } else if (!Array.isArray(value)) {
    put(path, [value]);
  } else if (!value.length) {
    put(path, []);
  } else if (value.every((item) => item?.dimension)) {
    // The keys of a figure: each dimension has columns of its own.
    for (const { dimension, ...key } of value) flatten(key, join(path, dimension), cells);
  } else {
    const items = value.map((item) => flatten(item, path));
    for (const at of columnsOf(items)) put(at, items.flatMap((item) => item.get(at) ?? [null]));
  }
  return cells;
}

/** The paths of all rows; an object that is null in some rows gives way to its fields. */
function columnsOf(rows) {
  const all = [...new Set(rows.flatMap((row) => [...row.keys()]))];
  const fieldsOf = (path) => all.filter((other) => other.startsWith(`${path}.`));
  const moved = new Set(all.flatMap(fieldsOf));
  return all.flatMap((path) => (moved.has(path) ? [] : fieldsOf(path).length ? fieldsOf(path) : [path]));
}

/** One table of each root's own fields, and one of each list of rows beneath it. */
function tablesOf(data) {
  return Object.entries(data).flatMap(([root, whole]) => {
    const fields = new Map();
    const lists = [];
    const visit = (value, path) => {
      if (isObject(value)) {
        for (const [name, inner] of Object.entries(value)) visit(inner, join(path, name));
      } else if (Array.isArray(value) && value.some(isObject)) {
        const rows = value.map((item) => flatten(item));
        const columns = columnsOf(rows);
        const listed = columns.length > 1 || /(^|\.)(nodes|edges|)$/.test(path);
        if (listed) lists.push({ title: join(root, path), columns, rows });
        else flatten(value, path, fields);
      } else {
        flatten(value, path, fields);
      }
    };
    visit(whole, "");
    return fields.size ? [{ title: root, fields }, ...lists] : lists;
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
  if (whole.length < 5) return [`${number}`];
  const [first, ...threes] = whole.split(/(?=(?:\d{3})+$)/);
  return [first, ...threes.map((three) => make("span", { class: "three" }, three)), ...rest];
}

function shown(value, path) {
  if (value === null) return make("span", { class: "soft" }, "null");
  if (value === "SYNTHETIC") return make("mark", {}, value);
  if (isAmount(value, path)) return make("span", { class: "solid", title: value }, ...grouped(value));
  return make("span", /^\S{1,32}$/.test(value) ? { class: "solid" } : {}, `${value}`);
}

function contents(values = [null], path) {
  if (!values.length) return make("span", { class: "soft" }, "none");
  if (values.length === 1) return shown(values[0], path);
  return make("ul", {}, ...values.map((value) => make("li", {}, shown(value, path))));
}

function drawn({ title, fields, columns = ["field", "value"], rows }) {
  const parts = (path, stop) => path.split(/(?<=\.)/).flatMap((part, at) => (at ? [make(stop, {}), part] : [part]));
  const line = (cells) => make("tr", {}, ...cells);
  const styles = columns.map((path) => {
    const values = (rows ?? []).flatMap((row) => row.get(path) ?? []).filter((value) => value !== null);
    return values.length && values.every((value) => isAmount(value, path)) ? { class: "right" } : {};
  });
  const top = columns.map((path, at) => make("th", { scope: "col", ...styles[at] }, ...parts(path, "br")));
  const pair = ([path, values]) => [
    make("th", { scope: "row" }, ...parts(path || title, "wbr")),
    make("td", {}, contents(values, path)),
  ];
  const row = (cells) => columns.map((path, at) => make("td", styles[at], contents(cells.get(path), path)));
  const lines = fields ? [...fields].map(pair) : rows.map(row);
  const table = make(
    "table",
    { class: fields ? "fields" : "rows" },
    make("caption", {}, make("span", {}, title)),
    make("thead", {}, line(top)),
    make("tbody", {}, ...lines.map(line)),
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
  try {
    const headers = { "content-type": "application/json", accept: "application/graphql-response+json" };
    const response = await fetch(endpoint, { method: "POST", headers, body: JSON.stringify({ query }), signal });
    const text = await response.text();
    try {
      return JSON.parse(text);
    } catch {
      return failed(`HTTP ${response.status}`, text.slice(0, 300) || "The answer is empty.");
    }
  } catch {
    return failed("UNREACHABLE", "The server does not answer. Try again.");
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
curl.textContent = curl.textContent.replace("http://127.0.0.1:8000/graphql", () => endpoint);
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
