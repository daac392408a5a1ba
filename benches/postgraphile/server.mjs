// PostGraphile configured for production: a schema built once, no explain, no GraphiQL.
import cluster from "node:cluster";
import { createServer } from "node:http";
import { PgAggregatesPreset } from "@graphile/pg-aggregates";
import { grafserv } from "postgraphile/grafserv/node";
import { makePgService } from "postgraphile/adaptors/pg";
import { PostGraphileAmberPreset } from "postgraphile/presets/amber";
import { postgraphile } from "postgraphile";
import { PostGraphileConnectionFilterPreset } from "postgraphile-plugin-connection-filter";

const { DATABASE_URL, PORT, WORKERS = "1", SCHEMA_FILE } = process.env;
const workers = Number(WORKERS);

/** @type {GraphileConfig.Preset} */
const preset = {
  extends: [PostGraphileAmberPreset, PostGraphileConnectionFilterPreset, PgAggregatesPreset],
  // Columns without an index can be filtered and sorted by too.
  disablePlugins: ["PgIndexBehaviorsPlugin"],
  pgServices: [
    makePgService({
      connectionString: DATABASE_URL,
      schemas: ["public", "postgraphile"],
      pubsub: false,
      // The connections of all workers together.
      poolConfig: { max: Math.ceil(16 / workers) },
    }),
  ],
  schema: { pgOrderByNullsLast: true, exportSchemaSDLPath: SCHEMA_FILE },
  grafast: { explain: false },
  grafserv: { graphqlPath: "/graphql", graphiql: false, watch: false, websockets: false, maxRequestLength: 524288 },
};

async function serve() {
  const server = createServer();
  await postgraphile(preset).createServ(grafserv).addTo(server);
  // At least as long as the load generator keeps connections open.
  server.keepAliveTimeout = 60_000;
  server.listen({ host: "127.0.0.1", port: Number(PORT) });
}

if (workers > 1 && cluster.isPrimary) {
  for (let worker = 0; worker < workers; worker += 1) cluster.fork();
} else {
  await serve();
}
