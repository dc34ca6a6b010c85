import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { ROOT } from "./tools.ts";

/** A piece of code out of a text. */
export interface Snippet {
  /** Where it begins, as `file:line`. */
  readonly place: string;
  readonly language: "ts" | "js";
  readonly code: string;
  /** Whether its fence says that it is not for running: "ts no-run". */
  readonly runs: boolean;
}

/** The blocks of TypeScript and JavaScript in a page of Markdown. */
export function markdownSnippets(file: string): Snippet[] {
  return existsSync(join(ROOT, file)) ? blocks(file, readFileSync(join(ROOT, file), "utf8")) : [];
}

/** The examples in the comments of a source file. */
export function commentSnippets(file: string): Snippet[] {
  const text = readFileSync(join(ROOT, file), "utf8");
  return blocks(file, text.replaceAll(/^ *\* ?/gm, ""));
}

function blocks(file: string, text: string): Snippet[] {
  const found = text.matchAll(/^```(ts|typescript|js|javascript)\b([^\n]*)\n([\s\S]*?)^```$/gm);
  return Array.from(found, ({ 1: language = "", 2: info = "", 3: code = "", index }) => ({
    place: `${file}:${text.slice(0, index).split("\n").length}`,
    language: language.startsWith("t") ? "ts" : "js",
    code,
    runs: !info.includes("no-run"),
  }));
}

/** Files below a folder of the repository with this end, tests aside. */
export function filesBelow(folder: string, end: string): string[] {
  if (!existsSync(join(ROOT, folder))) return [];
  const names = readdirSync(join(ROOT, folder), { recursive: true, encoding: "utf8" });
  return names.filter((name) => name.endsWith(end) && !/\.test(-d)?\./.test(name)).map((name) => join(folder, name));
}

/** What examples may use without saying where it comes from. */
const AMBIENT = "declare const bytes: Uint8Array; declare const pid: number;";

const OPTIONS: ts.CompilerOptions = {
  strict: true,
  noEmit: true,
  target: ts.ScriptTarget.ES2022,
  lib: ["lib.es2023.d.ts", "lib.esnext.disposable.d.ts"],
  module: ts.ModuleKind.NodeNext,
  allowImportingTsExtensions: true,
  skipLibCheck: true,
  types: ["node"],
  typeRoots: [join(ROOT, "node_modules", "@types")],
  paths: {
    procnet: [join(ROOT, "packages/procnet/src/index.ts")],
    "procnet/parse": [join(ROOT, "packages/procnet/src/parse.ts")],
    "procnet/tables": [join(ROOT, "packages/procnet/src/tables.ts")],
    "procnet/query": [join(ROOT, "packages/procnet/src/query.ts")],
    "procnet/view": [join(ROOT, "packages/procnet/src/view.ts")],
    "procnet/live": [join(ROOT, "packages/procnet/src/live.ts")],
    "@procnet/*": [join(ROOT, "packages/*/src/index.ts")],
  },
};

/** What the compiler has against each snippet, one line an error. All are checked together, each as a module. */
export function typeErrors(snippets: readonly Snippet[]): Map<string, string[]> {
  const sources = new Map(snippets.map((snippet, index) => [join(ROOT, "test", `snippet-${index}.mts`), snippet]));
  const ambient = join(ROOT, "test", "snippet-ambient.d.ts");
  const host = ts.createCompilerHost(OPTIONS);
  const { fileExists, getSourceFile } = host;
  const textOf = (name: string): string | undefined =>
    name === ambient ? AMBIENT : sources.has(name) ? `${sources.get(name)!.code}\nexport {};\n` : undefined;
  host.fileExists = (name) => textOf(name) !== undefined || fileExists(name);
  host.getSourceFile = (name, options, ...rest) => {
    const text = textOf(name);
    if (text === undefined) return getSourceFile.call(host, name, options, ...rest);
    return ts.createSourceFile(name, text, options);
  };
  const program = ts.createProgram([...sources.keys(), ambient], OPTIONS, host);
  return new Map(
    Array.from(sources, ([name, { place }]) => {
      const source = program.getSourceFile(name)!;
      const errors = [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)];
      return [place, errors.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, "\n"))];
    }),
  );
}

/** The code as Node runs it. */
export function asJavaScript({ language, code }: Snippet): string {
  if (language === "js") return code;
  const { ES2022: target } = ts.ScriptTarget;
  return ts.transpileModule(code, { compilerOptions: { target, module: ts.ModuleKind.ESNext } }).outputText;
}
