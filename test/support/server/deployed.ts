import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse, parseAllDocuments } from "yaml";
import { ROOT } from "../tools.ts";

/** Where the files stand that say how the server is run. */
export const DEPLOY: string = join(ROOT, "packages/server/deploy");

const text = (name: string): string => readFileSync(join(DEPLOY, name), "utf8");

/** All files there, by their paths. */
export const DEPLOYED: readonly string[] = readdirSync(DEPLOY, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => join(entry.parentPath, entry.name).slice(DEPLOY.length + 1))
  .sort();

type Tree = { readonly [key: string]: Tree } & { readonly [index: number]: Tree } & Iterable<Tree>;

/** What is in the manifest, by kind. Throws for a text that is no YAML, or doubtful. */
export function manifest(): ReadonlyMap<string, Tree> {
  const documents = parseAllDocuments(text("kubernetes/procnet.yaml"));
  return new Map(
    [...documents].map((document) => {
      const [problem] = [...document.errors, ...document.warnings];
      if (problem !== undefined) throw problem;
      const object = document.toJS() as { readonly kind: string } & Tree;
      return [object.kind, object];
    }),
  );
}

/** The service of the compose file. */
export const compose = (): Tree => parse(text("compose.yaml"));

/** The container of the manifest. */
export const container = (): Tree => manifest().get("DaemonSet")!.spec!.template!.spec!.containers![0]!;

/** With which words the server is run by each of the files. */
export function commandLines(): ReadonlyMap<string, readonly string[]> {
  const words = (lines: Tree): string[] => [...lines].map(String);
  const unit = [...text("procnet.service").matchAll(/^#?ExecStart=\S+ procnet (.+)$/gm)];
  return new Map([
    ["kubernetes/procnet.yaml", words(container().args!)],
    ["compose.yaml", words(compose().services!.procnet!.command!)],
    ["Containerfile", JSON.parse(/^CMD (.*)$/m.exec(text("Containerfile"))?.[1] ?? "[]")],
    ...unit.map(([, line = ""], at) => [`procnet.service ${at}`, line.split(" ")] as const),
  ]);
}

/** Texts of all files there. */
export const deployedText = text;
