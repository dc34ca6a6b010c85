import { fileURLToPath } from "node:url";
import { type Browser, type BrowserContextOptions, chromium } from "playwright-core";
import { missingTools } from "../tools.ts";
import { Machine, noMachine } from "./machine.ts";

const CHROMIUM = fileURLToPath(new URL("chromium.sh", import.meta.url));

/** Why no page can be opened here; `undefined` when one can. */
export function noBrowser(): string | undefined {
  return missingTools("chromium", "nsenter") ?? noMachine();
}

/** A Chromium, and the machine whose network it has: with a loopback device, and no way out. */
export interface Opened {
  readonly browser: Browser;
  readonly machine: Machine;
  close(): Promise<void>;
}

/** Starts Debian's Chromium in a network of its own. */
export async function openBrowser(): Promise<Opened> {
  const machine = await Machine.start("browser");
  try {
    const browser = await chromium.launch({
      executablePath: CHROMIUM,
      chromiumSandbox: false,
      args: [
        "--disable-dev-shm-usage",
        "--font-render-hinting=none",
        "--disable-lcd-text",
        "--force-color-profile=srgb",
      ],
      env: { ...process.env, PROCNET_TEST_NETWORK: String(machine.pid) },
    });
    const close = async (): Promise<void> => {
      await browser.close();
      machine.remove();
    };
    return { browser, machine, close };
  } catch (error) {
    machine.remove();
    throw error;
  }
}

/** How pages are opened: all that could differ from machine to machine is set. */
export const PLAIN: BrowserContextOptions = {
  viewport: { width: 1280, height: 800 },
  deviceScaleFactor: 1,
  locale: "en-US",
  timezoneId: "UTC",
  colorScheme: "light",
  reducedMotion: "no-preference",
};
