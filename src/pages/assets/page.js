// What pages add with JavaScript: suggestions while typing, copying a link, sorting a table. All of it works without.

const said = document.getElementById("said");
const say = (text) => {
  if (said) said.textContent = text;
};

// Copying: buttons that are hidden without JavaScript. `data-copy` is "address", or the id of what is copied.
for (const button of document.querySelectorAll("button[data-copy]")) {
  if (!navigator.clipboard) continue;
  button.hidden = false;
  const { textContent: label } = button;
  button.addEventListener("click", async () => {
    const from = document.getElementById(button.dataset.copy);
    const canonical = document.querySelector("link[rel=canonical]");
    const address = canonical ? new URL(canonical.getAttribute("href"), location.href).href : location.href;
    try {
      await navigator.clipboard.writeText(from ? (from.value ?? from.textContent) : address);
    } catch {
      return;
    }
    button.textContent = button.dataset.said ?? label;
    say(button.textContent);
    setTimeout(() => {
      button.textContent = label;
    }, 2000);
  });
}

// Sorting: a click on the head of a column. A cell's value is `data-value`, that of a <data> or <time>, or its text.
const { lang } = document.documentElement;
const collator = new Intl.Collator(lang, { numeric: true });

const number = (text) => {
  const plain = lang === "id" ? text.replaceAll(".", "").replace(",", ".") : text.replaceAll(",", "");
  const found = /-?\d+(\.\d+)?/.exec(plain);
  return found ? Number(found[0]) : Number.NaN;
};

/** The value of a cell: that of the machine where it has one, else its text; none where it is empty or not known. */
const valueOf = (row, at, numeric) => {
  const cell = row.cells[at];
  const part = cell?.querySelector("[data-value], data, time");
  const exact = cell?.dataset.value ?? part?.dataset.value ?? part?.value ?? part?.dateTime;
  const text = cell?.querySelector(".unknown") ? "" : (cell?.textContent.trim() ?? "");
  if (!numeric) return exact ?? (text || undefined);
  const value = exact === undefined ? number(text) : Number(exact);
  return Number.isNaN(value) ? undefined : value;
};

const sort = (table, at, direction) => {
  const numeric = table.tHead.rows[0].cells[at].classList.contains("right");
  const sign = direction === "ascending" ? 1 : -1;
  for (const body of table.tBodies) {
    const rows = [...body.rows].map((row) => ({ row, value: valueOf(row, at, numeric) }));
    // What has no value comes last, whichever way.
    rows.sort(({ value: a }, { value: b }) => {
      if (a === undefined || b === undefined) return Number(a === undefined) - Number(b === undefined);
      return sign * (numeric ? a - b : collator.compare(a, b));
    });
    body.append(...rows.map(({ row }) => row));
  }
  for (const head of table.tHead.rows[0].cells) head.removeAttribute("aria-sort");
  table.tHead.rows[0].cells[at].setAttribute("aria-sort", direction);
};

for (const table of document.querySelectorAll(".scroll table")) {
  const heads = table.tHead?.rows;
  const plain = heads?.length === 1 && [...heads[0].cells].every((head) => head.colSpan === 1);
  if (!plain || (table.tBodies[0]?.rows.length ?? 0) < 3) continue;
  [...heads[0].cells].forEach((head, at) => {
    if (!head.textContent.trim()) return;
    const button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes);
    head.append(button);
    const first = head.classList.contains("right") ? "descending" : "ascending";
    const second = first === "ascending" ? "descending" : "ascending";
    button.addEventListener("click", () => {
      sort(table, at, head.getAttribute("aria-sort") === first ? second : first);
    });
  });
}

// Suggestions: the combobox pattern of ARIA, above a form that works by itself.
const PATHS = {
  Cooperative: (found) => [`/koperasi/${encodeURIComponent(found.slug)}`, place(found.place)],
  PartnerInstitution: (found) => [`/lembaga/${encodeURIComponent(found.slug)}`, place(found.seat)],
  InternshipProgram: (found) => [`/program/${encodeURIComponent(found.programCode)}`, found.organiser?.name],
  Commodity: (found) => [`/komoditas/${encodeURIComponent(found.commodityCode)}`, ""],
  Region: (found) => [`/wilayah/${encodeURIComponent(found.regionCode)}`, place(found.parent)],
};
const place = (region) => [region?.name, region?.parent?.name].filter(Boolean).join(", ");

const element = (name, attributes = {}, ...children) => {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
};

