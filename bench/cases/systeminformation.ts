import type { Case } from "../case.ts";
import { find } from "../tools/program.ts";
import { packageVersion } from "../tools/version.ts";

let connections: (() => Promise<readonly { protocol: string }[]>) | undefined;

export const systeminformation: Case = {
  name: "systeminformation: networkConnections()",
  table: "owners",
  covers: "tcp and tcp6",
  async prepare() {
    try {
      find("netstat");
    } catch {
      find("ss");
    }
    connections = (await import("systeminformation")).networkConnections;
    return packageVersion("systeminformation");
  },
  async run() {
    return { sockets: (await connections!()).filter(({ protocol }) => protocol.startsWith("tcp")).length };
  },
};
