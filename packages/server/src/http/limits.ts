import type { MiddlewareHandler } from "hono";
import type { AppEnv } from "./expose.ts";
import { refuse } from "./refuse.ts";

/** Characters of path and query at most. */
export const LONGEST_URL = 4096;

/** Requests under way at a time: a connection can send more before it has an answer. */
export const MOST_REQUESTS = 200;

/** Refuses addresses that nobody needs, and bodies, as nothing here has a use for them. */
export const small: MiddlewareHandler<AppEnv> = async (context, next) => {
  const { pathname, search } = new URL(context.req.url);
  const sent = context.env?.incoming?.url ?? `${pathname}${search}`;
  if (sent.length > LONGEST_URL) return refuse(context, 414, `the address has more than ${LONGEST_URL} characters`);
  const length = context.req.header("content-length");
  const hasBody = (length !== undefined && length !== "0") || context.req.header("transfer-encoding") !== undefined;
  if (hasBody) return refuse(context, 413, "no body is taken", { Connection: "close" });
  return next();
};

/** Answers so many at a time. An answer that is streamed counts until it begins. */
export function fewAtATime(most: number = MOST_REQUESTS): MiddlewareHandler<AppEnv> {
  let running = 0;
  return async (context, next) => {
    if (running >= most)
      return refuse(context, 503, `${most} requests are under way: try again in a second`, { "Retry-After": "1" });
    running++;
    try {
      return await next();
    } finally {
      running--;
    }
  };
}
