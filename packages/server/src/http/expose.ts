import type { HttpBindings } from "@hono/node-server";
import type { Context, MiddlewareHandler } from "hono";
import { isLoopback, plainAddress } from "../address.ts";
import type { Expose } from "../api/expose.ts";

/** What the handlers find in their context. */
export interface AppEnv {
  /** Missing where the app is called by another server than Node's. */
  readonly Bindings: Partial<HttpBindings>;
  readonly Variables: {
    /** How much this answer may tell. */
    readonly expose: Expose;
  };
}

/** The address of this machine at which a client came in; `undefined` where that cannot be known, "" for a unix socket. */
export function localAddressOf(context: Context<AppEnv>): string | undefined {
  const socket = context.env?.incoming?.socket;
  if (socket === undefined) return undefined;
  return plainAddress(socket.localAddress ?? "");
}

/** Says in the context how much may be told: what was wished for, or `owners` to this machine and `minimal` to others. */
export function exposure(wished: Expose | undefined): MiddlewareHandler<AppEnv> {
  return async (context, next) => {
    const address = localAddressOf(context);
    const isNear = address !== undefined && (address === "" || isLoopback(address));
    context.set("expose", wished ?? (isNear ? "owners" : "minimal"));
    await next();
  };
}
