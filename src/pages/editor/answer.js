// An answer as tables: on the page, and as CSV.

/** A text with values in place of its `{names}`. */
const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);

/** An element. What stands in it is text, never markup. */
export function make(name, attributes, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...children);
  return element;
}

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
export function tablesOf(data, texts) {
  return Object.entries(data ?? {}).flatMap(([path, whole]) => {
    const { own, lists } = sorted(whole, path, true);
    const columns = [texts.field, texts.value];
    const rows = [...own].map(([at, values]) => [new Map([[columns[0], { head: at }], [columns[1], { values, path: at }]])]);
    return [...(own.size ? [{ path, columns, rows, fields: true }] : []), ...lists];
  });
}

/** The cells of each row, line by line. A cell that spans several lines stands in the first. */
function grid({ columns, rows }) {
  return rows.map((lines) => {
    const free = columns.map(() => 0);
    return lines.map((cells, line) =>
      columns.map((path, at) => {
        if (line < free[at]) return null;
        const cell = { path, span: 1, ...[...cells].find(([whole]) => isWithin(path, whole))?.[1] };
        free[at] = line + cell.span;
        return cell;
      }),
    );
  });
}

const nameIn = (title, path) => (path.startsWith(`${title}.`) ? path.slice(title.length + 1) : path);

/** The longest list as CSV, else the first table. What spans several lines is repeated in each. */
export function csvOf(tables) {
  const [table] = tables.toSorted((a, b) => !a.fields - !b.fields || a.rows.length - b.rows.length).slice(-1);
  if (!table) return "";
  const text = ({ head, values = [] }) => (head ? nameIn(table.path, head) : values.map((value) => value ?? "").join("; "));
  const lines = grid(table).flatMap((lines) => {
    const above = [];
    return lines.map((cells) => cells.map((cell, at) => (above[at] = cell ? text(cell) : above[at])));
  });
  // Behind an apostrophe where a spreadsheet would run a text as a formula.
  const cell = (text) => `"${`${text}`.replace(/^(?=[=+@\t\r]|-(?!\d+(\.\d+)?$))/, "'").replaceAll('"', '""')}"`;
  const heads = table.columns.map((path) => nameIn(table.path, path));
  return [heads, ...lines].map((cells) => `${cells.map(cell)}\r\n`).join("");
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

function drawn(table, texts) {
  const { path: title, columns, rows, fields } = table;
  const parts = (path, stop) => nameIn(title, path).split(/(?<=\.)/).flatMap((part) => [part, make(stop, {})]);
  const line = (cells) => make("tr", {}, ...cells.filter(Boolean));
  const styles = columns.map((path) => {
    const values = rows.flat().flatMap((cells) => cells.get(path)?.values ?? []).filter((value) => value !== null);
    return !fields && values.length && values.every((value) => isAmount(value, path)) ? { class: "right" } : {};
  });
  const contents = ({ values, path }) => {
    if (!values) return "";
    const all = values.map((value) => shown(value, path));
    if (all.length > 1) return make("ul", {}, ...all.map((one) => make("li", {}, one)));
    return all[0] ?? make("span", { class: "soft" }, texts.none);
  };
  const cell = (cell, at) => {
    if (cell?.head) return make("th", { scope: "row" }, ...parts(cell.head, "wbr"));
    return cell && make("td", { ...styles[at], rowspan: cell.span }, contents(cell));
  };
  const heads = columns.map((path, at) => make("th", { scope: "col", ...styles[at] }, ...parts(path, "br")));
  const drawing = make(
    "table",
    { class: fields ? "fields" : "rows" },
    make("caption", {}, make("span", {}, title)),
    make("thead", {}, line(heads)),
    ...grid(table).map((lines) => make("tbody", {}, ...lines.map((cells) => line(cells.map(cell))))),
  );
  const label = fill(texts.table, { name: title });
  return make("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": label }, drawing);
}

function told({ message, path, locations = [], extensions }, texts) {
  const where = [path?.join("."), ...locations.map((place) => fill(texts.place, place))].filter(Boolean).join(" · ");
  const code = make("code", {}, extensions?.code ?? "ERROR");
  return make("li", {}, code, make("pre", {}, message), make("small", {}, where));
}

/** What is known of an answer, in short texts: errors, rows, time and cost. */
export function facts({ errors, extensions }, tables, took, texts) {
  const rows = tables.flatMap((table) => (table.fields ? [] : table.rows)).length;
  return [
    errors && fill(texts.errors, { n: errors.length }),
    rows && fill(texts.rows, { n: rows }),
    `${took} ms`,
    extensions?.cost && fill(texts.cost, extensions.cost),
  ].filter(Boolean);
}

/** An answer as elements: the facts, its errors, its tables. */
export function elements({ errors }, tables, known, texts) {
  const line = make("p", { class: "facts" }, ...known.map((fact) => make("span", {}, fact)));
  const list = errors && make("ul", { class: "errors" }, ...errors.map((error) => told(error, texts)));
  return [line, list, ...tables.map((table) => drawn(table, texts))].filter(Boolean);
}
