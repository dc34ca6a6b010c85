import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { program } from "../../../../test/support/command/run.ts";

const SOURCE = new URL("./flags.ts", import.meta.url);

it("lists every option in its help, in lines that fit a terminal", () => {
  const { out, err, code } = program(["netstat", "--help"]);
  expect([err, code]).toEqual(["", 0]);
  const table = readFileSync(SOURCE, "utf8").split("const OPTIONS")[1]!.split("\n];")[0]!;
  const options = [...table.matchAll(/^ *\[?\s*"([A-Za-z0-9]?)",\s*"([a-z0-9 -]*)",/gm)];
  expect(options.length).toBeGreaterThan(35);
  for (const [, letter, names] of options) {
    if (names === "") continue; // an old letter that does nothing
    if (letter !== "") expect(out).toContain(`  -${letter}, --`);
    for (const name of names!.split(" ")) expect(out).toContain(`--${name}`);
  }
  for (const line of out.split("\n")) expect(line.length).toBeLessThanOrEqual(90);
  expect(program(["netstat", "-h"]).out).toBe(out);
});

it("has its version from the package", () => {
  const { version } = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8")) as {
    version: string;
  };
  expect(program(["netstat", "-V"]).out).toBe(`procnet netstat ${version}, in the manner of net-tools 2.10\n`);
});
