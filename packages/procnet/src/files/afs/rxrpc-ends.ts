import { type Endpoint, endpoint } from "../../codes/address-text.ts";
import type { Cells } from "../../form/header-form.ts";

/** The columns that name both ends of an RxRPC object. */
export interface RxrpcEnds {
  /** Transport: always `UDP`. */
  readonly proto: string;
  /** Local address, canonical text; absent where the kernel prints a word such as `no_local`. */
  readonly localAddress: string | undefined;
  readonly localPort: number | undefined;
  /** Address of the peer, canonical text; absent where the kernel prints a word such as `no_connection`. */
  readonly remoteAddress: string | undefined;
  readonly remotePort: number | undefined;
}

/** Reads the columns `Proto`, `Local` and `Remote`. */
export function rxrpcEnds(cells: Cells): RxrpcEnds {
  const proto = cells.word("Proto");
  const local = rxrpcEnd(cells, "Local");
  const remote = rxrpcEnd(cells, "Remote");
  return {
    proto,
    localAddress: local?.address,
    localPort: local?.port,
    remoteAddress: remote?.address,
    remotePort: remote?.port,
  };
}

/** A column of an address and a port; `undefined` where the kernel has none and says so in a word. */
export function rxrpcEnd(cells: Cells, name: string): Endpoint | undefined {
  const text = cells.word(name);
  if (text.startsWith("no_") || text.startsWith("(")) return undefined;
  return endpoint(text) ?? cells.line.fail(name, "an address and a port");
}
