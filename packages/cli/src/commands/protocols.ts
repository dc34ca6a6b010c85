import type { SocketProtocol } from "procnet";
import { UsageError } from "../errors.ts";
import type { SOCKETS } from "../flags/definitions.ts";
import type { OptionsOf } from "../flags/spec.ts";
import { suggestion } from "../text/suggest.ts";

/** Options that choose tables. */
export type ProtocolOptions = Pick<
  OptionsOf<typeof SOCKETS.options>,
  (typeof FAMILIES)[number] | (typeof OTHERS)[number] | "ipv4" | "ipv6" | "protocol"
>;

const FAMILIES = ["tcp", "udp", "udplite", "raw", "icmp"] as const;
const OTHERS = ["unix", "netlink", "packet"] as const;

/** Names for `--protocol`: `inet` is what is shown without it. */
export const PROTOCOL_NAMES: readonly string[] = ["all", "inet", ...FAMILIES, ...OTHERS];

/** The tables to read. TCP and UDP unless something else is asked for; `-4` and `-6` leave out the other family. */
export function protocolsOf(options: ProtocolOptions): readonly SocketProtocol[] {
  const named = new Set<string>([...FAMILIES, ...OTHERS].filter((name) => options[name]));
  for (const name of options.protocol ?? []) {
    if (!PROTOCOL_NAMES.includes(name)) {
      const hint = suggestion(name, PROTOCOL_NAMES) || `; there are ${PROTOCOL_NAMES.join(", ")}`;
      throw new UsageError(`--protocol: no protocol is called "${name}"${hint}`);
    }
    for (const each of name === "all" ? [...FAMILIES, ...OTHERS] : name === "inet" ? ["tcp", "udp"] : [name])
      named.add(each);
  }
  const chosen = named.size === 0 ? new Set(["tcp", "udp"]) : named;
  const one = options.ipv4 !== options.ipv6;
  const protocols: SocketProtocol[] = [];
  for (const name of FAMILIES) {
    if (!chosen.has(name)) continue;
    if (!one || options.ipv4) protocols.push(name);
    if (!one || options.ipv6) protocols.push(`${name}6`);
  }
  return [...protocols, ...OTHERS.filter((name) => chosen.has(name))];
}
