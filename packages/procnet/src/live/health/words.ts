import { grouped } from "../../bytes/grouped.ts";
import type { FindingOwner } from "./finding.ts";
import type { NamespaceSubject } from "./subject.ts";
import type { Window } from "./window.ts";

/** `5.0 s` */
export function seconds(window: Window): string {
  return `${window.seconds.toFixed(1)} s`;
}

/** `12,345`: as tables and pages have numbers of things. */
export function countWord(count: number): string {
  return grouped(String(count));
}

/** `12.5`, `1,200`: no more digits than say something. */
export function rateWord(rate: number): string {
  return rate >= 100 ? grouped(rate.toFixed(0)) : rate.toFixed(1);
}

/** `12.5 a second` */
export function perSecond(rate: number): string {
  return `${rateWord(rate)} a second`;
}

/** `2.5 %`; shares that are not 0 do not look like it, and of a limit of 0 there is none. */
export function percent(share: number): string {
  if (!Number.isFinite(share)) return "more than all";
  const hundred = share * 100;
  return hundred > 0 && hundred < 0.1 ? `${hundred.toPrecision(1)} %` : `${hundred.toFixed(1)} %`;
}

/** `1 datagram`, `2,000 datagrams`. */
export function several(count: number, one: string, many: string = `${one}s`): string {
  return `${countWord(count)} ${count === 1 ? one : many}`;
}

/** `dnsmasq (812)`, and that there are others; empty where no owner is known. */
export function ownersWord([first, ...rest]: readonly FindingOwner[]): string {
  if (first === undefined) return "";
  const others = rest.length === 0 ? "" : ` and ${several(rest.length, "other process", "other processes")}`;
  return `${first.program} (${first.pid})${others}`;
}

/** The network namespace as what a finding is about. */
export function thisNamespace({ last }: Window): NamespaceSubject {
  return { kind: "namespace", namespace: last.namespace };
}

/** `127.0.0.1:53`, `[::1]:53`. */
export function endpointOf(address: string, port: number): string {
  return address.includes(":") ? `[${address}]:${port}` : `${address}:${port}`;
}

/** `a, b, c`, and how many more there are: of thousands nobody reads all. */
export function someOf(all: readonly string[]): string {
  const more = all.length > MOST_NAMED ? ` and ${all.length - MOST_NAMED} more` : "";
  return `${all.slice(0, MOST_NAMED).join(", ")}${more}`;
}

const MOST_NAMED = 10;
