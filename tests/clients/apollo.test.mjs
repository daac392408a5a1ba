// Apollo Client as an app would set it up: automatic persisted queries by GET, a normalised cache, batches.
import assert from "node:assert/strict";
import { test } from "node:test";

import { ApolloClient, CombinedGraphQLErrors, HttpLink, InMemoryCache, gql } from "@apollo/client";
import { BatchHttpLink } from "@apollo/client/link/batch-http";
import { PersistedQueryLink } from "@apollo/client/link/persisted-queries";
import { GraphQLWsLink } from "@apollo/client/link/subscriptions";
import { relayStylePagination } from "@apollo/client/utilities";
import { createClient } from "graphql-ws";
import WebSocket from "ws";

import { alIttifaq, codes, get, newName, post, sha256, url } from "./support.mjs";

/** The real fetch, and what went through it. */
function watched() {
  const seen = [];
  const fetchAndNote = async (uri, options) => {
    const response = await fetch(uri, options);
    const asked = new URL(uri);
    seen.push({
      method: options.method,
      status: response.status,
      caching: response.headers.get("cache-control") ?? "",
      type: response.headers.get("content-type") ?? "",
      answer: await response.clone().json(),
      parameters: Object.fromEntries(asked.searchParams),
      body: options.body && JSON.parse(options.body),
    });
    return response;
  };
  return { seen, fetch: fetchAndNote };
}

function app(t, link, cache = new InMemoryCache()) {
  const client = new ApolloClient({ link, cache });
  t.after(() => client.stop());
  return client;
}

function persisting(t, cache) {
  const { seen, fetch } = watched();
  const persisted = new PersistedQueryLink({ sha256, useGETForHashedQueries: true });
  return { seen, client: app(t, persisted.concat(new HttpLink({ uri: url, fetch })), cache) };
}

const profile = (name) => gql`
  query ${name}($by: CooperativeBy!) {
    cooperative(by: $by) { id name shortName }
  }
`;
const variables = { by: { slug: alIttifaq.slug } };

test("a document that is new is asked for by its hash, and then sent once with its text", async (t) => {
  const { seen, client } = persisting(t);
  const { data } = await client.query({ query: profile(newName("Profile")), variables });

  assert.equal(data.cooperative.name, alIttifaq.name);
  assert.deepEqual(seen.map(({ method }) => method), ["GET", "POST"]);
  const [missed, registered] = seen;
  assert.equal(missed.parameters.query, undefined);
  assert.equal(missed.answer.errors[0].message, "PersistedQueryNotFound");
  assert.equal(missed.answer.errors[0].extensions.code, "PERSISTED_QUERY_NOT_FOUND");
  assert.equal("data" in missed.answer, false);
  assert.match(missed.caching, /no-store/);
  assert.match(registered.body.query, /^query Profile_/);
  assert.equal(registered.body.extensions.persistedQuery.sha256Hash, sha256(registered.body.query));
});

test("a document that is known is a GET of its hash alone, and its answer may be kept", async (t) => {
  const { seen, client } = persisting(t);
  const query = profile(newName("Profile"));
  const first = await client.query({ query, variables });
  seen.length = 0;
  const again = await client.query({ query, variables, fetchPolicy: "network-only" });

  assert.deepEqual(again.data, first.data);
  assert.deepEqual(seen.map(({ method }) => method), ["GET"]);
  const [{ parameters, status, caching, type }] = seen;
  assert.equal(parameters.query, undefined);
  assert.equal(JSON.parse(parameters.extensions).persistedQuery.version, 1);
  assert.equal(status, 200);
  assert.match(type, /^application\/graphql-response\+json/);
  assert.doesNotMatch(caching, /no-store/);
  assert.match(caching, /max-age=[1-9]/);
});

test("what one app has registered, the next one asks for by its hash", async (t) => {
  const query = profile(newName("Profile"));
  await persisting(t).client.query({ query, variables });
  const { seen, client } = persisting(t);
  const { data } = await client.query({ query, variables });

  assert.equal(data.cooperative.shortName, alIttifaq.shortName);
  assert.deepEqual(seen.map(({ method }) => method), ["GET"]);
});

test("a hash with other variables has another answer", async (t) => {
  const { seen, client } = persisting(t);
  const query = profile(newName("Profile"));
  await client.query({ query, variables });
  const none = await client.query({ query, variables: { by: { slug: "koperasi yang tidak ada: ñ & ☕" } } });

  assert.equal(none.data.cooperative, null);
  assert.deepEqual(seen.map(({ method }) => method), ["GET", "POST", "GET"]);
});

test("a text that is not its hash's is refused, and not kept", async () => {
  const ours = `{ cooperative(by: {slug: "${alIttifaq.slug}"}) { ${newName("name")}: name } }`;
  const extensions = { persistedQuery: { version: 1, sha256Hash: sha256(`${ours} `) } };
  const refused = await post({ query: ours, extensions });

  assert.equal(refused.status, 400);
  assert.deepEqual(codes(refused), ["PERSISTED_QUERY_HASH_MISMATCH"]);
  assert.equal(refused.body.errors[0].message, "provided sha does not match query");
  assert.deepEqual(codes(await get({ extensions })), ["PERSISTED_QUERY_NOT_FOUND"]);
});

test("a text that does not parse, or costs too much, is not kept", async () => {
  const linkages = "linkages(first: 100) { nodes { supplier { id } buyer { id } } }";
  const expensive = `cooperatives(first: 100) { nodes { partnerships(first: 100) { nodes { ${linkages} } } } }`;
  const refusals = [
    [`query ${newName("Open")} { viewer`, "GRAPHQL_PARSE_FAILED"],
    [`query ${newName("Expensive")} { ${expensive} }`, "COST_LIMIT_EXCEEDED"],
  ];
  for (const [query, code] of refusals) {
    const extensions = { persistedQuery: { version: 1, sha256Hash: sha256(query) } };
    assert.deepEqual(codes(await post({ query, extensions })), [code]);
    assert.deepEqual(codes(await get({ extensions })), ["PERSISTED_QUERY_NOT_FOUND"]);
  }
});

