import { isIP } from "node:net";
import { foreign } from "../text/printf.ts";
import { mapped } from "./addresses.ts";
import { databaseRows, databaseText } from "./databases.ts";
import { type HostSource, hostSources } from "./host-sources.ts";
import { isHostName, reverseName } from "./reverse-name.ts";

/*
 * Names of hosts: those of /etc/hosts, and for others what the name servers say.
 */

/** How long is waited for answers that do not come, for all together and for one, milliseconds. */
const PATIENCE = 5000;
const ANSWER = 2000;

/** How many questions are asked at a time. */
const AT_ONCE = 64;

/** The addresses of no host. */
const ANY4 = "0.0.0.0";
const ANY6 = "::";

const UNKNOWN = Symbol("servers have not been asked");
/** To the C library a fault of the server's, which ends no search. */
const UNUSABLE = Symbol("a server's answer is no name");

export class HostNames {
  private readonly signal: AbortSignal;
  /** What servers said: a name, that there is none, or what cannot be the name of a host. */
  private readonly asked = new Map<string, string | undefined | typeof UNUSABLE>();
  private files: ReadonlyMap<string, string> | undefined;
  private sources: readonly HostSource[] | undefined;
  /** How long was waited for answers that did not come, milliseconds. */
  private waited = 0;

  constructor(signal: AbortSignal) {
    this.signal = signal;
  }

  /** The name of an address, if it is known by now. */
  name(address: string): string | undefined {
    const found = this.look(address);
    return found === UNKNOWN ? undefined : found;
  }

  /** The name, none, or that servers have to be asked first. */
  private look(address: string): string | undefined | typeof UNKNOWN {
    // That is how tables of IPv6 show it when names are wanted.
    if (address === ANY6) return "[::]";
    if (address === ANY4) return undefined;
    this.sources ??= hostSources();
    for (const { kind, ends } of this.sources) {
      if (kind === "servers" && !this.asked.has(address)) return UNKNOWN;
      const found = kind === "files" ? this.fromFiles(address) : this.asked.get(address);
      if (found === UNUSABLE) continue;
      if (found !== undefined || ends) return found;
    }
    return undefined;
  }

  private fromFiles(address: string): string | undefined {
    this.files ??= readHosts();
    return this.files.get(keyOf(address));
  }

  /** Asks name servers where it is their turn. Time is bounded: whoever has no name by then is shown by number. */
  async prepare(addresses: readonly string[]): Promise<void> {
    const unknown = [...new Set(addresses)].filter((address) => this.look(address) === UNKNOWN);
    if (unknown.length === 0 || this.waited >= PATIENCE || this.signal.aborted) return;
    const { Resolver } = await import("node:dns/promises");
    const resolver = new Resolver({ timeout: ANSWER, tries: 2 });
    const since = performance.now();
    const stop = (): void => resolver.cancel();
    const timer = setTimeout(stop, PATIENCE - this.waited);
    this.signal.addEventListener("abort", stop, { once: true });
    const inTime = await this.ask(unknown, (name) => resolver.resolvePtr(name));
    clearTimeout(timer);
    this.signal.removeEventListener("abort", stop);
    if (!inTime) this.waited += performance.now() - since;
  }

  /**
   * Asks for all of them, some at a time; gives whether all answers came. After a cancelled question no other is asked. The
   * question is for the record: `reverse` of node:dns looks into /etc/hosts too, where a mapped address has no name.
   */
  private async ask(addresses: readonly string[], names: (record: string) => Promise<string[]>): Promise<boolean> {
    const waiting = addresses.values();
    let inTime = true;
    let over = false;
    const worker = async (): Promise<void> => {
      for (const address of waiting) {
        if (over) return;
        try {
          const [name] = await names(reverseName(address));
          this.asked.set(address, name === undefined || isHostName(name) ? name : UNUSABLE);
        } catch (error) {
          const { code } = error as NodeJS.ErrnoException;
          this.asked.set(address, undefined);
          if (code === "ETIMEOUT" || code === "ECANCELLED") inTime = false;
          if (code === "ECANCELLED") over = true;
        }
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, worker));
    return inTime;
  }
}

/** One spelling for each address. */
function keyOf(address: string): string {
  return address.includes(":") ? new URL(`http://[${address}]`).hostname : address;
}

/** The first line of an address counts, and its first name. */
function readHosts(): Map<string, string> {
  const hosts = new Map<string, string>();
  const add = (key: string, name: string): void => {
    if (!hosts.has(key)) hosts.set(key, foreign(name));
  };
  for (const [address, name] of databaseRows(databaseText("/etc/hosts"))) {
    const family = isIP(address!);
    if (family === 0 || address!.includes("%")) continue;
    const key = keyOf(address!);
    add(key, name!);
    // To the C library a line for IPv6 names the IPv4 address that is in it as well.
    const inner = key === "[::1]" ? "127.0.0.1" : family === 6 ? mapped(address!.toLowerCase()) : undefined;
    if (inner !== undefined) add(inner, name!);
  }
  return hosts;
}
