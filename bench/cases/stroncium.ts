import type { Case } from "../case.ts";
import { packageVersion } from "../tools/version.ts";

let read: (() => unknown[]) | undefined;

export const stroncium: Case = {
  name: "@stroncium/procfs: netTcp4()",
  table: "reading",
  covers: "tcp",
  async prepare() {
    const { procfs } = await import("@stroncium/procfs");
    read = () => procfs.netTcp4();
    return packageVersion("@stroncium/procfs");
  },
  run: () => ({ sockets: read!().length }),
};
