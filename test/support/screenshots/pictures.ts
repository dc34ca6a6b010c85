import type { Page } from "playwright-core";
import { choose, explain, row, stands, VIEWS, type ViewName } from "../page/person.ts";

/** A picture of the page. */
export interface PagePicture {
  readonly view: ViewName;
  readonly colorScheme: "light" | "dark";
  /** Of the window; where it is not said, as high as an ordinary one. */
  readonly height?: number;
  /** What is done before it is taken. */
  readonly prepare?: (page: Page) => Promise<void>;
}

const ofEachView: readonly (readonly [string, PagePicture])[] = VIEWS.map(
  (view) => [`page-${view.toLowerCase()}`, { view, colorScheme: "light" }] as const,
);

/** All of it, with those at its end who have the most traffic. */
const overview: Omit<PagePicture, "colorScheme"> = {
  view: "Overview",
  height: 1684,
  prepare: async (page) => {
    await row(page, "ingest[", "KiB/s").first().waitFor();
  },
};

/** Pictures of the page, by the names of their files. */
export const PAGE_PICTURES: ReadonlyMap<string, PagePicture> = new Map([
  ...ofEachView,
  ["page-overview", { ...overview, colorScheme: "light" }],
  [
    "page-sockets",
    {
      view: "Sockets",
      colorScheme: "light",
      prepare: async (page) => {
        await page.getByRole("button", { name: /^SENT\/S/ }).click();
        await row(page, "KiB/s").first().waitFor();
      },
    },
  ],
  ["page-dark", { ...overview, colorScheme: "dark" }],
  [
    "page-explain",
    {
      view: "Listeners",
      colorScheme: "light",
      prepare: async (page) => {
        await explain(page, row(page).nth(1));
      },
    },
  ],
]);

/** Keys that lead to a screen of `procnet top`, and what can be read there and nowhere before. */
interface Screen {
  readonly keys: readonly string[];
  readonly shows: string;
}

/** Pictures of `procnet top`, by the names of their files. */
export const TOP_PICTURES: ReadonlyMap<string, Screen> = new Map([
  ["top-sockets", { keys: ["1"], shows: "[1 sockets]" }],
  ["top-processes", { keys: ["2"], shows: "[2 processes]" }],
  ["top-destinations", { keys: ["4"], shows: "[4 destinations]" }],
  ["top-interfaces", { keys: ["5", "End"], shows: "eth0 in" }],
  ["top-health", { keys: ["6"], shows: "[6 health" }],
  ["top-listeners", { keys: ["3"], shows: "[3 listeners]" }],
  ["top-explain", { keys: ["Home", "Enter"], shows: "esc back" }],
]);

/** Shows what a picture is of. */
export async function show(page: Page, { view, colorScheme, height = 800, prepare }: PagePicture): Promise<void> {
  await page.setViewportSize({ width: 1280, height });
  await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
  await choose(page, view);
  await row(page).nth(1).or(page.getByRole("main").getByRole("article")).first().waitFor();
  await prepare?.(page);
  await stands(page, /live/);
}
