import { Hono } from "hono";
import type { Api } from "../api/api.ts";
import type { Expose } from "../api/expose.ts";
import { BASE } from "../api/parameters.ts";
import { deadlineOf } from "../metrics/deadline.ts";
import { CONTENT_TYPE, expositionOf } from "../metrics/exposition.ts";
import type { Sampler } from "../sampler/sampler.ts";
import { type AppEnv, exposure } from "./expose.ts";
import { headers, readOnly } from "./guard.ts";
import { ownHosts, sameOrigin } from "./hosts.ts";
import { fewAtATime, small } from "./limits.ts";
import { pageOf } from "./page.ts";
import { refuse } from "./refuse.ts";
import type { Scrapes } from "./scrapes.ts";
import { guardian, SESSION } from "./token.ts";

/** What the answers are made of. */
export interface AppOptions {
  readonly sampler: Sampler;
  readonly api: Api;
  readonly scrapes: Scrapes;
  /** Names by which the server may be called, besides those of loopback. */
  readonly hosts: ReadonlySet<string>;
  /** What clients must know; `undefined` where they need to know nothing. */
  readonly token: string | undefined;
  /** How much may be told; `undefined` where it follows from where a client comes in. */
  readonly expose: Expose | undefined;
}

/** All that the server answers to. */
export function appOf({ sampler, api, scrapes, hosts, token, expose }: AppOptions): Hono<AppEnv> {
  const app = new Hono<AppEnv>();
  app.use(headers, readOnly, small, ownHosts(hosts), sameOrigin, fewAtATime());
  if (token !== undefined) app.use(guardian(token));
  app.use(exposure(expose));
  app.route("/", pageOf());
  app.get("/healthz", (context) => context.text("ok\n"));
  app.get("/readyz", (context) => {
    const { missing } = sampler.procfs.place;
    return missing === undefined ? context.text("ready\n") : context.text("there is no procfs to look at\n", 503);
  });
  // The cookie is set on the way; without a token there is none.
  app.get(SESSION, (context) => context.body(null, 204));
  app.get("/metrics", async (context) => {
    // Other parameters are left unread, as by node_exporter: a scrape may carry some that are for a proxy.
    const bare = ["collect", "exclude"].find((name) => context.req.query(name) !== undefined);
    if (bare !== undefined) return context.text(`${bare} is written with brackets: ${bare}[]=netdev\n`, 400);
    const families = await scrapes.of({
      wanted: context.req.queries("collect[]") ?? [],
      unwanted: context.req.queries("exclude[]") ?? [],
      deadline: deadlineOf(context.req.header("X-Prometheus-Scrape-Timeout-Seconds"), performance.now()),
    });
    if (typeof families === "string") return context.text(`${families}\n`, 400);
    const text = await expositionOf(families);
    return context.body(text, 200, { "Content-Type": CONTENT_TYPE });
  });
  app.route(BASE, api.app);
  app.onError((_, context) => refuse(context, 500, "it could not be answered"));
  app.notFound((context) => refuse(context, 404, "there is nothing here"));
  return app;
}
