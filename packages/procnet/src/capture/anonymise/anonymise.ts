import type { ByteOrder } from "../../codes/byte-order.ts";
import { nameBytes, nameOf } from "../../read/fs-path.ts";
import { AddressMap } from "./addresses.ts";
import { NameMap } from "./names.ts";
import { type Disguise, fileName, rewriteOf } from "./tables.ts";

/** A file as it is written. */
export interface CapturedFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** What a capture changes of the files it writes. */
export interface Filter {
  /** A file of the directory `net`; `undefined` when it is better left out. */
  net(name: string, bytes: Uint8Array): CapturedFile | undefined;
  /** A file of a process. */
  process(name: string, bytes: Uint8Array): Uint8Array;
  /** A link of a process, one character for each byte. */
  link(text: string): string;
}

/** Changes nothing. */
export const FAITHFUL: Filter = {
  net: (name, bytes) => ({ name, bytes }),
  process: (_, bytes) => bytes,
  link: (text) => text,
};

/** Files of `net` that tell which networks are nearby; they come first. */
export const TELLING: readonly string[] = ["route", "fib_trie", "arp"];

/** Replaces addresses and names, the same by the same, throughout one capture. */
export function anonymiser(byteOrder: ByteOrder): Filter {
  const disguise: Disguise = { addresses: new AddressMap(), names: new NameMap(), byteOrder };
  const { names } = disguise;
  return {
    net(name, bytes) {
      const rewrite = rewriteOf(name);
      if (rewrite === undefined) return undefined;
      const exact = Buffer.from(nameBytes(name)).toString("latin1");
      return {
        name: nameOf(Buffer.from(fileName(exact, disguise), "latin1")),
        bytes: changed(bytes, (text) => rewrite(text, disguise)),
      };
    },
    process: (name, bytes) => changed(bytes, (text) => PROCESS[name]?.(text, names) ?? text),
    link: (text) => names.link(text),
  };
}

/** Texts are changed with one character for each byte. */
function changed(bytes: Uint8Array, change: (text: string) => string): Uint8Array {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("latin1");
  return Buffer.from(change(text), "latin1");
}

/** The files of a process, but for numbers. */
const PROCESS: Readonly<Record<string, (text: string, names: NameMap) => string>> = {
  comm: (text, names) => `${names.name(text.replace(/\n$/, ""))}\n`,
  // A title may be written over the arguments, and then be without a NUL at the end.
  cmdline: (text, names) => text.replace(/[^\0]+/g, (part) => names.path(part)),
  stat: (text, names) => {
    const open = text.indexOf("(") + 1;
    const close = text.lastIndexOf(")");
    return text.slice(0, open) + names.name(text.slice(open, close)) + text.slice(close);
  },
  // The kernel escapes newlines and backslashes here.
  status: (text, names) =>
    text.replace(/^Name:\t([^\n]*)/m, (_, comm: string) => `Name:\t${names.name(unescaped(comm))}`),
  cgroup: (text, names) =>
    text.replace(
      /^(\d+:)([^:\n]*)(:)([^\n]*)/gm,
      (_, number: string, controllers: string, colon: string, path: string) =>
        number + hierarchy(controllers, names) + colon + names.cgroup(path),
    ),
  mountinfo: (text) => text.replace(/[^\n]+\n?/g, (line) => (isProcfs(line) ? line : "")),
};

function unescaped(comm: string): string {
  return comm.replace(/\\(n|\\)/g, (_, escaped: string) => (escaped === "n" ? "\n" : "\\"));
}

/** Controllers are the kernel's, but a hierarchy without any is named by who mounted it. */
function hierarchy(controllers: string, names: NameMap): string {
  return controllers.replace(/^name=(?!systemd$|elogind$)(.*)$/, (_, name: string) => `name=${names.name(name)}`);
}

/** The mount that says which processes are hidden, when it gives away nothing else. */
function isProcfs(line: string): boolean {
  return /^[0-9: ]+ \/ \/proc [a-z,]+(?: [a-z_]+:[0-9]+)* - proc proc [\w=,]+\n?$/.test(line);
}
