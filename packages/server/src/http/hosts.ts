import type { MiddlewareHandler } from "hono";
import { urlHost } from "../address.ts";
import { type AppEnv, localAddressOf } from "./expose.ts";
import { refuse } from "./refuse.ts";

/** The name in a Host header, without its port, as URLs have it; `undefined` where it is none. */
export function hostNameOf(header: string | undefined): string | undefined {
  const name = /^(\[[0-9a-fA-F:.]+\]|[A-Za-z0-9._-]+)(?::\d{1,5})?$/.exec(header ?? "")?.[1];
  if (name === undefined || !URL.canParse(`http://${name}`)) return undefined;
  return new URL(`http://${name}`).hostname;
}

const LOOPBACK: ReadonlySet<string> = new Set(["localhost", "127.0.0.1", "[::1]"]);

/**
 * Answers only who calls this server by a name of its own: one of loopback, one that it was told of, or the address at which the
 * client came in. A page elsewhere can make a name of its own lead to this machine (DNS rebinding): the browser then takes it to
 * be the same place, but says that name in `Host`. An address cannot be made to lead elsewhere.
 */
export function ownHosts(allowed: ReadonlySet<string>): MiddlewareHandler<AppEnv> {
  return async (context, next) => {
    const local = localAddressOf(context);
    const isOwn = (name: string | undefined): boolean =>
      name !== undefined &&
      (LOOPBACK.has(name) || allowed.has(name) || (Boolean(local) && name === hostNameOf(urlHost(local ?? ""))));
    const { host } = new URL(context.req.url);
    // Only over the network a Host header must be. A request line may hold a whole URL, which then counts.
    const header = context.req.header("host") ?? (context.env?.incoming === undefined ? host : undefined);
    if (isOwn(hostNameOf(header)) && isOwn(hostNameOf(host))) return next();
    return refuse(context, 421, "this server does not go by that name: see --allow-host");
  };
}

/**
 * Refuses pages of other places, which a browser names in `Origin` and `Sec-Fetch-Site`. A link on such a page may lead to the page of
 * this server: it tells nothing by itself, and no other may frame it.
 */
export const sameOrigin: MiddlewareHandler<AppEnv> = async (context, next) => {
  const origin = context.req.header("origin");
  const site = context.req.header("sec-fetch-site");
  const host = context.req.header("host");
  const isForeign =
    (origin !== undefined && origin !== `http://${host}` && origin !== `https://${host}`) ||
    (site !== undefined && site !== "same-origin" && site !== "none");
  const isVisit =
    context.req.path === "/" &&
    origin === undefined &&
    context.req.header("sec-fetch-mode") === "navigate" &&
    context.req.header("sec-fetch-dest") === "document";
  return isForeign && !isVisit ? refuse(context, 403, "not for pages of other places") : next();
};
