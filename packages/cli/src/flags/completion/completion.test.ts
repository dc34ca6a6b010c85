import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { FILTER_WORDS } from "procnet/query";
import { afterAll, describe, expect, it } from "vitest";
import { testIo } from "../../../../../test/support/command/io.ts";
import { procnet } from "../../../../../test/support/command/run.ts";
import { missingTools, skipIf } from "../../../../../test/support/tools.ts";
import { DESCRIBED_TABLES } from "../../commands/columns.ts";
import { filterOf } from "../../commands/filter.ts";
import { newProgram, withCommand } from "../../program.ts";
import { CONDITIONS, EXAMPLES } from "../reference.ts";

const folder = mkdtempSync(join(tmpdir(), "procnet-completion-"));
afterAll(() => rmSync(folder, { recursive: true }));

const scriptFor = async (shell: string): Promise<string> => (await procnet(["completion", shell])).out;

describe("bash", () => {
  it.each([
    [["procnet", "so"], ["sockets"]],
    [["procnet", "sockets", "--lis"], ["--listening"]],
    [["procnet", "--lis"], ["--listening"]],
    [["procnet", "sockets", "--count-by", "st"], ["state"]],
    [
      ["procnet", "port", "80", "--wait"],
      ["--wait-free", "--wait-listening"],
    ],
    [["procnet", "port", "--signal", "K"], ["KILL"]],
    [
      ["procnet", "completion", ""],
      ["bash", "zsh", "fish", "--help"],
    ],
    [["procnet", "schema", "name"], ["namespaces"]],
    [
      ["procnet", "sockets", "--color", ""],
      ["auto", "always", "never"],
    ],
    [["procnet", "capture", "--root", "/pro"], ["/proc"]],
    [["procnet", "routes", "--zz"], []],
    [
      ["procnet", "sockets", "--columns", "pro"],
      ["proto", "process"],
    ],
    [
      ["procnet", "--columns", "local,pro"],
      ["local,proto", "local,process"],
    ],
    [["procnet", "neighbors", "--sort", "-hw"], ["-hwaddress"]],
    [["procnet", "routes", "--sort", "f"], ["flags"]],
  ])("%j", async (words, expected) => {
    const script = await scriptFor("bash");
    const ask = `COMP_WORDS=(${words.map((word) => `'${word}'`).join(" ")}); COMP_CWORD=${words.length - 1}; _procnet; printf '%s\\n' "\${COMPREPLY[@]}"`;
    const { stdout, stderr } = spawnSync("bash", ["--norc", "-c", `${script}\n${ask}`], { encoding: "utf8" });
    expect(stderr).toBe("");
    expect(stdout.split("\n").filter(Boolean)).toEqual(expected);
  });
});

it.each(["bash", "zsh", "fish"])(
  "the script for %s is right in the eyes of that shell, where it is installed",
  async (shell) => {
    const script = await scriptFor(shell);
    for (const command of newProgram(testIo(), () => {}).commands) expect(script).toContain(command.name());
    if (missingTools(shell) !== undefined) return console.warn(`not installed: ${shell}: its script was not run`);
    const file = join(folder, `procnet.${shell}`);
    writeFileSync(file, script);
    const { status, stderr } = spawnSync(shell, ["-n", file], { encoding: "utf8" });
    expect(stderr).toBe("");
    expect(status).toBe(0);
  },
);

describe("fish", () => {
  it.each([
    ["procnet so", "sockets"],
    ["procnet sockets --lis", "--listening"],
    ["procnet --lis", "--listening"],
    ["procnet --color al", "always"],
    ["procnet port --signal K", "KILL"],
    ["procnet schema name", "namespaces"],
    ["procnet capture --root /pro", "/proc/"],
    ["procnet capture /pro", "/proc/"],
    ["procnet routes --lis", ""],
  ])("%s", async (line, expected) => {
    const script = await scriptFor("fish");
    if (missingTools("fish") !== undefined) return console.warn("not installed: fish: its script was not run");
    const file = join(folder, "ask.fish");
    writeFileSync(file, `${script}\ncomplete -C '${line}'\n`);
    const { stdout, stderr } = spawnSync("fish", ["--no-config", file], { encoding: "utf8" });
    expect(stderr).toBe("");
    expect(stdout.trimEnd().split("\t")[0]).toBe(expected);
  });
});

