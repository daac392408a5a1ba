// Compression by `Accept-Encoding`, and HTTP caching of the schema.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { request } from "node:http";
import { describe, test } from "node:test";
import { brotliDecompressSync, gunzipSync, zstdDecompressSync } from "node:zlib";

import { alIttifaq, repository, url } from "./support.mjs";

/** Asks without undoing any encoding, as fetch would. */
function raw(to, { method = "GET", headers = {}, body } = {}) {
  return new Promise((resolve, reject) => {
    const asking = request(to, { method, headers }, (response) => {
      const parts = [];
      response.on("data", (part) => parts.push(part));
      response.on("error", reject);
      const { statusCode: status, headers } = response;
      response.on("end", () => resolve({ status, headers, body: Buffer.concat(parts) }));
    });
    asking.on("error", reject);
    asking.end(body);
  });
}

const large = "{ cooperatives(first: 100) { nodes { id name shortName registrationNumber region { code name } } } }";
const small = `{ cooperative(by: {slug: "${alIttifaq.slug}"}) { name } }`;
const asked = (query, accepted) =>
  raw(url, {
    method: "POST",
    headers: { "content-type": "application/json", ...(accepted === undefined ? {} : { "accept-encoding": accepted }) },
    body: JSON.stringify({ query }),
  });
const varies = ({ headers }) => (headers.vary ?? "").toLowerCase().split(/\s*,\s*/);
const decoders = { gzip: gunzipSync, br: brotliDecompressSync, zstd: zstdDecompressSync };

describe("an answer", { concurrency: true }, () => {
  for (const [encoding, decode] of Object.entries(decoders)) {
    test(`is ${encoding} for who reads that alone`, async () => {
      const plain = await asked(large);
      const encoded = await asked(large, encoding);
      assert.equal(plain.headers["content-encoding"], undefined);
      assert.equal(encoded.status, 200);
      assert.equal(encoded.headers["content-encoding"], encoding);
      assert.equal(JSON.parse(plain.body).data.cooperatives.nodes.length, 100);
      assert.deepEqual(JSON.parse(decode(encoded.body)).data, JSON.parse(plain.body).data);
      assert.ok(encoded.body.length * 2 < plain.body.length, `${encoded.body.length} of ${plain.body.length} bytes`);
    });
  }

  test("has the encoding that is liked best, and none that is refused", async () => {
    const chosen = async (accepted) => (await asked(large, accepted)).headers["content-encoding"];
    assert.equal(await chosen("gzip;q=0.5, br;q=1.0, zstd;q=0.1"), "br");
    assert.equal(await chosen("gzip;q=1.0, br;q=0.2"), "gzip");
    assert.equal(await chosen("gzip;q=0"), undefined);
    assert.equal(await chosen("identity"), undefined);
    assert.equal(await chosen("compress, x-strange"), undefined);
  });

  test("says that it varies by what is accepted, compressed or not", async () => {
    for (const accepted of [undefined, "gzip", "br", "zstd"]) {
      const varying = varies(await asked(large, accepted));
      assert.ok(varying.includes("accept-encoding"), `${accepted}: ${varying}`);
    }
  });

  test("stays plain where it is small", async () => {
    const answer = await asked(small, "gzip, br, zstd");
    assert.equal(answer.headers["content-encoding"], undefined);
    assert.equal(JSON.parse(answer.body).data.cooperative.name, alIttifaq.name);
  });
});

describe("the schema", { concurrency: true }, () => {
  const where = new URL("/schema.graphql", url);
  const known = async (tag) => raw(where, { headers: { "if-none-match": tag } });

  test("is the one that is written down", async () => {
    const { status, headers, body } = await raw(where);
    assert.equal(status, 200);
    assert.match(headers["content-type"], /charset=utf-8/i);
    assert.equal(`${body}`, readFileSync(new URL("schema.graphql", repository), "utf8"));
  });

  test("has an ETag, and is not sent again to who knows it", async () => {
    const { headers } = await raw(where);
    assert.match(headers.etag, /^(W\/)?"[^"]+"$/);
    for (const tag of [headers.etag, `"other", ${headers.etag}`, `W/${headers.etag.replace(/^W\//, "")}`, "*"]) {
      const answer = await known(tag);
      assert.equal(answer.status, 304, tag);
      assert.equal(answer.headers.etag, headers.etag);
      assert.equal(answer.body.length, 0);
    }
    const changed = await known('"other"');
    assert.equal(changed.status, 200);
    assert.equal(changed.headers.etag, headers.etag);
  });

  test("is compressed, under an ETag that does not promise the same bytes, and known again by it", async () => {
    const plain = await raw(where);
    for (const [encoding, decode] of Object.entries(decoders)) {
      const encoded = await raw(where, { headers: { "accept-encoding": encoding } });
      assert.equal(encoded.headers["content-encoding"], encoding);
      assert.deepEqual(decode(encoded.body), plain.body);
      assert.ok(varies(encoded).includes("accept-encoding"));
      const { etag } = encoded.headers;
      assert.ok(etag.startsWith("W/") || etag !== plain.headers.etag, etag);
      const again = await raw(where, { headers: { "accept-encoding": encoding, "if-none-match": etag } });
      assert.equal(again.status, 304);
      for (const name of ["etag", "cache-control", "vary"]) {
        assert.equal(again.headers[name], encoded.headers[name], name);
      }
    }
  });

  test("answers HEAD as GET, without the text", async () => {
    const [head, whole] = [await raw(where, { method: "HEAD" }), await raw(where)];
    assert.equal(head.status, 200);
    assert.equal(head.headers.etag, whole.headers.etag);
    assert.equal(head.body.length, 0);
  });
});
