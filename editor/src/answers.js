// The last answer, and who is told of a new one.
import { ask } from "../../src/pages/editor/request.js";
import { facts, tablesOf } from "../../src/pages/editor/answer.js";
import { texts } from "./data.js";

let last = null;
const listeners = new Set();

export const lastAnswer = () => last;

export function onAnswer(listener) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Sends a request of GraphiQL, and keeps the answer for the tab. */
export async function fetcher({ query, variables, operationName }) {
  const body = { query, variables, operationName: operationName ?? undefined };
  const began = performance.now();
  const answer = await ask(body, texts);
  if (operationName !== "IntrospectionQuery") {
    const tables = tablesOf(answer.data, texts);
    const known = facts(answer, tables, Math.round(performance.now() - began), texts);
    last = { body, answer, tables, known };
    for (const listener of listeners) listener();
  }
  return answer;
}