const suggest = (input) => {
  const texts = JSON.parse(input.dataset.texts);
  const box = element("div", { class: "suggestions", id: `${input.id}-suggestions`, role: "listbox" });
  box.setAttribute("aria-label", input.labels?.[0]?.textContent ?? "");
  box.hidden = true;
  input.form.append(box);
  for (const [key, value] of Object.entries({
    role: "combobox",
    "aria-autocomplete": "list",
    "aria-expanded": "false",
    "aria-controls": box.id,
    "aria-haspopup": "listbox",
  })) {
    input.setAttribute(key, value);
  }
  const asked = new URLSearchParams(location.search).get("lang");
  const withLanguage = (path) => (asked ? `${path}${path.includes("?") ? "&" : "?"}lang=${asked}` : path);
  let [options, active, timer, pending] = [[], -1, 0, null];

  const close = () => {
    clearTimeout(timer);
    pending?.abort();
    box.hidden = true;
    active = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };

  const choose = (at) => {
    options[active]?.setAttribute("aria-selected", "false");
    active = at;
    const option = options[active];
    if (!option) return input.removeAttribute("aria-activedescendant");
    option.setAttribute("aria-selected", "true");
    option.scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", option.id);
  };

  const show = (found, text) => {
    const groups = new Map();
    for (const node of found) {
      if (PATHS[node.__typename]) groups.set(node.__typename, [...(groups.get(node.__typename) ?? []), node]);
    }
    options = [];
    active = -1;
    input.removeAttribute("aria-activedescendant");
    const option = (address, ...children) => {
      const id = `${box.id}-${options.length}`;
      const made = element("a", { role: "option", id, href: withLanguage(address), tabindex: "-1", "aria-selected": "false" });
      made.append(...children);
      options.push(made);
      return made;
    };
    const shown = [...groups].map(([type, nodes]) => {
      const group = element("div", { role: "group", "aria-label": texts[type] }, element("b", { "aria-hidden": "true" }, texts[type]));
      for (const node of nodes) {
        const [address, beside] = PATHS[type](node);
        const parts = [element("span", {}, node.name ?? node.commodityName)];
        if (beside) parts.push(" ", element("small", {}, beside));
        if (node.source === "SYNTHETIC") parts.push(" ", element("mark", {}, texts.madeUp));
        group.append(option(address, ...parts));
      }
      return group;
    });
    shown.push(option(`/cari?q=${encodeURIComponent(text)}`, `${texts.all} “${text}”`));
    box.replaceChildren(...shown);
    box.hidden = false;
    input.setAttribute("aria-expanded", "true");
    say(found.length ? `${found.length} ${texts.found}` : texts.none);
  };

  const ask = async (text) => {
    pending?.abort();
    pending = new AbortController();
    const variables = JSON.stringify({ text, language: lang === "en" ? "EN" : "ID" });
    const query = new URLSearchParams({ documentId: input.dataset.suggest, variables });
    try {
      const { signal } = pending;
      const accept = "application/graphql-response+json, application/json;q=0.9";
      const response = await fetch(`/graphql?${query}`, { headers: { accept }, signal });
      const answer = await response.json();
      const found = answer.data?.search?.nodes;
      // Whatever fails, the form is still there.
      if (!found || input.value.trim() !== text || document.activeElement !== input) return;
      show(found, text);
    } catch {
      // Aborted, or no network.
    }
  };

  input.addEventListener("input", () => {
    clearTimeout(timer);
    const text = input.value.trim();
    if (text.length < 2) return close();
    timer = setTimeout(() => ask(text), 200);
  });
  input.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (event.key === "Escape" && !box.hidden) {
      event.preventDefault();
      return close();
    }
    if (event.key === "Enter" && !box.hidden && options[active]) {
      event.preventDefault();
      return options[active].click();
    }
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step || box.hidden) return;
    event.preventDefault();
    // One place more than there are options: none of them, which is the text itself.
    const places = options.length + 1;
    choose(((active + 1 + step + places) % places) - 1);
  });
  input.addEventListener("blur", () => setTimeout(close, 0));
  // The input keeps the focus while an option is pressed, so that its click arrives.
  box.addEventListener("mousedown", (event) => event.preventDefault());
  box.addEventListener("mousemove", (event) => {
    const at = options.indexOf(event.target.closest("[role=option]"));
    if (at >= 0 && at !== active) choose(at);
  });
  input.form.addEventListener("submit", close);
};

for (const input of document.querySelectorAll("input[data-suggest]")) suggest(input);
