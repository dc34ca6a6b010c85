import type { MiddlewareHandler } from "hono";

/** The name in a Host header, without its port; `undefined` where it is none. */
export function hostNameOf(header: string | undefined): string | undefined {
  const name = /^(\[[0-9a-fA-F:.]+\]|[A-Za-z0-9.-]+)(?::\d{1,5})?$/.exec(header ?? "")?.[1];
  return name?.toLowerCase();
}

const LOOPBACK: ReadonlySet<string> = new Set(["localhost", "127.0.0.1", "[::1]"]);

/**
 * Answers only who calls this server by a name of its own. A page elsewhere can make a name of its own lead to this machine (DNS
 * rebinding): the browser then takes it to be the same place, but says that name in `Host`.
 */
export function ownHosts(allowed: ReadonlySet<string>): MiddlewareHandler {
  return async (context, next) => {
    const name = hostNameOf(context.req.header("host"));
    if (name !== undefined && (LOOPBACK.has(name) || allowed.has(name))) return next();
    return context.text("this server does not go by that name: see --allow-host\n", 421);
  };
}

/** Refuses pages of other places, which a browser names in `Origin` and `Sec-Fetch-Site`. */
export const sameOrigin: MiddlewareHandler = async (context, next) => {
  const origin = context.req.header("origin");
  const site = context.req.header("sec-fetch-site");
  const host = context.req.header("host");
  const isForeign =
    (origin !== undefined && origin !== `http://${host}` && origin !== `https://${host}`) ||
    (site !== undefined && site !== "same-origin" && site !== "none");
  return isForeign ? context.text("not for pages of other places\n", 403) : next();
};