describe("zsh", () => {
  it.each([
    [["procnet", "so"], "described", 2],
    [["procnet", "--lis"], "--listening[", 2],
    [["procnet", "--color", "al"], "--color[colour]:value:(auto always never)", 3],
    [["procnet", "port", "--signal", "K"], ":value:(TERM KILL INT HUP QUIT)", 3],
  ])("%j", async (words, expected, place) => {
    const script = await scriptFor("zsh");
    if (missingTools("zsh") !== undefined) return console.warn("not installed: zsh: its script was not run");
    // What zsh's own functions are asked with.
    const stubs = `compdef() {}; _describe() { print described $CURRENT }; _arguments() { print -l -- "$@" $CURRENT }`;
    const ask = `words=(${words.join(" ")}); CURRENT=${words.length}; _procnet`;
    const { stdout, stderr } = spawnSync("zsh", ["-f", "-c", `${stubs}\n${script}\n${ask}`], { encoding: "utf8" });
    expect(stderr).toBe("");
    expect(stdout).toContain(expected);
    expect(stdout.trimEnd().split(/\s/).at(-1)).toBe(String(place));
  });
});

it("fish completes columns of the command", async (context) => {
  skipIf(context, missingTools("fish"));
  const file = join(folder, "columns.fish");
  writeFileSync(file, await scriptFor("fish"));
  const ask = (line: string): string[] => {
    const { stdout } = spawnSync("fish", ["--no-config", "-c", `source ${file}; complete -C '${line}'`], {
      encoding: "utf8",
    });
    return stdout.split("\n").flatMap((found) => found.split("\t")[0] || []);
  };
  expect(ask("procnet sockets --columns pro").sort()).toEqual(["process", "proto"]);
  expect(ask("procnet routes --sort gat")).toEqual(["gateway"]);
});

describe("help", () => {
  it.each(DESCRIBED_TABLES)(
    "tells every column of $command, by either way of asking, in lines that fit",
    async (table) => {
      const { out, code } = await procnet([table.command, "--help"]);
      const [, told = ""] = out.split("\nColumns");
      expect(code).toBe(0);
      expect(told.split("\n").slice(1).join(" ").split(/[ *]+/).filter(Boolean)).toEqual(
        table.columns.map(({ key }) => key),
      );
      for (const line of told.split("\n")) expect(line.length).toBeLessThanOrEqual(100);
      expect((await procnet(["help", table.command])).out).toBe(out);
    },
  );

  it("says where the columns of a file come from, and nothing of columns where there are none", async () => {
    expect((await procnet(["show", "--help"])).out).toContain("\nColumns: the fields of the file");
    expect((await procnet(["capture", "--help"])).out).not.toContain("Columns");
  });
});

describe("manual page", () => {
  it("has every command and option, from the same definitions", async () => {
    const { out } = await procnet(["man"]);
    for (const command of newProgram(testIo(), () => {}).commands) {
      expect(out).toContain(`.SH PROCNET ${command.name().toUpperCase()}`);
      for (const { flags, hidden } of command.options) if (!hidden) expect(out).toContain(flags.replaceAll("-", "\\-"));
    }
    expect(out).toContain(".SH EXIT STATUS");
  });

  it("tells every column of each table, what it holds, and no other", async () => {
    const { out } = await procnet(["man"]);
    for (const { command, columns, meanings } of DESCRIBED_TABLES) {
      expect(Object.keys(meanings).sort(), command).toEqual(columns.map(({ key }) => key).sort());
      const [, section = ""] = out.split(`.SH PROCNET ${command.toUpperCase()}\n`);
      const [own = ""] = section.split("\n.SH ");
      for (const { key, title } of columns) {
        const told = `${title}: ${meanings[key]}`.replaceAll("-", "\\-");
        expect(own).toContain(`.B ${key}`);
        expect(own).toContain(told);
      }
    }
  });

  it("tells every word with which a condition of a filter can begin", async () => {
    const { out } = await procnet(["man"]);
    const [, filters = ""] = out.split(".SH FILTERS");
    for (const word of FILTER_WORDS) expect(filters).toMatch(new RegExp(`^\\.B .*\\b${word}\\b`, "m"));
    for (const [line] of CONDITIONS) {
      for (const condition of line.split(/, (?=[a-z]+ )/)) {
        const filter = condition.replace(/STATE\[,STATE\]|STATE/, "established");
        expect(() => filterOf([filter]), filter).not.toThrow();
      }
    }
  });

  it("has examples that are command lines of this program", async () => {
    for (const [line] of EXAMPLES) {
      const [first = ""] = line.split(" && ");
      const words = first
        .replace(/^procnet /, "")
        .match(/'[^']*'|\S+/g)!
        .map((word) => word.replaceAll("'", ""));
      const program = newProgram(testIo(), () => {});
      const [name = "", ...args] = withCommand(words, program);
      const command = program.commands.find((one) => one.name() === name);
      expect(command, line).toBeDefined();
      expect(command!.parseOptions(args).unknown, line).toEqual([]);
    }
  });

  it("is shown by man without a complaint", async (context) => {
    skipIf(context, missingTools("groff"));
    const { out } = await procnet(["man"]);
    const { stdout, stderr } = spawnSync("groff", ["-man", "-Tascii", "-P-cbou", "-ww"], {
      input: out,
      encoding: "utf8",
    });
    expect(stderr).toBe("");
    expect(stdout).toContain("EXIT STATUS");
  });
});
