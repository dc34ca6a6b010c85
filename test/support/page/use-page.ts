import type { BrowserContext, BrowserContextOptions } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, expect } from "vitest";
import type { Served } from "../server/serve.ts";
import { scaled } from "../time.ts";
import { skipIf } from "../tools.ts";
import { noBrowser, type Opened, openBrowser, PLAIN } from "./browser.ts";
import { childOf, type Machine } from "./machine.ts";
import { serveIn } from "./served.ts";
import { type Watched, watchedPage } from "./watched.ts";

/** What is looked at: a machine, and how it is ended. */
export interface LookedAt {
  readonly machine: Machine;
  remove(): void;
}

/** What tests of the page of one machine work with. */
export interface PageTests<Scene extends LookedAt> {
  readonly scene: Scene;
  readonly browser: Opened;
  readonly origin: string;
  /** Ends the server, and starts another one in its place. */
  restart(): Promise<void>;
  stop(): Promise<void>;
  /** @param more flags besides */
  start(more?: readonly string[]): Promise<void>;
  /** Lets the server do nothing at all, while its connections stay open, until it is told otherwise. */
  hold(isHeld: boolean): void;
  /** Opens the page at a path in a context of its own; at the end of the test nothing may have been wrong with it. */
  open(path?: string, options?: BrowserContextOptions): Promise<Watched>;
}

const PORT = 9909;

/** A machine with a server and a browser in front of it, for all tests of a file; they are skipped where that cannot be. */
export function usePage<Scene extends LookedAt>(
  makeScene: () => Promise<Scene>,
  flags: readonly string[] = [],
  uid?: number,
): () => PageTests<Scene> {
  const reason = noBrowser();
  const contexts: BrowserContext[] = [];
  const pages: Watched[] = [];
  let tests: PageTests<Scene> | undefined;
  let server: Served | undefined;

  beforeAll(async () => {
    if (reason !== undefined) return;
    const scene = await makeScene();
    const browser = await openBrowser();
    const origin = `http://127.0.0.1:${PORT}`;
    const start = async (more: readonly string[] = []): Promise<void> => {
      server = await serveIn(scene.machine, browser.machine, PORT, [...flags, ...more], uid);
    };
    const stop = async (): Promise<void> => {
      await server?.end();
      server = undefined;
    };
    const open = async (path = "/", options: BrowserContextOptions = {}): Promise<Watched> => {
      const context = await browser.browser.newContext({ ...PLAIN, ...options });
      context.setDefaultTimeout(scaled(60_000));
      contexts.push(context);
      const watched = await watchedPage(context, origin);
      pages.push(watched);
      await watched.page.goto(origin + path);
      return watched;
    };
    const restart = async (): Promise<void> => {
      await stop();
      await start();
    };
    const hold = (isHeld: boolean): void => {
      const signal = isHeld ? "SIGSTOP" : "SIGCONT";
      process.kill(childOf(server!.pid), signal);
      // nsenter(1) stops with its child, and goes on before it.
      if (!isHeld) process.kill(server!.pid, signal);
    };
    await start();
    tests = { scene, browser, origin, open, start, stop, restart, hold };
  });
  beforeEach((context) => skipIf(context, reason));
  afterEach(async () => {
    const problems = await Promise.all(pages.splice(0).map((page) => page.problems()));
    await Promise.all(contexts.splice(0).map((context) => context.close()));
    expect(problems.flat()).toEqual([]);
  });
  afterAll(async () => {
    await server?.end();
    await tests?.browser.close();
    tests?.scene.remove();
  });
  return () => tests!;
}
