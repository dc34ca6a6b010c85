import type { MiddlewareHandler } from "hono";
import type { AppEnv } from "./expose.ts";
import { refuse } from "./refuse.ts";

/** What every answer says, those of the server itself too: https://developer.mozilla.org/docs/Web/HTTP/Headers. */
export const HEADERS: Readonly<Record<string, string>> = {
  "Content-Security-Policy":
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  "X-Content-Type-Options": "nosniff",
  "Referrer-Policy": "no-referrer",
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Resource-Policy": "same-origin",
  "Cache-Control": "no-store",
};

/** Puts the headers on every answer. */
export const headers: MiddlewareHandler<AppEnv> = async (context, next) => {
  await next();
  for (const [name, value] of Object.entries(HEADERS)) {
    if (!context.res.headers.has(name)) context.res.headers.set(name, value);
  }
};

/** Nothing changes state: GET and HEAD, and no others. */
export const readOnly: MiddlewareHandler<AppEnv> = async (context, next) => {
  const { method } = context.req;
  if (method === "GET" || method === "HEAD") return next();
  return refuse(context, 405, "only GET and HEAD", { Allow: "GET, HEAD" });
};
