import type { Case } from "../case.ts";
import { find } from "../tools/program.ts";
import { packageVersion } from "../tools/version.ts";

let list: typeof import("node-netstat").default | undefined;

export const nodeNetstat: Case = {
  name: "node-netstat",
  table: "owners",
  covers: "tcp and tcp6",
  async prepare() {
    find("netstat");
    list = (await import("node-netstat")).default;
    return packageVersion("node-netstat");
  },
  async run() {
    let sockets = 0;
    const count = ({ protocol }: { protocol: string }): void => {
      if (protocol.startsWith("tcp")) sockets++;
    };
    await new Promise<void>((resolve, reject) => {
      list!({ done: (error) => (error ? reject(error) : resolve()) }, count);
    });
    return { sockets };
  },
};
