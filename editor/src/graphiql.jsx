// GraphiQL, with the explorer and a tab of our own. Its address holds the request of the tab in front.
import "./workers.js";
import "@graphiql/react/style.css";
import "@graphiql/plugin-doc-explorer/style.css";
import "@graphiql/plugin-history/style.css";
import "@graphiql/plugin-explorer/style.css";
import "graphiql/graphiql.css";
import "./style.css";

import { explorerPlugin } from "@graphiql/plugin-explorer";
import { HISTORY_PLUGIN } from "@graphiql/plugin-history";
import { useGraphiQL, useGraphiQLActions } from "@graphiql/react";
import { GraphiQL } from "graphiql";
import { useEffect } from "react";
import { createRoot } from "react-dom/client";

import { readLink, writeLink } from "../../src/pages/editor/request.js";
import { answerTab } from "./answer-tab.jsx";
import { fetcher } from "./answers.js";
import { examples, texts } from "./data.js";

const link = readLink();
const plugins = [answerTab, HISTORY_PLUGIN, explorerPlugin()];
const tabs = examples.map(({ query, variables }) => ({ query, variables }));

/** Keeps the address of the page up to date with the tab in front. */
function Link() {
  const { setOperationName } = useGraphiQLActions();
  const ready = useGraphiQL((state) => Boolean(state.queryEditor));
  const [query, variables, operationName] = useGraphiQL((state) => {
    const tab = state.tabs[state.activeTabIndex];
    return [tab?.query ?? "", tab?.variables ?? "", state.operations?.length > 1 ? state.operationName : ""];
  });
  useEffect(() => {
    if (ready && link.operationName) setOperationName(link.operationName);
  }, [ready, setOperationName]);
  useEffect(() => {
    const later = setTimeout(() => writeLink({ query, variables, operationName }), 300);
    return () => clearTimeout(later);
  }, [query, variables, operationName]);
  return null;
}

createRoot(document.getElementById("editor")).render(
  <GraphiQL
    fetcher={fetcher}
    plugins={plugins}
    visiblePlugin={answerTab}
    defaultTabs={link.query ? [link, ...tabs] : tabs}
    initialQuery={link.query || undefined}
    initialVariables={link.query ? link.variables : undefined}
    isHeadersEditorEnabled={false}
    showPersistHeadersSettings={false}
    defaultEditorToolsVisibility="variables"
    inputValueDeprecation
    schemaDescription
  >
    <GraphiQL.Logo>
      <a href="/">Simpul</a>
    </GraphiQL.Logo>
    <Link />
  </GraphiQL>,
);
