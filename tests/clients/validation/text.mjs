// Mutations of the characters of a document, to test the grammar.

const TOKENS = ["{", "}", "(", ")", "[", "]", ":", "=", "!", "$", "@", "...", "|", "&", "..", ".", "-", "1", "01", "-0", "1.", "1e5", "1.5", "1a", "0x1", '"a"', '""', '"""a"""', '"', '"""', '"\\u{1F600}"', '"\\uD83D\\uDE00"', '"\\uD83D"', '"\\u{110000}"', '"\\u{}"', '"\\q"', '"\\u00"', '"a\\/b"', "'a'", "on", "query", "fragment", "mutation", "true", "null", "nullable", "trueish", "name", "#c\n", "# \u00e9\r\n", "\ufeff", ",", "\t", "\u00a0", "\u0000", "\u0007", "%", "é"];
const TOKEN = /\.\.\.|[A-Za-z_]\w*|-?\d[\w.+-]*|"""(?:\\"""|[^])*?"""|"(?:\\.|[^"\\\n])*"|[^\s,]/g;

/** The changes, by name. */
export function textChanges({ below, pick, happens }) {
  const replacing = (change) => (text) => {
    const tokens = [...text.matchAll(TOKEN)];
    const token = pick(tokens);
    if (!token) return undefined; // nothing is left of it
    return text.slice(0, token.index) + change(token[0]) + text.slice(token.index + token[0].length);
  };
  const described = (text) => text.replaceAll(/\b(query|fragment)\b(?! *:)|(?<=\(|, )(\$\w+)(?=: \[*[A-Z])/g, (word) => (happens(0.7) ? `${pick(['"what"', '"""what\nit is"""', '""', '"\\u{1F600}"', '"a" "b"'])} ${word}` : word));
  return {
    "a token less": replacing(() => " "),
    "a token twice": replacing((token) => `${token} ${token}`),
    "a token more": replacing((token) => `${token} ${pick(TOKENS)} `),
    "a token more, glued": replacing((token) => (happens(0.5) ? `${token}${pick(TOKENS)}` : `${pick(TOKENS)}${token}`)),
    "another token": replacing(() => ` ${pick(TOKENS)} `),
    "no blank before a token": (text) => {
      const gaps = [...text.matchAll(/\s+/g)];
      const gap = pick(gaps);
      return gap && text.slice(0, gap.index) + pick(["", ",", "#\n", "\ufeff", "\r"]) + text.slice(gap.index + gap[0].length);
    },
    "a part less": (text) => text.slice(0, below(text.length)),
    "descriptions": described,
    "escapes": (text) => text.replaceAll(/"(\w*)"/g, (_, word) => (happens(0.5) ? `"${word}${pick(["\\u{1F600}", "\\uD83D\\uDE00", "\\u{0}", "\\u{000041}", "\\u0041", "\\uDE00", "\\uD83D", "\\uD83Dx", "\\u{D83D}", "\\u{110000}", "\\u{1F600", "\\u{G}", "\\n\\t\\\\\\\"", "\\x", "\t", "\u007f", "é"])}"` : `"${word}"`)),
  };
}
