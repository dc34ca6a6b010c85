import type { Socket, SocketOwner } from "../sockets/types.ts";

/** Reasons for which somebody may hold a socket and this reader cannot know. */
const HIDDEN: ReadonlySet<string> = new Set(["no-permission", "hidepid", "other-namespace", "exited", "budget"]);

/**
 * Whether a socket may have an owner that could not be seen.
 *
 * @example
 * ```ts
 * import { sockets } from "procnet";
 * import { hasHiddenOwner } from "procnet/view";
 * const hidden = (await sockets()).sockets.filter(hasHiddenOwner);
 * ```
 */
export function hasHiddenOwner({ ownerless }: Pick<Socket, "ownerless">): boolean {
  return ownerless !== undefined && HIDDEN.has(ownerless);
}

/** The end of an address with a port. */
export const ENDPOINT_END: RegExp = /\]?:(?:\d+|\*)$/;

/**
 * `127.0.0.1:80`, `[::1]:80`; `*` for no port.
 *
 * @example
 * ```ts
 * import { endpointText } from "procnet/view";
 * endpointText("::1", 443); // "[::1]:443"
 * ```
 */
export function endpointText(address: string, port: number): string {
  const host = address.includes(":") ? `[${address}]` : address;
  return `${host}:${port === 0 ? "*" : port}`;
}

/**
 * The container of an owner, if it is in one.
 *
 * @example
 * ```ts
 * import { sockets } from "procnet";
 * import { containerName } from "procnet/view";
 * const names = (await sockets()).sockets.map(({ owners }) => containerName(owners?.[0]));
 * ```
 */
export function containerName(owner: SocketOwner | undefined): string | undefined {
  return containerText(owner?.container);
}

/**
 * `docker:0123456789ab`: ids are told apart by their first twelve digits everywhere.
 *
 * @example
 * ```ts
 * import { containerText } from "procnet/view";
 * containerText({ runtime: "lxc", id: "web" }); // "lxc:web"
 * ```
 */
export function containerText(container: SocketOwner["container"]): string | undefined {
  if (container === undefined) return undefined;
  const { runtime, id } = container;
  const shown = /^[0-9a-f]{64}$/.test(id) ? id.slice(0, 12) : id;
  return runtime === undefined ? shown : `${runtime}:${shown}`;
}

/**
 * A process as people know it; a server that does not tell processes leaves its number out. Nothing is escaped.
 *
 * @example
 * ```ts
 * import { processText } from "procnet/view";
 * processText({ program: "nginx", pid: 812 }); // "nginx[812]"
 * ```
 */
export function processText({
  program = "?",
  pid,
}: {
  readonly program?: string | undefined;
  readonly pid?: number | undefined;
}): string {
  return pid === undefined ? program : `${program}[${pid}]`;
}

/** The first of them and how many more there are; `?` when one may be hidden, `-` when there is none. */
export function firstProcessText(
  [first, ...more]: readonly Parameters<typeof processText>[0][],
  mayBeHidden: boolean,
): string {
  if (first === undefined) return mayBeHidden ? "?" : "-";
  return `${processText(first)}${more.length > 0 ? ` +${more.length}` : ""}`;
}
