import { Hono } from "hono";
import type { Api } from "../api/api.ts";
import type { Filters } from "../collectors/filters.ts";
import { NODE_COLLECTORS } from "../collectors/index.ts";
import { chosenOf, scrape } from "../collectors/scrape.ts";
import { CONTENT_TYPE, expositionOf } from "../metrics/exposition.ts";
import type { Family } from "../metrics/family.ts";
import { lookFamilies } from "../own/families.ts";
import { healthFamily } from "../own/own.ts";
import type { Sampler } from "../sampler/sampler.ts";
import { headers, readOnly } from "./guard.ts";
import { ownHosts, sameOrigin } from "./hosts.ts";

/** What the answers are made of. */
export interface AppOptions {
  readonly sampler: Sampler;
  readonly api: Api;
  readonly sysfs: string;
  /** What collectors of node_exporter leave out. */
  readonly filters: Filters;
  /** Names by which the server may be called, besides those of loopback. */
  readonly hosts: ReadonlySet<string>;
  /** How old a look at sockets may be that is told of, milliseconds. */
  readonly maxAge: number;
}

async function ownFamilies(sampler: Sampler, maxAge: number): Promise<readonly Family[]> {
  const { item, health, families } = await sampler.lookOf(maxAge);
  const age = Date.now() - item.at.getTime();
  return [...families, healthFamily(health), ...lookFamilies(age, item.took)];
}

/** All that the server answers to. */
export function appOf({ sampler, api, sysfs, filters, hosts, maxAge }: AppOptions): Hono {
  const app = new Hono();
  app.use(headers, readOnly, ownHosts(hosts), sameOrigin);
  app.get("/healthz", (context) => context.text("ok\n"));
  app.get("/metrics", async (context) => {
    const wanted = context.req.queries("collect[]") ?? [];
    const unwanted = context.req.queries("exclude[]") ?? [];
    const collectors = chosenOf(NODE_COLLECTORS, wanted, unwanted);
    if (typeof collectors === "string") return context.text(`${collectors}\n`, 400);
    const families = await scrape(collectors, { procfs: sampler.procfs, sysfs, filters });
    // Whoever asks for collectors of node_exporter alone gets nothing else, and costs no look at sockets.
    if (wanted.length === 0) families.push(...(await ownFamilies(sampler, maxAge)));
    const text = await expositionOf(families);
    return context.body(text, 200, { "Content-Type": CONTENT_TYPE });
  });
  app.route("/api/v1", api.app);
  app.notFound((context) => context.text("there is nothing here\n", 404));
  return app;
}
