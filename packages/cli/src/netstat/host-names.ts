import { isIP } from "node:net";
import { mapped } from "./addresses.ts";
import { databaseRows, databaseText } from "./databases.ts";
import { foreign } from "./text.ts";

/*
 * Names of hosts: those of /etc/hosts, and for others what the name servers say.
 */

/** How long is waited for answers that do not come, for all together and for one, milliseconds. */
const PATIENCE = 5000;
const ANSWER = 2000;

/** How many questions are asked at a time. */
const AT_ONCE = 64;

/** The address of no host, as IPv6 tables show it when names are wanted. */
const ANY6 = "::";

export class HostNames {
  private readonly signal: AbortSignal;
  private readonly asked = new Map<string, string | undefined>();
  private files: ReadonlyMap<string, string> | undefined;
  private servers: boolean | undefined;
  /** How long was waited for answers that did not come, milliseconds. */
  private waited = 0;

  constructor(signal: AbortSignal) {
    this.signal = signal;
  }

  /** The name of an address, if it is known by now. */
  name(address: string): string | undefined {
    if (address === ANY6) return "[::]";
    this.files ??= readHosts();
    return this.files.get(keyOf(address)) ?? this.asked.get(address);
  }

  /** Asks name servers for those that no file knows. Time is bounded: whoever has no name by then is shown by number. */
  async prepare(addresses: readonly string[]): Promise<void> {
    const unknown = [...new Set(addresses)].filter(
      (address) => address !== "0.0.0.0" && !this.asked.has(address) && this.name(address) === undefined,
    );
    if (unknown.length === 0 || this.waited >= PATIENCE || this.signal.aborted) return;
    this.servers ??= asksServers();
    if (!this.servers) return;
    const { Resolver } = await import("node:dns/promises");
    const resolver = new Resolver({ timeout: ANSWER, tries: 2 });
    const since = performance.now();
    const stop = (): void => resolver.cancel();
    const timer = setTimeout(stop, PATIENCE - this.waited);
    this.signal.addEventListener("abort", stop, { once: true });
    const inTime = await this.ask(unknown, (address) => resolver.reverse(address));
    clearTimeout(timer);
    this.signal.removeEventListener("abort", stop);
    if (!inTime) this.waited += performance.now() - since;
  }

  /** Asks for all of them, some at a time; gives whether all answers came. After a cancelled question no other is asked. */
  private async ask(addresses: readonly string[], reverse: (address: string) => Promise<string[]>): Promise<boolean> {
    const waiting = addresses.values();
    let inTime = true;
    let over = false;
    const worker = async (): Promise<void> => {
      for (const address of waiting) {
        if (over) return;
        try {
          const [name] = await reverse(mapped(address) ?? address);
          this.asked.set(address, name === undefined ? undefined : foreign(name));
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

/** Whether this machine asks name servers for hosts: the C library's configuration says so, or nothing. */
function asksServers(): boolean {
  for (const [database, ...sources] of databaseRows(databaseText("/etc/nsswitch.conf"))) {
    if (database === "hosts:") return sources.includes("dns") || sources.includes("resolve");
  }
  return true;
}
