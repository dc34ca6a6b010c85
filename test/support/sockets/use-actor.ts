import { afterAll, beforeAll, beforeEach } from "vitest";
import { Namespace } from "../namespace.ts";
import { missingTools, noNamespaces, skipIf } from "../tools.ts";
import { Actor } from "./actor.ts";

/** An actor in a network namespace of its own, and a port there for each test. */
export interface Stage {
  readonly namespace: Namespace;
  readonly actor: Actor;
  /** A port that nobody in the namespace has used. */
  readonly port: number;
}

/** Makes a stage for the tests of a file, and takes it away; the tests are skipped where it cannot be made. */
export function useActor(): Stage {
  const reason = noNamespaces() ?? missingTools("python3");
  const stage = { port: 1999 } as { namespace: Namespace; actor: Actor; port: number };
  beforeAll(() => {
    if (reason !== undefined) return;
    const namespace = new Namespace();
    stage.namespace = namespace;
    stage.actor = new Actor((command, args) => namespace.spawn(command, args, { stdio: ["pipe", "pipe", "inherit"] }));
  });
  beforeEach((context) => {
    skipIf(context, reason);
    stage.port++;
  });
  afterAll(async () => {
    await stage.actor?.end();
    stage.namespace?.remove();
  });
  return stage;
}
