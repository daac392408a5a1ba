// The editor: runs a request, and completes, keeps and copies it.
import { elements, facts, make, tablesOf } from "./answer.js";
import { placeOf } from "./completion.js";
import { ask, bodyOf, download, linkTo, programs, writeLink } from "./request.js";

const find = (id) => document.getElementById(id);
const texts = JSON.parse(find("texts").textContent);
const say = (text) => (find("said").textContent = text);
const [query, variables, operationName, result, hints, past] =
  ["query", "variables", "operationName", "result", "hints", "history"].map(find);
const request = () => ({ query: query.value, variables: variables.value, operationName: operationName.value });
let tables = [];
let asking;

function body() {
  try {
    return bodyOf(request());
  } catch (error) {
    say(`${texts.badVariables} ${error.message}`);
    variables.focus();
  }
}

async function run() {
  const sent = body();
  if (!sent) return;
  asking?.abort();
  const mine = (asking = new AbortController());
  const began = performance.now();
  result.ariaBusy = "true";
  const answer = await ask(sent, texts, mine.signal);
  if (mine !== asking) return;
  tables = tablesOf(answer.data, texts);
  const known = facts(answer, tables, Math.round(performance.now() - began), texts);
  const raw = make("pre", { tabindex: 0 }, JSON.stringify(answer, null, 2));
  const whole = make("details", {}, make("summary", {}, texts.json), raw);
  result.replaceChildren(...elements(answer, tables, known, texts), whole);
  result.ariaBusy = "false";
  say([...new Set(answer.errors?.map((error) => error.extensions?.code)), ...known].join(", "));
  keep();
}

// ---- What was run before.

const store = "simpul.requests";
const kept = () => {
  try {
    return JSON.parse(localStorage.getItem(store) ?? "[]");
  } catch {
    return [];
  }
};

function keep() {
  const mine = request();
  const others = kept().filter((other) => linkTo(other) !== linkTo(mine));
  localStorage.setItem(store, JSON.stringify([mine, ...others].slice(0, 20)));
  list();
}

function list() {
  const line = (one) => make("li", {}, make("a", { href: linkTo(one) }, one.query.replace(/\s+/g, " ").slice(0, 90)));
  past.replaceChildren(...kept().map(line));
  past.parentElement.hidden = !past.children.length;
}

// ---- Completion.

let loading;

async function complete() {
  loading ??= fetch(query.dataset.fields).then((answer) => answer.json());
  loading.catch(() => (loading = undefined));
  const fields = await loading;
  // The text as it is now: more may have been typed while the names were loaded.
  const before = query.value.slice(0, query.selectionStart);
  const place = placeOf(before, fields);
  const names = Object.keys(place?.fields ?? {}).filter((name) => name.startsWith(place.word) && name !== place.word);
  const hint = (name) => {
    const type = place.fields[name];
    const button = make("button", { type: "button", title: type }, name);
    button.addEventListener("click", () => {
      const at = before.length - place.word.length;
      const added = fields.types[type] ? `${name} {  }` : name;
      query.focus();
      query.setRangeText(added, at, before.length, "end");
      query.selectionEnd = query.selectionStart -= added === name ? 0 : 2;
      changed();
    });
    return button;
  };
  hints.replaceChildren(...names.slice(0, 40).map(hint));
}

function changed() {
  writeLink(request());
  complete().catch(() => {});
}

for (const area of [query, variables, operationName]) {
  area.addEventListener("input", changed);
  area.addEventListener("keydown", (event) => {
    const control = event.ctrlKey || event.metaKey;
    if (event.key === "Enter" && control) event.preventDefault(), run();
    if (event.key === " " && control) event.preventDefault(), hints.querySelector("button")?.focus();
  });
}
query.addEventListener("click", changed);
query.form.addEventListener("submit", (event) => {
  event.preventDefault();
  run();
});

// ---- Copies.

async function copy(text) {
  const shown = find("copied");
  shown.hidden = false;
  shown.textContent = text;
  try {
    await navigator.clipboard.writeText(text);
    say(texts.copied);
  } catch {
    // Browsers keep the clipboard from pages without TLS; what is selected can still be copied by hand.
    getSelection().selectAllChildren(shown);
    say(texts.selected);
  }
}
find("link").addEventListener("click", () => copy(linkTo(request())));
for (const button of document.querySelectorAll("[data-program]")) {
  button.addEventListener("click", () => body() && copy(programs[button.dataset.program](body())));
}
find("download").addEventListener("click", async (event) => {
  event.preventDefault();
  if (body()) say(texts[await download(request(), tables)]);
});

for (const button of query.form.querySelectorAll("button[hidden]")) button.hidden = false;
list();
