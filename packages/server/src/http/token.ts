import { createHash, randomBytes, timingSafeEqual } from "node:crypto";
import type { MiddlewareHandler } from "hono";
import { getCookie, setCookie } from "hono/cookie";
import { BASE } from "../api/parameters.ts";
import type { AppEnv } from "./expose.ts";
import { Failures } from "./failures.ts";
import { refuse } from "./refuse.ts";

const COOKIE = "procnet_session";
/** Where whoever knows the token gets a cookie. */
export const SESSION: string = `${BASE}/session`;
const LEAST_BITS = 128;

/** A token of 256 bits. */
export function newToken(): string {
  return randomBytes(32).toString("base64url");
}

/** Refuses a token that could be guessed, or that no header can carry. Its text is in no message. */
export function tokenOf(text: string): string {
  if (!/^[A-Za-z0-9._~+/-]{1,512}=*$/.test(text))
    throw new TypeError("a token is made of letters, digits and -._~+/, and has 512 of them at most");
  if (bitsOf(text) >= LEAST_BITS && new Set(text).size >= 8) return text;
  throw new TypeError(`the token could be guessed: take one of ${LEAST_BITS} random bits or more, as "auto" makes it`);
}

/** Bits of a text whose characters were drawn by lot, from the smallest usual alphabet that has them all. */
function bitsOf(text: string): number {
  const alphabets: readonly (readonly [RegExp, number])[] = [
    [/^\d+$/, 10],
    [/^([\da-f]+|[\dA-F]+)$/, 16],
    [/^([a-z]+|[A-Z]+)$/, 26],
    [/^([\da-z]+|[\dA-Z]+)$/, 36],
  ];
  const size = alphabets.find(([pattern]) => pattern.test(text))?.[1] ?? 62;
  return text.length * Math.log2(size);
}

/** Compares in a time that says nothing of where, or how long, the two are. */
function isSame(given: string, secret: Buffer): boolean {
  return timingSafeEqual(digestOf(given), secret);
}

function digestOf(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}

/** What is answered to whoever asks: nothing in it comes from procfs. */
function isPublic(path: string): boolean {
  return path === "/" || path === "/healthz" || path === "/readyz" || path.startsWith("/assets/");
}

/**
 * Lets in who knows the token: by `Authorization: Bearer`, or by the cookie that a session has. The cookie is no token: it
 * is another secret, that ends with the server. Who knows the token is let in however many others failed, so that nobody can
 * shut out others; who fails too often has to connect anew for each guess.
 */
export function guardian(token: string, failures: Failures = new Failures()): MiddlewareHandler<AppEnv> {
  const secret = digestOf(token);
  const session = newToken();
  const sessionSecret = digestOf(session);
  return async (context, next) => {
    const { path } = context.req;
    if (isPublic(path)) return next();
    const bearer = /^Bearer +([^ ]+) *$/i.exec(context.req.header("authorization") ?? "")?.[1];
    if (bearer !== undefined && isSame(bearer, secret)) {
      if (path === SESSION)
        setCookie(context, COOKIE, session, {
          path: "/",
          httpOnly: true,
          sameSite: "Strict",
          secure: new URL(context.req.url).protocol === "https:",
        });
      return next();
    }
    if (bearer === undefined && isSame(getCookie(context, COOKIE) ?? "", sessionSecret)) return next();
    const address = context.env?.incoming?.socket.remoteAddress ?? "";
    const headers = { "WWW-Authenticate": "Bearer" };
    if (failures.add(address)) return refuse(context, 401, "this server answers who has its token", headers);
    return refuse(context, 429, "too many wrong tokens: try again in a second", {
      ...headers,
      ...{ "Retry-After": "1", Connection: "close" },
    });
  };
}
