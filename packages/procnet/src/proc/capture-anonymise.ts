import type { ByteOrder } from "../net/byte-order.ts";
import { latin1Bytes } from "../text/strings.ts";
import { AddressMap } from "./capture-addresses.ts";
import { NameMap } from "./capture-names.ts";
import { type Disguise, fileName, rewriteOf } from "./capture-tables.ts";

/** A file as it is written. Texts have one character for each byte. */
export interface CapturedFile {
  readonly name: string;
  readonly text: string;
}

/** What a capture may change of the files it writes. Texts have one character for each byte. */
export interface Filter {
  /** A file of the directory `net`; `undefined` when it is better left out. */
  net(name: string, text: string): CapturedFile | undefined;
  /** A file of a process. */
  process(name: string, text: string): string;
  /** A link of a process. */
  link(text: string): string;
}

/** Changes nothing. */
export const FAITHFUL: Filter = {
  net: (name, text) => ({ name, text }),
  process: (_, text) => text,
  link: (text) => text,
};

/** Files of `net` that tell which networks are nearby; they come first. */
export const TELLING: readonly string[] = ["route", "fib_trie", "arp"];

/** Replaces addresses and names, the same by the same, throughout one capture. */
export function anonymiser(byteOrder: ByteOrder): Filter {
  const disguise: Disguise = { addresses: new AddressMap(), names: new NameMap(), byteOrder };
  const { names } = disguise;
  return {
    net(name, text) {
      const rewrite = rewriteOf(name);
      return rewrite && { name: fileName(name, disguise), text: rewrite(text, disguise) };
    },
    process: (name, text) => PROCESS[name]?.(text, names) ?? text,
    link: (text) => names.link(text),
  };
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
    text.replace(/^Name:\t(.*)$/m, (_, comm: string) => `Name:\t${names.name(unescaped(comm))}`),
  cgroup: (text, names) =>
    text.replace(
      /^(\d+:)([^:\n]*)(:)(.*)$/gm,
      (_, number: string, controllers: string, colon: string, path: string) =>
        number + hierarchy(controllers, names) + colon + names.cgroup(path),
    ),
  mountinfo: (text) => text.replace(/^.*\n?/gm, (line) => (isProcfs(line) ? line : "")),
};

function unescaped(comm: string): string {
  return comm.replaceAll("\\n", "\n").replaceAll("\\\\", "\\");
}

/** Controllers are the kernel's, but a hierarchy without any is named by who mounted it. */
function hierarchy(controllers: string, names: NameMap): string {
  return controllers.replace(/^name=(?!systemd$|elogind$)(.*)$/, (_, name: string) => `name=${names.name(name)}`);
}

/** The mount that says which processes are hidden, when it gives away nothing else. */
function isProcfs(line: string): boolean {
  return /^[0-9: ]+ \/ \/proc [a-z,]+(?: [a-z_]+:[0-9]+)* - proc proc [\w=,]+\n?$/.test(line);
}

/** The bytes of a text that has one character for each. */
export function bytesOf(text: string): Uint8Array {
  return latin1Bytes(text);
}
