import type { MiddlewareHandler } from "hono";
import type { AppEnv } from "./expose.ts";

/** Characters of path and query at most. */
export const LONGEST_URL = 4096;

/** Requests under way at a time: a connection can send more before it has an answer. */
export const MOST_REQUESTS = 200;

/** Refuses addresses that nobody needs, and bodies, as nothing here has a use for them. */
export const small: MiddlewareHandler<AppEnv> = async (context, next) => {
  const { pathname, search } = new URL(context.req.url);
  const sent = context.env?.incoming?.url ?? `${pathname}${search}`;
  if (sent.length > LONGEST_URL) return context.text("the address is too long\n", 414);
  const length = context.req.header("content-length");
  const hasBody = (length !== undefined && length !== "0") || context.req.header("transfer-encoding") !== undefined;
  if (hasBody) return context.text("no body is taken\n", 413, { Connection: "close" });
  return next();
};

/** Answers so many at a time. An answer that is streamed counts until it begins. */
export function fewAtATime(most: number = MOST_REQUESTS): MiddlewareHandler<AppEnv> {
  let running = 0;
  return async (context, next) => {
    if (running >= most) return context.text("too many requests at a time\n", 503, { "Retry-After": "1" });
    running++;
    try {
      return await next();
    } finally {
      running--;
    }
  };
}
