// The page: runs its queries, and shows the answers as tables.
const endpoint = new URL("/graphql", location.origin).href;
const find = (id) => document.getElementById(id);
const say = (text) => (find("said").textContent = text);

/** An element. Whatever stands in it is text, never markup. */
function make(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...children);
  return element;
}

// ---- An answer as tables.

const isObject = (value) => value !== null && typeof value === "object";
const isRow = (value) => isObject(value) && !Array.isArray(value);
// A figure's keys differ by their dimension: each is a column of its own.
const isKeys = (list) => list.length > 0 && list.every((item) => isRow(item) && item.dimension);

/** What stands at each path of a row; of a list within it, one value for each item. */
function flatten(value, path = "", cells = new Map()) {
  const put = (at, values) => cells.set(at, [...(cells.get(at) ?? []), ...values]);
  const below = (name) => (path ? `${path}.${name}` : name);
  if (!isObject(value)) {
    put(path, [value]);
  } else if (!Array.isArray(value)) {
    for (const [name, inner] of Object.entries(value)) {
      flatten(inner, name === "nodes" && path ? path : below(name), cells);
    }
  } else if (isKeys(value)) {
    for (const { dimension, ...key } of value) flatten(key, below(dimension), cells);
  } else if (!value.length) {
    put(path, []);
  } else {
    const items = value.map((item) => flatten(item, path));
    for (const at of columnsOf(items)) put(at, items.flatMap((item) => item.get(at) ?? [null]));
  }
  return cells;
}

/** The paths of all rows. An object that is null in one row gives way to its fields in another. */
function columnsOf(rows) {
  const all = [...new Set(rows.flatMap((row) => [...row.keys()]))];
  const within = (path) => all.filter((other) => other.startsWith(`${path}.`));
  const empty = (path) => rows.every((row) => (row.get(path) ?? []).every((value) => value === null));
  const split = all.filter((path) => within(path).length && empty(path));
  const moved = new Set(split.flatMap(within));
  return all.flatMap((path) => (split.includes(path) ? within(path) : moved.has(path) ? [] : [path]));
}

/** The tables of an answer: one of each object's own fields, one of each list of rows in it. */
function tablesOf(data) {
  const tables = [];
  const alone = new Map();
  for (const [root, value] of Object.entries(data)) {
    const fields = isRow(value) ? new Map() : alone;
    const lists = [];
    const visit = (inner, path, title) => {
      if (isRow(inner)) {
        for (const [name, next] of Object.entries(inner)) {
          const wrapped = Array.isArray(next) && (name === "nodes" || name === "edges");
          const at = wrapped && path ? path : path ? `${path}.${name}` : name;
          visit(next, at, wrapped ? title : `${title}.${name}`);
        }
      } else if (Array.isArray(inner) && inner.some(isRow)) {
        const rows = inner.map((item) => flatten(item));
        const columns = columnsOf(rows);
        if (columns.length > 1 || title === root) lists.push({ title, columns, rows });
        else flatten(inner, path, fields);
      } else {
        flatten(inner, path, fields);
      }
    };
    visit(value, isRow(value) ? "" : root, root);
    if (fields !== alone && fields.size) tables.push({ title: root, fields });
    tables.push(...lists);
  }
  if (alone.size) tables.push({ title: "data", fields: alone });
  return tables;
}

// ---- Tables on the page.

const amounts = /(^|\.)(annual(Value|Volume)|value|volume|sum|average|minimum|maximum|(mandatory|principal)Saving|assets|equity|liabilities|surplus|turnover|areaHectares)$/;
const isAmount = (value, path) =>
  typeof value === "number" ||
  (typeof value === "string" && amounts.test(path) && !path.startsWith("keys.") && /^-?\d+(\.\d+)?$/.test(value));

/** A number, its digits apart by threes for the eye only: what is copied or read out is the value as it came. */
function grouped(value) {
  const [, sign, whole, rest] = /^(-?)(\d+)(.*)$/.exec(value) ?? [];
  if (!whole || whole.length < 5) return [`${value}`];
  const [first, ...threes] = whole.match(/\d{1,3}(?=(\d{3})*$)/g);
  return [sign + first, ...threes.map((three) => make("span", { class: "three" }, three)), rest];
}

function shown(value, path) {
  if (value === null) return make("span", { class: "null" }, "null");
  if (value === "SYNTHETIC") return make("mark", {}, value);
  if (isAmount(value, path)) return make("span", { class: "amount", title: value }, ...grouped(value));
  return make("span", {}, `${value}`);
}

function cell(values, path) {
  const td = make("td");
  if (values === undefined) return td;
  if (values.length === 1) td.append(shown(values[0], path));
  else if (values.length) td.append(make("ul", {}, ...values.map((value) => make("li", {}, shown(value, path)))));
  else td.append(make("span", { class: "null" }, "none"));
  if (values.length && values.every((value) => value === null || isAmount(value, path))) td.className = "right";
  return td;
}

/** A path that may break behind its dots. */
const broken = (path) => path.split(/(?<=\.)/).flatMap((part) => [part, make("wbr")]);

