// GraphQL over HTTP: the audits of the reference implementation (graphql-http).
import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { serverAudits } from "graphql-http";

import { url } from "./support.mjs";

const audits = serverAudits({ url });

test("there are all 61 audits", () => {
  assert.ok(audits.length >= 61, `${audits.length} audits`);
  assert.equal(new Set(audits.map(({ id }) => id)).size, audits.length);
});

describe("an audit of GraphQL over HTTP", () => {
  for (const { id, name, fn } of audits) {
    test(`${id}: ${name}`, async () => {
      const { status, reason } = await fn();
      assert.equal(status, "ok", reason);
    });
  }
});
