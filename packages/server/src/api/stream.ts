import type { HttpBindings } from "@hono/node-server";
import type { Context } from "hono";
import { turn } from "../turns.ts";

/** Who reads nothing for so long is let go, milliseconds. */
export const STALLED = 30_000;

/** What handlers find in their context. */
export interface ApiEnv {
  /** Absent where the handler runs in another server than this one. */
  readonly Bindings: Partial<HttpBindings>;
}

/**
 * Pieces of text as a body, each made when the one before was taken. A stream waits for ever for a reader who stops, and holds what it
 * is made of: who takes nothing for long loses the connection.
 */
export function streamOf(
  context: Context<ApiEnv>,
  pieces: Iterator<string, undefined>,
  stalled: number = STALLED,
): ReadableStream {
  const encoder = new TextEncoder();
  let timer: NodeJS.Timeout | undefined;
  const end = (): void => {
    clearTimeout(timer);
    pieces.return?.();
  };
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        clearTimeout(timer);
        let value: string | undefined = "";
        // Others have their turn between two pieces, also empty ones.
        while (value === "") {
          await turn();
          value = pieces.next().value;
        }
        if (value === undefined) {
          controller.close();
          return;
        }
        timer = setTimeout(() => {
          end();
          // Rows that are missing must not look as if there were none: the body has no proper end either way.
          if (hangUp(context)) controller.close();
          else controller.error(new Error("nobody reads"));
        }, stalled).unref();
        controller.enqueue(encoder.encode(value));
      },
      cancel: end,
    },
    { highWaterMark: 0 },
  );
}

/** Ends a connection at once, whatever is still to be written; false where that is not in this server's hands. */
export function hangUp(context: Context<ApiEnv>): boolean {
  return context.env?.outgoing?.destroy() !== undefined;
}
