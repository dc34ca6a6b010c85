import { pinnedOwnersState } from "procnet";
import type { Finding } from "./finding.ts";

/** Whether the kernel tells owners by a file, which `procnet pin` makes. Without one links do: nothing is kept from this reader by that. */
export function pinnedFindings(): Finding[] {
  const topic = "pinned owners";
  const state = pinnedOwnersState();
  switch (state.kind) {
    case "ready":
      return [{ topic, status: "ok", finding: `the kernel tells whose sockets are by ${state.path}` }];
    case "unusable":
      return [{ topic, status: "limited", finding: `links of descriptors tell whose sockets are: ${state.why}` }];
    case "absent":
      return [
        {
          topic,
          status: "absent",
          finding: "links of descriptors tell whose sockets are",
          remedy:
            "as root: procnet pin --group NAME, which is faster, and shows members of the group the owners of all",
        },
      ];
  }
}