function drawn({ title, fields, columns, rows }) {
  const head = (path, scope, right) => make("th", right ? { scope, class: "right" } : { scope }, ...broken(path));
  const amountsOnly = (path) => {
    const values = rows.flatMap((row) => row.get(path) ?? []).filter((value) => value !== null);
    return values.length > 0 && values.every((value) => isAmount(value, path));
  };
  const table = make("table", { class: fields ? "fields" : "rows" }, make("caption", {}, make("span", {}, title)));
  const top = fields ? [head("field", "col"), head("value", "col")] : columns.map((path) => head(path, "col", amountsOnly(path)));
  const lines = fields
    ? [...fields].map(([path, values]) => [head(path, "row"), cell(values, path)])
    : rows.map((row) => columns.map((path) => cell(row.get(path), path)));
  table.append(make("thead", {}, make("tr", {}, ...top)), make("tbody", {}, ...lines.map((line) => make("tr", {}, ...line))));
  return make("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": `Table ${title}` }, table);
}

function told({ message, path, locations, extensions }) {
  const where = [path?.join("."), ...(locations ?? []).map(({ line, column }) => `line ${line}, column ${column}`)];
  return make("li", {}, make("code", {}, extensions?.code ?? "ERROR"), make("span", {}, message), make("small", {}, where.filter(Boolean).join(" · ")));
}

// ---- Asking.

/** Sends a query. Never fails: whatever goes wrong is among the errors. */
async function ask(query, signal) {
  const began = performance.now();
  let answer;
  try {
    const response = await fetch(endpoint, {
      method: "POST",
      headers: { "content-type": "application/json", accept: "application/graphql-response+json, application/json;q=0.9" },
      body: JSON.stringify({ query }),
      signal,
    });
    const text = await response.text();
    try {
      answer = JSON.parse(text);
    } catch {
      const message = `${response.statusText} ${text.slice(0, 300)}`.trim() || "The server gave no reason.";
      answer = { errors: [{ message, extensions: { code: `HTTP ${response.status}` } }] };
    }
  } catch (failure) {
    answer = { errors: [{ message: "The server could not be reached. Try again.", extensions: { code: failure.name } }] };
  }
  return { answer, took: Math.max(1, Math.round(performance.now() - began)) };
}

const counted = (number, one, many = `${one}s`) => `${number} ${number === 1 ? one : many}`;

function facts({ errors, extensions }, tables, took) {
  const rows = tables.reduce((sum, table) => sum + (table.rows?.length ?? 0), 0);
  const { requested, actual, limit } = extensions?.cost ?? {};
  const all = [
    errors && counted(errors.length, "error"),
    tables.length && `${counted(tables.length, "table")}${rows ? `, ${counted(rows, "row")}` : ""}`,
    `${took} ms`,
    requested !== undefined && `cost ${actual} (at most ${requested}; allowed ${limit})`,
  ];
  return all.filter(Boolean);
}

for (const article of document.querySelectorAll(".query")) {
  const area = article.querySelector("textarea");
  const title = article.querySelector("h3").textContent;
  const run = make("button", { type: "button", class: "run", "aria-describedby": article.querySelector("h3").id }, "Run");
  const restore = make("button", { type: "button", class: "quiet" }, "Restore the query");
  const result = make("div", { class: "result" });
  article.append(make("div", { class: "acts" }, run, restore, make("small", {}, "or Ctrl + Enter")), result);
  restore.hidden = true;
  let asking;

  const start = async () => {
    asking?.abort();
    const mine = (asking = new AbortController());
    result.setAttribute("aria-busy", "true");
    const { answer, took } = await ask(area.value, mine.signal);
    if (mine !== asking) return;
    const tables = answer.data ? tablesOf(answer.data) : [];
    const known = facts(answer, tables, took);
    result.replaceChildren(make("p", { class: "facts" }, ...known.map((fact) => make("span", {}, fact))));
    if (answer.errors) result.append(make("ul", { class: "errors" }, ...answer.errors.map(told)));
    result.append(...tables.map(drawn));
    const raw = make("pre", { tabindex: "0" }, JSON.stringify(answer, null, 2));
    result.append(make("details", {}, make("summary", {}, "The answer as JSON"), raw));
    result.removeAttribute("aria-busy");
    const codes = (answer.errors ?? []).map((error) => error.extensions?.code);
    say(`${title}: ${[...known, ...new Set(codes)].join(", ")}`);
  };

  run.addEventListener("click", start);
  area.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) start();
  });
  area.addEventListener("input", () => (restore.hidden = area.value === area.defaultValue));
  restore.addEventListener("click", () => {
    area.value = area.defaultValue;
    restore.hidden = true;
    area.focus();
  });
}

// ---- The address.

find("endpoint").textContent = endpoint;
find("socket").textContent = endpoint.replace(/^http/, "ws") + "/ws";
const curl = find("curl");
curl.textContent = curl.textContent.replace("http://127.0.0.1:8000/graphql", () => endpoint);
const copy = find("copy");
copy.hidden = false;
copy.addEventListener("click", async () => {
  try {
    await navigator.clipboard.writeText(curl.textContent);
    copy.textContent = "Copied";
    say("The command is copied.");
    setTimeout(() => (copy.textContent = "Copy"), 2000);
  } catch {
    // Without TLS a browser lets no page write the clipboard: it can still be marked for Ctrl + C.
    getSelection().selectAllChildren(curl);
    say("The command is selected: copy it with Ctrl + C.");
  }
});
