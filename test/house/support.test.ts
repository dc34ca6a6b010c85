import { readFileSync, writeFileSync } from "node:fs";
import { expect, it } from "vitest";
import { SUPPORT, supportText } from "./support-table.ts";

it("SUPPORT.md says what the catalogue says (npm run lists writes it)", () => {
  if (process.env.WRITE_LISTS) writeFileSync(SUPPORT, supportText());
  expect(readFileSync(SUPPORT, "utf8")).toBe(supportText());
});