test("an error arrives as CombinedGraphQLErrors, with its code", async (t) => {
  for (const { client } of [persisting(t), { client: app(t, new HttpLink({ uri: url })) }]) {
    const query = gql`query ${newName("Strange")} { strange }`;
    await assert.rejects(client.query({ query }), (error) => {
      assert.ok(CombinedGraphQLErrors.is(error), `${error.name}: ${error.message}`);
      assert.equal(error.errors[0].extensions.code, "GRAPHQL_VALIDATION_FAILED");
      assert.deepEqual(error.errors[0].locations.length, 1);
      return true;
    });
  }
});

test("a field one may not see is an error beside the data, and no cache keeps that answer", async (t) => {
  const { seen, client } = persisting(t);
  const query = gql`query ${newName("Placements")} { placements(first: 1) { nodes { id status score } } }`;
  await client.query({ query, errorPolicy: "all" });
  const { data, error } = await client.query({ query, errorPolicy: "all", fetchPolicy: "network-only" });

  assert.equal(data.placements.nodes[0].score, null);
  assert.equal(typeof data.placements.nodes[0].status, "string");
  assert.ok(CombinedGraphQLErrors.is(error));
  assert.deepEqual(error.errors[0].path, ["placements", "nodes", 0, "score"]);
  assert.equal(error.errors[0].extensions.code, "FORBIDDEN");
  assert.match(seen.at(-1).caching, /no-store/);
});

test("the cache holds a thing once, by its id, whatever way it was found", async (t) => {
  const { seen, client } = persisting(t);
  const bySlug = gql`{ cooperative(by: {slug: "${alIttifaq.slug}"}) { id name } }`;
  const { data } = await client.query({ query: bySlug });
  const { id } = data.cooperative;
  const byId = gql`query ($id: ID!) { node(id: $id) { id ... on Cooperative { shortName } } }`;
  await client.query({ query: byId, variables: { id } });
  seen.length = 0;

  const whole = gql`fragment Whole on Cooperative { id name shortName }`;
  const held = client.readFragment({ id: client.cache.identify({ __typename: "Cooperative", id }), fragment: whole });
  assert.deepEqual(held, { __typename: "Cooperative", id, name: alIttifaq.name, shortName: alIttifaq.shortName });
  const cooperatives = Object.keys(client.cache.extract()).filter((key) => key.startsWith("Cooperative:"));
  assert.deepEqual(cooperatives, [`Cooperative:${id}`]);
  assert.equal((await client.query({ query: bySlug })).data.cooperative.name, alIttifaq.name);
  assert.equal(seen.length, 0);
});

test("relayStylePagination joins the pages of a connection", async (t) => {
  const typePolicies = { Query: { fields: { cooperatives: relayStylePagination() } } };
  const { client } = persisting(t, new InMemoryCache({ typePolicies }));
  const query = gql`
    query Pages($first: Int!, $after: String) {
      cooperatives(first: $first, after: $after) { edges { cursor node { id } } pageInfo { endCursor hasNextPage } }
    }
  `;
  const ids = ({ data }) => data.cooperatives.edges.map(({ node }) => node.id);
  const pages = client.watchQuery({ query, variables: { first: 3 } });
  const watching = pages.subscribe(() => {});
  t.after(() => watching.unsubscribe());
  const { data } = await client.query({ query, variables: { first: 3 } });
  await pages.fetchMore({ variables: { after: data.cooperatives.pageInfo.endCursor } });

  const atOnce = await persisting(t).client.query({ query, variables: { first: 6 } });
  assert.deepEqual(ids(pages.getCurrentResult()), ids(atOnce));
  assert.equal(new Set(ids(atOnce)).size, 6);
});

test("BatchHttpLink sends several documents at once, and each has its answer", async (t) => {
  const { seen, fetch } = watched();
  const client = app(t, new BatchHttpLink({ uri: url, fetch, batchMax: 10, batchInterval: 50 }));
  const [named, strange, short] = await Promise.allSettled([
    client.query({ query: gql`query Named { cooperative(by: {slug: "${alIttifaq.slug}"}) { id name } }` }),
    client.query({ query: gql`query Strange { strange }` }),
    client.query({ query: gql`query Short { cooperative(by: {slug: "${alIttifaq.slug}"}) { id shortName } }` }),
  ]);

  assert.deepEqual(seen.map(({ method, body }) => [method, body.length]), [["POST", 3]]);
  assert.equal(named.value?.data.cooperative.name, alIttifaq.name);
  assert.equal(strange.reason?.errors?.[0].extensions.code, "GRAPHQL_VALIDATION_FAILED");
  assert.equal(short.value?.data.cooperative.shortName, alIttifaq.shortName);
});

test("GraphQLWsLink has the same answer from the socket", async (t) => {
  const to = `${url.replace(/^http/, "ws")}/ws`;
  const socket = createClient({ url: to, webSocketImpl: WebSocket, retryAttempts: 0 });
  t.after(() => socket.dispose());
  const query = profile("Profile");
  const overSocket = await app(t, new GraphQLWsLink(socket)).query({ query, variables });
  const overHttp = await app(t, new HttpLink({ uri: url })).query({ query, variables });
  assert.deepEqual(overSocket.data, overHttp.data);
  assert.equal(overSocket.data.cooperative.name, alIttifaq.name);
});
