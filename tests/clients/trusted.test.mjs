// Trusted documents: manifests of Apollo's and Relay's compilers, and which documents are refused.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";

import { ApolloClient, HttpLink, InMemoryCache, gql } from "@apollo/client";
import { PersistedQueryLink } from "@apollo/client/link/persisted-queries";
import { addTypenameToDocument } from "@apollo/client/utilities";
import { print } from "graphql";
import { createClient } from "graphql-ws";
import WebSocket from "ws";

import { alIttifaq, codes, get, post, serve, sha256 } from "./support.mjs";

const profile = gql`
  query Profile($by: CooperativeBy!) {
    cooperative(by: $by) { id name shortName }
  }
`;
const variables = { by: { slug: alIttifaq.slug } };
const body = print(addTypenameToDocument(profile));
const id = sha256(body);
const apollos = {
  format: "apollo-persisted-query-manifest",
  version: 1,
  operations: [{ id, name: "Profile", type: "query", body }],
};

const relayText = `query Short($by: CooperativeBy!) {\n  cooperative(by: $by) {\n    shortName\n    id\n  }\n}\n`;
const relayId = createHash("md5").update(relayText).digest("hex");
const relays = { [relayId]: relayText };

const untrusted = `{ cooperative(by: {slug: "${alIttifaq.slug}"}) { name } }`;
const nameOf = (answer) => answer.body.data?.cooperative?.name;

const folder = mkdtempSync(join(tmpdir(), "simpul-trusted."));
after(() => rmSync(folder, { recursive: true }));

function serveWith(manifest, documents) {
  const file = join(folder, `${sha256(JSON.stringify(manifest))}.json`);
  writeFileSync(file, JSON.stringify(manifest));
  return serve("--trusted-documents", file, "--documents", documents);
}

/** A server with a manifest for as long as the suite runs. */
function trusting(manifest, documents) {
  let server;
  before(async () => (server = await serveWith(manifest, documents)));
  after(() => server?.stop());
  return {
    post: (request) => post(request, server.url),
    get: (request) => get(request, server.url),
    url: () => server.url,
  };
}

describe("with Apollo's manifest and --documents only", () => {
  const server = trusting(apollos, "only");

  test("Apollo Client asks by the manifest's ids, and never sends a text", async (t) => {
    const sent = [];
    const watched = (uri, options) => {
      sent.push(options.method);
      return fetch(uri, options);
    };
    const generateHash = ({ definitions: [{ name }] }) =>
      apollos.operations.find((known) => known.name === name.value).id;
    const persisted = new PersistedQueryLink({ generateHash, useGETForHashedQueries: true });
    const link = persisted.concat(new HttpLink({ uri: server.url(), fetch: watched }));
    const client = new ApolloClient({ link, cache: new InMemoryCache() });
    t.after(() => client.stop());
    const { data } = await client.query({ query: profile, variables });
    assert.equal(data.cooperative.name, alIttifaq.name);
    assert.deepEqual(sent, ["GET"]);
  });

  test("a trusted document runs by its id, by POST and by GET", async () => {
    const extensions = { persistedQuery: { version: 1, sha256Hash: id } };
    for (const request of [{ documentId: id, variables }, { extensions, variables }]) {
      for (const send of [server.post, server.get]) {
        const answer = await send(request);
        assert.equal(nameOf(answer), alIttifaq.name, JSON.stringify(answer.body));
        assert.equal(answer.status, 200);
      }
    }
  });

  test("its id may say that it is a SHA-256", async () => {
    assert.equal(nameOf(await server.post({ documentId: `sha256:${id}`, variables })), alIttifaq.name);
  });

  test("a strange text is refused, whatever it asks and by whatever way", async () => {
    for (const query of [untrusted, "{ __typename }", "{ __schema { queryType { name } } }"]) {
      for (const send of [server.post, server.get]) {
        const answer = await send({ query });
        assert.deepEqual(codes(answer), ["PERSISTED_QUERY_REQUIRED"]);
        assert.ok(answer.status >= 400 && answer.status < 500, `${answer.status}`);
        assert.equal("data" in answer.body, false);
      }
    }
  });

  test("a strange text cannot make itself trusted by its hash", async () => {
    const extensions = { persistedQuery: { version: 1, sha256Hash: sha256(untrusted) } };
    assert.deepEqual(codes(await server.post({ query: untrusted, extensions })), ["PERSISTED_QUERY_REQUIRED"]);
    const [code] = codes(await server.post({ extensions }));
    assert.ok(["PERSISTED_QUERY_NOT_FOUND", "PERSISTED_QUERY_REQUIRED"].includes(code), code);
  });

  test("a strange text is refused in a batch, beside a trusted one that runs", async () => {
    const { body } = await server.post([{ documentId: id, variables }, { query: untrusted }]);
    assert.equal(body[0].data.cooperative.name, alIttifaq.name);
    assert.deepEqual(codes({ body: body[1] }), ["PERSISTED_QUERY_REQUIRED"]);
  });

  test("over a socket, a trusted text runs and a strange one is refused", async (t) => {
    const address = `${server.url().replace(/^http/, "ws")}/ws`;
    const socket = createClient({ url: address, webSocketImpl: WebSocket, retryAttempts: 0 });
    t.after(() => socket.dispose());
    const { value } = await socket.iterate({ query: body, variables }).next();
    assert.equal(value.data?.cooperative.name, alIttifaq.name);
    await assert.rejects(socket.iterate({ query: untrusted }).next(), ([error]) => {
      assert.equal(error.extensions.code, "PERSISTED_QUERY_REQUIRED");
      return true;
    });
  });

  test("an id that is not in the manifest is a single error", async () => {
    for (const documentId of ["strange", `sha256:${sha256(untrusted)}`]) {
      const answer = await server.post({ documentId });
      assert.equal(answer.body.errors.length, 1);
      assert.match(answer.body.errors[0].extensions.code, /^PERSISTED_QUERY_(NOT_FOUND|REQUIRED)$/);
      assert.equal("data" in answer.body, false);
    }
  });
});

describe("with Relay's manifest and --documents only", () => {
  const server = trusting(relays, "only");

  test("a trusted document runs by its id, and a strange one is refused", async () => {
    for (const send of [server.post, server.get]) {
      const answer = await send({ documentId: relayId, variables });
      assert.equal(answer.body.data?.cooperative.shortName, alIttifaq.shortName, JSON.stringify(answer.body));
      assert.deepEqual(codes(await send({ query: untrusted })), ["PERSISTED_QUERY_REQUIRED"]);
    }
  });
});

describe("with --documents log", () => {
  const server = trusting(apollos, "log");

  test("both trusted and strange documents run", async () => {
    assert.equal(nameOf(await server.post({ documentId: id, variables })), alIttifaq.name);
    assert.equal(nameOf(await server.post({ query: untrusted })), alIttifaq.name);
    assert.equal(nameOf(await server.get({ query: untrusted })), alIttifaq.name);
  });
});

describe("with --documents any", () => {
  const server = trusting(apollos, "any");

  test("trusted documents run by their ids, and any other by its text", async () => {
    assert.equal(nameOf(await server.post({ documentId: id, variables })), alIttifaq.name);
    assert.equal(nameOf(await server.post({ query: untrusted })), alIttifaq.name);
  });
});

test("a manifest that is none stops the start, which names the file", async () => {
  await assert.rejects(serveWith({ format: "strange", version: 7 }, "only"), /simpul-trusted\.\w+\/\w+\.json/);
});
