import type { BrowserContext, ConsoleMessage, Page } from "playwright-core";

/** Where a page tells of what its policy forbade: set before anything of the page runs. */
const VIOLATIONS = `
  window.violations = [];
  document.addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI, sample }) => {
    window.violations.push(violatedDirective + " " + blockedURI + " " + sample);
  });
`;

/** A page, and all about it that must not be. */
export interface Watched {
  readonly page: Page;
  /** What a test means to bring about: problems with such a text count no longer, those before too. */
  allow(problem: RegExp): void;
  /** Errors, refusals by the policy, failed requests, requests to others: so far. */
  problems(): Promise<string[]>;
}

/** Opens a page, and looks from its first byte on for what must not be. `origin` is the only place it may ask. */
export async function watchedPage(context: BrowserContext, origin: string): Promise<Watched> {
  const page = await context.newPage();
  const seen: string[] = [];
  const allowed: RegExp[] = [];
  await page.addInitScript(VIOLATIONS);
  page.on("console", (message: ConsoleMessage) => {
    const type = message.type();
    if (type === "error" || type === "warning")
      seen.push(`console ${type}: ${message.text()} ${message.location().url}`);
  });
  page.on("pageerror", (error) => seen.push(`error: ${error.stack}`));
  page.on("dialog", (dialog) => {
    seen.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on("crash", () => seen.push("the page crashed"));
  context.on("requestfailed", (request) => {
    const failure = request.failure()?.errorText ?? "";
    // What the page itself gave up: it closes its stream, leaves for another view.
    if (failure !== "net::ERR_ABORTED") seen.push(`failed: ${request.url()} ${failure}`);
  });
  context.on("request", (request) => {
    const { protocol, origin: asked } = new URL(request.url());
    if (asked !== origin && protocol !== "data:" && protocol !== "blob:") seen.push(`to others: ${request.url()}`);
  });
  context.on("response", (response) => {
    if (response.status() >= 400) seen.push(`answer: ${response.status()} ${response.url()}`);
  });
  const problems = async (): Promise<string[]> => {
    const violations = page.isClosed() ? [] : await page.evaluate<string[]>("window.violations ?? []");
    const all = [...seen, ...violations.map((one) => `forbidden: ${one}`)];
    return all.filter((problem) => !allowed.some((pattern) => pattern.test(problem)));
  };
  return { page, allow: (problem) => allowed.push(problem), problems };
}
