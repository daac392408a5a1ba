// The tab of our own: an answer with its cost as tables, its download, and its request as a program.
import { useEffect, useRef, useState, useSyncExternalStore } from "react";

import { elements } from "../../src/pages/editor/answer.js";
import { download, linkTo, programs } from "../../src/pages/editor/request.js";
import { lastAnswer, onAnswer } from "./answers.js";
import { texts } from "./data.js";

const editor = document.getElementById("editor");

const asRequest = ({ query, variables, operationName }) => ({
  query,
  variables: variables && JSON.stringify(variables),
  operationName,
});

function Answer() {
  const last = useSyncExternalStore(onAnswer, lastAnswer);
  const [said, say] = useState("");
  const [copied, setCopied] = useState("");
  const shown = useRef(null);
  useEffect(() => {
    say("");
    setCopied("");
    if (last) shown.current.replaceChildren(...elements(last.answer, last.tables, last.known, texts));
  }, [last]);

  const copy = async (text) => {
    setCopied(text);
    await navigator.clipboard.writeText(text).then(() => say(texts.copied), () => say(texts.selected));
  };
  const save = async () => say(texts[await download(asRequest(last.body), last.tables)]);
  return (
    <section className="simpul-answer" aria-label={texts.answer}>
      <h2>{texts.answer}</h2>
      {last ? (
        <p className="acts">
          <button type="button" onClick={save}>{texts.download}</button>
          <button type="button" onClick={() => copy(linkTo(asRequest(last.body)))}>{texts.copyLink}</button>
          {Object.entries(programs).map(([name, write]) => (
            <button type="button" key={name} onClick={() => copy(write(last.body))}>
              {texts[`copy${name}`]}
            </button>
          ))}
        </p>
      ) : (
        <p>{texts.nothing}</p>
      )}
      <p role="status">{said}</p>
      {copied && <pre tabIndex={0}>{copied}</pre>}
      <div className="result" ref={shown} />
      <p>
        <a href="/schema">{texts.schema}</a> · <a href={editor.dataset.plain}>{texts.plain}</a> ·{" "}
        <a href={editor.dataset.licences}>{texts.licences}</a>
      </p>
    </section>
  );
}

function Icon() {
  return (
    <svg viewBox="0 0 24 24" fill="none" stroke="currentColor" strokeWidth="1.5" aria-hidden="true">
      <path d="M3 4h18v16H3zM3 9h18M3 14.5h18M9 9v11" />
    </svg>
  );
}

export const answerTab = { title: texts.answer, icon: Icon, content: Answer };
