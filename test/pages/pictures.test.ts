import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { PAGE_PICTURES, TOP_PICTURES } from "../support/screenshots/pictures.ts";
import { takePictures } from "../support/screenshots/take.ts";
import { ROOT } from "../support/tools.ts";

/* Pictures of the docs are taken of a machine in trouble, never by hand: `npm run screenshots` takes them anew. */

const IMAGES = join(ROOT, "docs/images");
const MOST_BYTES = 120_000;

const names = [...PAGE_PICTURES.keys(), ...TOP_PICTURES.keys()].sort();
const pages = [
  "README.md",
  ...readdirSync(join(ROOT, "docs"), { recursive: true, encoding: "utf8" }).map((name) => `docs/${name}`),
]
  .filter((path) => path.endsWith(".md"))
  .map((path) => readFileSync(join(ROOT, path), "utf8"));

if (process.env.WRITE_SCREENSHOTS !== undefined) {
  mkdirSync(IMAGES, { recursive: true });
  it("takes all pictures", { timeout: 600_000 }, async () => {
    await takePictures((name, file) => writeFileSync(join(IMAGES, `${name}.png`), file));
  });
}

it("there are pictures of every view, and no others", () => {
  expect(readdirSync(IMAGES).sort()).toEqual(names.map((name) => `${name}.png`));
});

it.each(names)("%s: is small, has the size of a screen, and is named in the docs with what it shows", (name) => {
  const file = readFileSync(join(IMAGES, `${name}.png`));
  expect(file.length).toBeLessThan(MOST_BYTES);
  expect(file.toString("latin1", 1, 4)).toBe("PNG");
  const picture = PAGE_PICTURES.get(name);
  const size = [file.readUInt32BE(16), file.readUInt32BE(20)];
  if (picture !== undefined) expect(size).toEqual([1280, picture.height ?? 800]);
  const shown = new RegExp(`!\\[[^\\]]{10,}\\]\\((?:docs/)?(?:\\.\\./)?images/${name}\\.png\\)`);
  expect(pages.some((page) => shown.test(page))).toBe(true);
});
