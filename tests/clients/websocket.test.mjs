// GraphQL over WebSocket, by the client that defines the protocol, and word for word: the protocol's text is the
// PROTOCOL.md of npm's graphql-ws.
import assert from "node:assert/strict";
import { once } from "node:events";
import { describe, test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";

import { createClient } from "graphql-ws";
import WebSocket from "ws";

import { alIttifaq, dataOf, document, post, url } from "./support.mjs";

const address = `${url.replace(/^http/, "ws")}/ws`;
const named = `{ cooperative(by: {slug: "${alIttifaq.slug}"}) { name } }`;
const itsName = { cooperative: { name: alIttifaq.name } };

function client(t) {
  const made = createClient({ url: address, webSocketImpl: WebSocket, retryAttempts: 0 });
  t.after(() => made.dispose());
  return made;
}

/** The results of one operation, in the order they came; rejects with what the sink's `error` is given. */
function results(client, request) {
  return new Promise((resolve, reject) => {
    const came = [];
    client.subscribe(request, { next: (result) => came.push(result), error: reject, complete: () => resolve(came) });
  });
}

describe("graphql-ws", { concurrency: true }, () => {
  for (const name of ["mobile/cooperative-profile", "dashboard/internship-program", "mobile/search"]) {
    test(`has the same data of ${name} as a POST`, async (t) => {
      const { query, variables } = document(name);
      const [result, ...more] = await results(client(t), { query, variables });
      assert.deepEqual(result.data, await dataOf(query, variables));
      assert.equal(result.errors, undefined);
      assert.deepEqual(more, []);
    });
  }

  test("asks many things at once over one socket, and each has its own answer", async (t) => {
    const { data } = (await post({ query: "{ cooperatives(first: 9) { nodes { id name } } }" })).body;
    const one = "query One($id: ID!) { node(id: $id) { id ... on Cooperative { name } } }";
    const shared = client(t);
    const asked = data.cooperatives.nodes.map(({ id }) => results(shared, { query: one, variables: { id } }));
    const answered = await Promise.all(asked);
    assert.equal(data.cooperatives.nodes.length, 9);
    assert.deepEqual(answered.map(([{ data }]) => data.node), data.cooperatives.nodes);
  });

  test("runs the operation that is named", async (t) => {
    const query = `query Other { __typename } query Name ${named}`;
    const [{ data }] = await results(client(t), { query, operationName: "Name" });
    assert.deepEqual(data, itsName);
  });

  const refusals = {
    "does not parse": ["{ cooperative", "GRAPHQL_PARSE_FAILED"],
    "does not fit the schema": ["{ strange }", "GRAPHQL_VALIDATION_FAILED"],
    "costs too much": [
      "{ cooperatives(first: 100) { nodes { partnerships(first: 100) { nodes { linkages(first: 100) { nodes { id } } } } } } }",
      "COST_LIMIT_EXCEEDED",
    ],
  };
  for (const [fault, [query, code]] of Object.entries(refusals)) {
    test(`hears of a document that ${fault} as errors with their code, and may go on`, async (t) => {
      const same = client(t);
      await assert.rejects(results(same, { query }), (errors) => {
        assert.ok(Array.isArray(errors), `${errors}`);
        assert.deepEqual(errors.map(({ extensions }) => extensions?.code), [code]);
        assert.equal(typeof errors[0].message, "string");
        return true;
      });
      assert.deepEqual((await results(same, { query: named }))[0].data, itsName);
    });
  }

  test("hears of a missing variable as errors", async (t) => {
    const query = "query One($id: ID!) { node(id: $id) { id } }";
    await assert.rejects(results(client(t), { query }), (errors) => Array.isArray(errors) && errors.length === 1);
  });

  test("has a field one may not see as an error beside the data", async (t) => {
    const query = "{ placements(first: 1) { nodes { status score } } }";
    const [{ data, errors }] = await results(client(t), { query });
    assert.deepEqual(data, (await post({ query })).body.data);
    assert.deepEqual(errors.map(({ path, extensions }) => [path.join("."), extensions.code]), [
      ["placements.nodes.0.score", "FORBIDDEN"],
    ]);
  });
});

// ---- The protocol itself, message by message.

const init = { type: "connection_init" };
const ask = (id, query = named) => ({ id, type: "subscribe", payload: { query } });
/** Takes the database a while, so that it is under way when the next message comes. */
const slow = "{ linkageAggregate(groupBy: [SUPPLIER_PROVINCE, COMMODITY_CATEGORY], first: 1000) { nodes { count } } }";

async function open(t, protocol = "graphql-transport-ws") {
  const socket = new WebSocket(address, protocol);
  t.after(() => socket.terminate());
  const closed = new Promise((resolve) => socket.on("close", (code, reason) => resolve({ code, reason: `${reason}` })));
  const [came, waiting] = [[], []];
  socket.on("message", (text) => {
    const message = JSON.parse(text);
    if (waiting.length) waiting.shift()(message);
    else came.push(message);
  });
  await once(socket, "open");
  return {
    closed,
    send: (...messages) => {
      for (const message of messages) socket.send(typeof message === "string" ? message : JSON.stringify(message));
    },
    next: async () => {
      if (came.length) return came.shift();
      const ended = closed.then(({ code }) => assert.fail(`closed with ${code}`));
      return Promise.race([new Promise((resolve) => waiting.push(resolve)), ended]);
    },
  };
}

async function ready(t) {
  const socket = await open(t);
  socket.send(init);
  assert.equal((await socket.next()).type, "connection_ack");
  return socket;
}

describe("the protocol", { concurrency: true, timeout: 30_000 }, () => {
  test("answers with next and then complete", async (t) => {
    const socket = await ready(t);
    socket.send(ask("a"));
    const { payload, ...next } = await socket.next();
    assert.deepEqual(next, { id: "a", type: "next" });
    assert.deepEqual(payload.data, itsName);
    assert.deepEqual(await socket.next(), { id: "a", type: "complete" });
  });

  test("says an invalid document as error, without next or complete", async (t) => {
    const socket = await ready(t);
    socket.send(ask("a", "{ strange }"));
    const { payload, ...error } = await socket.next();
    assert.deepEqual(error, { id: "a", type: "error" });
    assert.deepEqual(payload.map(({ extensions }) => extensions.code), ["GRAPHQL_VALIDATION_FAILED"]);
    socket.send({ type: "ping" });
    assert.deepEqual(await socket.next(), { type: "pong" });
  });

  test("lets an id be used again once its operation is over", async (t) => {
    const socket = await ready(t);
    for (const query of [named, "{ strange }", named]) {
      socket.send(ask("a", query));
      const { type } = await socket.next();
      assert.equal(type, query === named ? "next" : "error");
      if (type === "next") assert.equal((await socket.next()).type, "complete");
    }
  });

  test("sends nothing more of an operation that the client has ended", async (t) => {
    const socket = await ready(t);
    socket.send(ask("a", slow), { id: "a", type: "complete" }, ask("b"));
    const came = [await socket.next(), await socket.next()];
    assert.deepEqual(came.map(({ id, type }) => [id, type]), [["b", "next"], ["b", "complete"]]);
    await pause(1_000);
    socket.send({ type: "ping" });
    assert.deepEqual(await socket.next(), { type: "pong" });
  });

  test("does not give the answer of an ended operation to a new one of the same id", async (t) => {
    const socket = await ready(t);
    const few = (first) => ask("a", `{ cooperatives(first: ${first}) { nodes { id } } }`);
    for (let first = 1; first <= 20; first += 1) {
      socket.send(few(0));
      await pause(first / 4);
      socket.send({ id: "a", type: "complete" }, { type: "ping" }, few(first));
      // Before the pong the old one may have been faster than its end.
      while ((await socket.next()).type !== "pong");
      assert.equal((await socket.next()).payload?.data.cooperatives.nodes.length, first);
      assert.deepEqual(await socket.next(), { id: "a", type: "complete" });
    }
  });

  test("ignores the end of an operation it does not know", async (t) => {
    const socket = await ready(t);
    socket.send({ id: "unknown", type: "complete" }, { type: "pong" }, ask("a"));
    assert.deepEqual((await socket.next()).payload.data, itsName);
  });

  test("answers a ping with a pong of the same payload, before and after the acknowledgement", async (t) => {
    const socket = await open(t);
    const payload = { sent: 17, by: ["ñ", null] };
    socket.send({ type: "ping", payload });
    assert.deepEqual(await socket.next(), { type: "pong", payload });
    socket.send({ type: "connection_init", payload: null }, { type: "ping", payload }, { type: "ping" });
    assert.equal((await socket.next()).type, "connection_ack");
    assert.deepEqual(await socket.next(), { type: "pong", payload });
    assert.deepEqual(await socket.next(), { type: "pong" });
  });

  test("closes with 4401 on an operation before the acknowledgement", async (t) => {
    const socket = await open(t);
    socket.send(ask("a"));
    assert.equal((await socket.closed).code, 4401);
  });

  test("closes with 4408 when no init comes in time", async (t) => {
    const socket = await open(t);
    const { code, reason } = await Promise.race([socket.closed, pause(12_000, {}, { ref: false })]);
    assert.deepEqual({ code, reason }, { code: 4408, reason: "Connection initialisation timeout" });
  });

  test("closes with 4409 on an id that is under way", async (t) => {
    const socket = await ready(t);
    socket.send(ask("twice", slow), ask("twice", slow));
    assert.deepEqual(await socket.closed, { code: 4409, reason: "Subscriber for twice already exists" });
  });

  test("closes with 4429 on a second init", async (t) => {
    const together = await open(t);
    together.send(init, init);
    const tooMany = { code: 4429, reason: "Too many initialisation requests" };
    assert.deepEqual(await together.closed, tooMany);
    const later = await ready(t);
    later.send(init);
    assert.deepEqual(await later.closed, tooMany);
  });

  const invalid = {
    "no JSON": "{",
    "a list": "[]",
    null: "null",
    "no type": {},
    "a type it does not know": { type: "start", id: "a", payload: { query: named } },
    "a type that is no text": { type: 1 },
    "an operation without id": { type: "subscribe", payload: { query: named } },
    "an operation whose id is no text": { id: 1, type: "subscribe", payload: { query: named } },
    "an operation without payload": { id: "a", type: "subscribe" },
    "an operation without query": { id: "a", type: "subscribe", payload: {} },
    "an operation whose query is no text": { id: "a", type: "subscribe", payload: { query: 1 } },
    "an operation whose variables are a list": {
      id: "a",
      type: "subscribe",
      payload: { query: named, variables: [1] },
    },
    "a ping whose payload is no object": { type: "ping", payload: "now" },
    "an end without id": { type: "complete" },
  };
  for (const [fault, message] of Object.entries(invalid)) {
    test(`closes with 4400 on ${fault}`, async (t) => {
      const socket = await ready(t);
      socket.send(message);
      assert.equal((await socket.closed).code, 4400);
    });
  }

  test("closes with 4400 on an init whose payload is no object", async (t) => {
    const socket = await open(t);
    socket.send({ type: "connection_init", payload: "token" });
    assert.equal((await socket.closed).code, 4400);
  });

  for (const [which, protocol] of [["an unknown", "mqtt"], ["the legacy graphql-ws", "graphql-ws"], ["no", []]]) {
    test(`refuses ${which} subprotocol`, async (t) => {
      const socket = new WebSocket(address, protocol);
      t.after(() => socket.terminate());
      const refused = await new Promise((resolve, reject) => {
        socket.on("unexpected-response", (_, { statusCode }) => resolve(statusCode));
        socket.on("close", resolve);
        socket.on("error", ({ message }) => resolve(message));
        socket.on("message", reject);
      });
      const none = refused === "Server sent no subprotocol";
      assert.ok(none || refused === 4406 || (refused >= 400 && refused < 500), `${refused}`);
    });
  }
});
