import { endianness } from "node:os";
import type { Finding } from "./finding.ts";
import { MACHINE } from "./own.ts";

/** The first version of Node that is supported: `engines` of package.json. */
const LEAST = [20, 19] as const;

/** What runs procnet, and whether it lets it read. */
export function runtimeFindings(): Finding[] {
  const found = [runtime()];
  // Of Node alone, since version 20: undefined unless it was started with --permission.
  const permission = (process as { permission?: { has: (scope: string, path?: string) => boolean } }).permission;
  if (permission !== undefined && !permission.has("fs.read", MACHINE)) {
    found.push({
      topic: "runtime",
      status: "failed",
      finding: `Node runs with --permission and without the right to read ${MACHINE}`,
      remedy: `start it with --allow-fs-read=${MACHINE}/ or without --permission`,
    });
  }
  return found;
}

function runtime(): Finding {
  const { bun, deno } = process.versions;
  const name = bun !== undefined ? `Bun ${bun}` : deno !== undefined ? `Deno ${deno}` : `Node ${process.versions.node}`;
  const finding = `${name}, ${process.arch} (${endianness()}), ${libc()}`;
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  const isOld = major < LEAST[0] || (major === LEAST[0] && minor < LEAST[1]);
  if (!isOld || bun !== undefined || deno !== undefined) return { topic: "runtime", status: "ok", finding };
  const remedy = `install Node ${LEAST.join(".")} or newer`;
  return { topic: "runtime", status: "limited", finding: `${finding}: older than what procnet is tested with`, remedy };
}

/** glibc tells its version; what is no glibc on Linux is musl, as far as Node is built for it. */
function libc(): string {
  try {
    const { header } = process.report.getReport() as { readonly header?: { readonly glibcVersionRuntime?: string } };
    if (header === undefined) return "C library not told";
    return header.glibcVersionRuntime === undefined ? "no glibc: musl" : `glibc ${header.glibcVersionRuntime}`;
  } catch {
    return "C library not told";
  }
}
