import type { Browser, Page } from "playwright-core";
import { BIN } from "../command/run.ts";
import { openBrowser, PLAIN } from "../page/browser.ts";
import { BURDENED, burdened, type PlayedScene } from "../page/burdened.ts";
import { serveIn } from "../page/served.ts";
import { until } from "../time.ts";
import { PAGE_PICTURES, show, TOP_PICTURES } from "./pictures.ts";
import { smallPng } from "./small-png.ts";
import { Terminal } from "./terminal.ts";
import { terminalPage } from "./terminal-page.ts";

const PORT = 9909;

/** The finding that takes longest to be sure of: a minute of looks. */
const LAST = "tcp-close-wait-leak";
const MINUTES = 240_000;

type Keep = (name: string, file: Buffer) => void;

/** Takes all pictures, of one machine in trouble. */
export async function takePictures(keep: Keep): Promise<void> {
  const scene = await burdened();
  await busy(scene);
  const opened = await openBrowser();
  const terminal = new Terminal(120, 36, [
    ...scene.machine.entered(),
    process.execPath,
    BIN,
    "top",
    "--view",
    "health",
  ]);
  try {
    const server = await serveIn(scene.machine, opened.machine, PORT);
    await ofPage(keep, opened.browser);
    await ofTop(keep, opened.browser, terminal);
    await server.end();
  } finally {
    terminal.end();
    await opened.close();
    scene.remove();
  }
}

/** Traffic that can be seen: a database takes what programs send. */
async function busy({ programs }: PlayedScene): Promise<void> {
  const { database, most, destination } = BURDENED;
  const sends = new Map([
    ["ingest", 24_000],
    [most.program, 9000],
    [destination.program, 1500],
  ]);
  for (const [name, bytes] of sends) {
    const program = programs.get(name)!;
    await program.do({ do: "connect", key: "stream", address: "127.0.0.1", port: database.port });
    await program.do({ do: "stream", key: "stream", bytes, every: 0.1 });
  }
}

async function ofPage(keep: Keep, browser: Browser): Promise<void> {
  const page = await browser.newPage({ ...PLAIN, reducedMotion: "reduce" });
  await page.goto(`http://127.0.0.1:${PORT}/`);
  await until(() => isFound(page), LAST, MINUTES);
  for (const [name, picture] of PAGE_PICTURES) {
    await show(page, picture);
    keep(name, smallPng(await page.screenshot()));
    await page.keyboard.press("Escape");
  }
  await page.close();
}

/** The page has been open long enough for the last finding. */
async function isFound(page: Page): Promise<boolean> {
  const text = await page.evaluate<string>("fetch('/api/v1/health').then((answer) => answer.text())");
  return (JSON.parse(text) as { findings: { id: string }[] }).findings.some(({ id }) => id === LAST);
}

async function ofTop(keep: Keep, browser: Browser, terminal: Terminal): Promise<void> {
  await until(() => new RegExp(`(info|warn|crit) +${LAST}`).test(terminal.screen()), LAST, MINUTES);
  const page = await browser.newPage(PLAIN);
  for (const [name, { keys, shows }] of TOP_PICTURES) {
    terminal.press(...keys);
    await until(() => terminal.screen().includes(shows), `${name}: ${shows}`);
    await page.setContent(terminalPage(terminal.screen({ coloured: true })));
    keep(name, smallPng(await page.locator("body").screenshot()));
  }
}
