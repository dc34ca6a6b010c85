import { Hono } from "hono";
import { NODE_COLLECTORS } from "../collectors/index.ts";
import { CONTENT_TYPE, expositionOf } from "../metrics/exposition.ts";
import { chosenOf, scrape } from "../metrics/scrape.ts";
import type { Sampler } from "../sampler/sampler.ts";
import { headers, readOnly } from "./guard.ts";
import { ownHosts, sameOrigin } from "./hosts.ts";

/** What the answers are made of. */
export interface AppOptions {
  readonly sampler: Sampler;
  readonly sysfs: string;
  /** Names by which the server may be called, besides those of loopback. */
  readonly hosts: ReadonlySet<string>;
}

/** All that the server answers to. */
export function appOf({ sampler, sysfs, hosts }: AppOptions): Hono {
  const app = new Hono();
  app.use(headers, readOnly, ownHosts(hosts), sameOrigin);
  app.get("/healthz", (context) => context.text("ok\n"));
  app.get("/metrics", async (context) => {
    const wanted = context.req.queries("collect[]") ?? [];
    const unwanted = context.req.queries("exclude[]") ?? [];
    const collectors = chosenOf(NODE_COLLECTORS, wanted, unwanted);
    if (typeof collectors === "string") return context.text(`${collectors}\n`, 400);
    const text = await expositionOf(scrape(collectors, { procfs: sampler.procfs, sysfs }));
    return context.body(text, 200, { "Content-Type": CONTENT_TYPE });
  });
  app.notFound((context) => context.text("there is nothing here\n", 404));
  return app;
}
