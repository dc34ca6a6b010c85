import type { Case } from "../case.ts";
import { crateCases } from "./crate.ts";
import { floor } from "./floor.ts";
import { forms } from "./forms.ts";
import { netlinkCases } from "./netlink.ts";
import { nodeNetstat } from "./node-netstat.ts";
import { owners } from "./owners.ts";
import { portCases } from "./port.ts";
import { programs } from "./programs.ts";
import { prometheus } from "./prometheus.ts";
import { psutil } from "./psutil.ts";
import { starts } from "./start.ts";
import { stroncium } from "./stroncium.ts";
import { systeminformation } from "./systeminformation.ts";

export { starts };

/** All cases with sockets, in the order they run and stand in the tables. The floor runs first in each table. */
export const cases: readonly Case[] = [
  floor,
  ...forms,
  ...netlinkCases,
  ...owners,
  ...portCases,
  ...programs,
  ...crateCases,
  prometheus,
  psutil,
  stroncium,
  systeminformation,
  nodeNetstat,
];
