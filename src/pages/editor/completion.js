// Completion of the names of fields.

const ignored = /"""[\s\S]*?("""|$)|"(\\.|[^"\\\n])*("|$)|#.*/g;

/** The fields of the type at the end of a text, and the word that was begun there; nothing where no field may stand. */
export function placeOf(text, { roots, types }) {
  const tokens = text.replace(ignored, " ").match(/\.\.\.|[\w$@]+|[^\s,]/g) ?? [];
  const open = []; // the types of the selections that are open
  let [next, depth] = [roots.query, 0];
  for (const [at, token] of tokens.entries()) {
    if ("([".includes(token)) depth += 1;
    else if (")]".includes(token)) depth -= 1;
    else if (depth) continue;
    else if (token === "{") open.push(next);
    else if (token === "}") open.pop(), (next = roots.query);
    else if (tokens[at - 1] === "on") next = token;
    else if (token === "...") next = open.at(-1);
    else if (token[0] === "@") continue;
    else if (open.length) next = types[open.at(-1)]?.[token];
    else next = roots[token] ?? next;
  }
  const [word] = /[\w$@]*$/.exec(text);
  const before = tokens.at(word ? -2 : -1);
  const fields = types[open.at(-1)];
  return fields && !depth && /^\w*$/.test(word) && !/^(@|\.\.\.|on$)/.test(before) && !/#.*$/.test(text) ? { fields, word } : null;
}
