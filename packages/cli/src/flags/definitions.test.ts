import type { Command } from "commander";
import { describe, expect, it } from "vitest";
import { testIo } from "../../../../test/support/command/io.ts";
import { newProgram } from "../program.ts";
import * as definitions from "./definitions.ts";
import * as shared from "./shared.ts";

const program = newProgram(testIo(), () => {});
const commands = program.commands.filter((command) => !["netstat", "ss"].includes(command.name()));
const defined = new Set([
  ...Object.values(definitions).flatMap((one) => Object.keys("options" in one ? one.options : one)),
  ...Object.values(shared).flatMap((group) => Object.keys(group)),
]);

const keysOf = (command: Command): string[] => command.options.map((option) => option.attributeName());

describe("definitions of options", () => {
  it("are found", () => {
    expect(commands.map((command) => command.name())).toContain("sockets");
    expect(defined.size).toBeGreaterThan(40);
  });

  // The type that a command gets has the keys of the definitions: what commander parses has to have the same.
  it.each(commands.map((command) => [command.name(), command] as const))("of %s are what is parsed", (_, command) => {
    const keys = keysOf(command);
    expect(keys.filter((key) => !defined.has(key))).toEqual([]);
    expect(new Set(keys).size).toBe(keys.length);
  });

  it("are all of some command", () => {
    const used = new Set(commands.flatMap(keysOf));
    expect([...defined].filter((key) => !used.has(key))).toEqual([]);
  });

  it("name options that exist as those they cannot be given with", () => {
    const specs = [
      ...Object.values(definitions).flatMap((one) => Object.values("options" in one ? one.options : one)),
      ...Object.values(shared).flatMap((group) => Object.values(group)),
    ];
    const named = specs.flatMap((spec) => ("conflicts" in spec ? spec.conflicts : []));
    expect(named.length).toBeGreaterThan(3);
    expect(named.filter((key) => !defined.has(key))).toEqual([]);
  });

  it("have short forms that are one letter, each once in a command", () => {
    for (const command of commands) {
      const letters = command.options.flatMap(({ short }) => short ?? []);
      expect(letters.filter((letter) => !/^-[a-zA-Z0-9]$/.test(letter))).toEqual([]);
      expect(new Set(letters).size, command.name()).toBe(letters.length);
    }
  });
});
