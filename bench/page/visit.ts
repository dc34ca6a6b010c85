import type { Browser, CDPSession, Page } from "playwright-core";

/** What a browser saw of the page from the beginning to its first rows. */
export interface Visit {
  /** Bytes over the wire but for the API's: as many as were sent, mostly compressed. */
  readonly transfer: number;
  /** Of these, scripts. */
  readonly scripts: number;
  /** Milliseconds after the navigation began. */
  readonly paint: number;
  readonly rows: number;
  readonly requestsToOthers: number;
  readonly page: Page;
  readonly session: CDPSession;
  close(): Promise<void>;
}

/** Notes when the first row of a table is there. */
const FIRST_ROW = `
  new MutationObserver((_, observer) => {
    if (document.querySelector('tr[aria-rowindex="2"]') === null) return;
    observer.disconnect();
    requestAnimationFrame(() => setTimeout(() => { window.firstRow = performance.now(); }));
  }).observe(document, { childList: true, subtree: true });
`;

/** Opens the page as who never saw it, and waits for rows. */
export async function visit(browser: Browser, url: string): Promise<Visit> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  await session.send("Network.enable");
  let [transfer, scripts, requestsToOthers] = [0, 0, 0];
  const kinds = new Map<string, string>();
  session.on("Network.responseReceived", ({ requestId, type, response }) => {
    const { origin, pathname } = new URL(response.url);
    if (origin !== new URL(url).origin && response.url.startsWith("http")) requestsToOthers++;
    if (!pathname.startsWith("/api/")) kinds.set(requestId, type);
  });
  session.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
    const kind = kinds.get(requestId);
    if (kind === undefined) return;
    transfer += encodedDataLength;
    if (kind === "Script") scripts += encodedDataLength;
  });
  await page.addInitScript(FIRST_ROW);
  await page.goto(url);
  await until(page, "window.firstRow !== undefined");
  const [paint, rows] = await page.evaluate<[number, number]>(
    "[performance.getEntriesByName('first-contentful-paint')[0].startTime, window.firstRow]",
  );
  return { transfer, scripts, paint, rows, requestsToOthers, page, session, close: () => context.close() };
}

/** What the page holds after everything that could go has gone, megabytes. */
export async function heapOf({ session }: Visit): Promise<number> {
  await session.send("HeapProfiler.collectGarbage");
  const { usedSize } = await session.send("Runtime.getHeapUsage");
  return usedSize / 1e6;
}

/** Waits until all rows are there. */
export async function whole({ page }: Visit, least: number): Promise<void> {
  await until(page, `Number(document.querySelector("[aria-rowcount]")?.getAttribute("aria-rowcount")) > ${least}`);
}

/** Asks again and again: what waits inside the page would need `eval`, which its policy forbids. */
async function until(page: Page, expression: string): Promise<void> {
  for (let left = 1200; !(await page.evaluate<boolean>(expression)); left--) {
    if (left === 0) throw new Error(`never: ${expression}`);
    await page.waitForTimeout(100);
  }
}

/** Milliseconds from a key in the filter to what it changes being painted, one for each. */
export async function keystrokes({ page }: Visit, text: string): Promise<number[]> {
  await page.evaluate(`
    window.strokes = [];
    document.querySelector("#filter").addEventListener("input", ({ timeStamp }) =>
      requestAnimationFrame(() => setTimeout(() => window.strokes.push(performance.now() - timeStamp))));
  `);
  await page.focus("#filter");
  for (const key of text) {
    await page.keyboard.press(key === " " ? "Space" : key);
    await page.waitForTimeout(400);
  }
  return page.evaluate<number[]>("window.strokes");
}

/** How long the main thread worked a second, milliseconds; and the longest time for which it did nothing else. */
export async function working({ page, session }: Visit, seconds: number): Promise<{ second: number; longest: number }> {
  await session.send("Performance.enable");
  const worked = async (): Promise<number> => {
    const { metrics } = await session.send("Performance.getMetrics");
    return 1000 * (metrics.find(({ name }) => name === "TaskDuration")?.value ?? Number.NaN);
  };
  const before = await worked();
  await page.waitForTimeout(1000 * seconds);
  const second = ((await worked()) - before) / seconds;
  // To look at it takes time, too.
  await page.evaluate(`
    window.longest = 0;
    const channel = new MessageChannel();
    let last = performance.now();
    channel.port1.onmessage = () => {
      const now = performance.now();
      window.longest = Math.max(window.longest, now - last);
      last = now;
      setTimeout(() => { last = performance.now(); channel.port2.postMessage(0); }, 1);
    };
    channel.port2.postMessage(0);
    undefined;
  `);
  await page.waitForTimeout(1000 * seconds);
  return { second, longest: await page.evaluate<number>("window.longest") };
}
