import { existsSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { beforeAll, describe, expect, it } from "vitest";
import * as tables from "../../packages/procnet/src/tables.ts";
import { ROOT } from "../support/tools.ts";

/*
 * What an editor shows over each method of `Net`: asked of the language service, about the declarations that are published.
 */

const METHODS = Object.entries(tables).flatMap(([key, { name }]) => (name.includes("*") ? [] : [key]));
const FILE = join(ROOT, "test", "hover.mts");
const CODE = [
  'import { net } from "procnet";',
  'import * as tables from "procnet/tables";',
  ...METHODS.flatMap((key) => [`net.${key}();`, `tables.${key};`, `const of_${key} = net.${key}();`]),
].join("\n");

interface Hover {
  readonly shown: string;
  readonly comment: string;
}

/** The hover before the last character of a piece of the program. */
type HoverAt = (piece: string) => Hover;

function service(): HoverAt {
  const options: ts.CompilerOptions = {
    strict: true,
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.NodeNext,
    types: ["node"],
    typeRoots: [join(ROOT, "node_modules", "@types")],
  };
  const read = (name: string): string | undefined => (name === FILE ? CODE : ts.sys.readFile(name));
  const made = ts.createLanguageService({
    getCompilationSettings: () => options,
    getDefaultLibFileName: ts.getDefaultLibFilePath,
    getScriptFileNames: () => [FILE],
    getScriptVersion: () => "1",
    getScriptSnapshot: (name) => {
      const text = read(name);
      return text === undefined ? undefined : ts.ScriptSnapshot.fromString(text);
    },
    fileExists: (name) => name === FILE || ts.sys.fileExists(name),
    readFile: read,
    getCurrentDirectory: () => ROOT,
    directoryExists: ts.sys.directoryExists,
  });
  expect(made.getSemanticDiagnostics(FILE).map(({ messageText }) => messageText)).toEqual([]);
  return (piece) => {
    const found = made.getQuickInfoAtPosition(FILE, CODE.indexOf(piece) + piece.length - 2);
    return {
      shown: ts.displayPartsToString(found?.displayParts).replaceAll(/\s+/g, " "),
      comment: ts.displayPartsToString(found?.documentation).replaceAll(/\s+/g, " "),
    };
  };
}

describe("an editor shows over a method of Net", () => {
  let hover: HoverAt;
  beforeAll(() => {
    if (!existsSync(join(ROOT, "packages/procnet/dist/index.d.ts"))) throw new Error("not built: run `npm run build`");
    hover = service();
  });

  it.each(METHODS)("%s: what its table is, and what comes", (key) => {
    const { shown, comment } = hover(`\nnet.${key}(`);
    expect(comment).not.toBe("");
    expect(comment).toBe(hover(`\ntables.${key};`).comment);
    // The type of what comes, by the names that a user knows.
    const result = hover(`const of_${key} `).shown.replace(`const of_${key}: `, "");
    expect(result).toMatch(/^([A-Z]\w*(<number>)?(\[\])?|string|number|string\[\]|Map<.*>)( \| undefined)?$/);
    expect(result).not.toMatch(/\b(ReadOf|ReadWith|TableOf)\b/);
    expect(shown).toContain(`): ${result}`);
  });

  it("and the names of the types", () => {
    expect(hover("\nnet.tcp(").shown).toBe("(method) TableMethods.tcp(options?: InetOptions): TcpNetEntry[]");
    expect(hover("\nnet.softnetStat(").shown).toMatch(/\(options\?: ParseOptions\): SoftnetStat\[\]$/);
    expect(hover("\nnet.dev(").shown).toMatch(
      /\(options\?: ExactOptions<false> \| undefined\): DeviceStatus<number>\[\]/,
    );
  });
});
