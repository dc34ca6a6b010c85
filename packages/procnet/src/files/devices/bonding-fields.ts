import { skipBlanks } from "../../bytes/ascii.ts";
import { utf8 } from "../../bytes/strings.ts";
import type { Line } from "../../form/line.ts";

/** How the values of a section's keys are read: each gives the fields that its line stands for. */
export type Fields = ReadonlyMap<string, Reader>;

type Reader = (line: Line) => object;

/** What is left of the line, as text. */
export function rest(line: Line): string {
  line.at = skipBlanks(line.bytes, line.at, line.end);
  return utf8(line.bytes, line.at, line.end);
}

const number =
  (name: string): Reader =>
  (line) => ({ [name]: line.decimal(name) });
const text =
  (name: string): Reader =>
  (line) => ({ [name]: rest(line) });
const flag =
  (name: string): Reader =>
  (line) => ({ [name]: line.word(name) === "on" });
const list =
  (name: string): Reader =>
  (line) => ({
    [name]: rest(line)
      .split(", ")
      .filter((item) => item !== ""),
  });
/** A number, or the word that stands for none. */
const numberOr =
  (name: string, none: string): Reader =>
  (line) =>
    rest(line) === none ? {} : number(name)(line);
/** A word, or the one that stands for none. */
const wordOr =
  (name: string, none: string): Reader =>
  (line) => {
    const found = line.word(name);
    return found === none ? {} : { [name]: found };
  };

/** A text, and another one behind it in brackets: `eth0 (primary_reselect always)`. */
function bracketed(line: Line, begin: string): [text: string, inside: string | undefined] {
  const value = rest(line);
  const open = value.lastIndexOf(begin);
  if (open < 0 || !value.endsWith(")")) return [value, undefined];
  return [value.slice(0, open), value.slice(open + begin.length, -1)];
}

function mode(line: Line): object {
  const [found, failOverMac] = bracketed(line, " (fail_over_mac ");
  return { mode: found, ...(failOverMac !== undefined && { failOverMac }) };
}

function hashPolicy(line: Line): object {
  const [transmitHashPolicy, code] = bracketed(line, " (");
  if (code === undefined || !/^[0-9]{1,9}$/.test(code)) return { transmitHashPolicy };
  return { transmitHashPolicy, transmitHashPolicyCode: Number(code) };
}

function primary(line: Line): object {
  const [primarySlave, primaryReselect] = bracketed(line, " (primary_reselect ");
  if (primaryReselect === undefined && primarySlave === "None") return {};
  return { primarySlave, ...(primaryReselect !== undefined && { primaryReselect }) };
}

const masterFields = (): Fields =>
  new Map<string, Reader>([
    ["Bonding Mode", mode],
    ["Transmit Hash Policy", hashPolicy],
    ["Primary Slave", primary],
    ["Currently Active Slave", wordOr("activeSlave", "None")],
    ["MII Status", text("miiStatus")],
    ["MII Polling Interval (ms)", number("miiPollingInterval")],
    ["Up Delay (ms)", number("upDelay")],
    ["Down Delay (ms)", number("downDelay")],
    ["Peer Notification Delay (ms)", number("peerNotificationDelay")],
    ["ARP Polling Interval (ms)", number("arpPollingInterval")],
    ["ARP Missed Max", number("arpMissedMax")],
    ["ARP IP target/s (n.n.n.n form)", list("arpIpTargets")],
    ["NS IPv6 target/s (xx::xx form)", list("nsIp6Targets")],
  ]);
export const MASTER: Fields = /* @__PURE__ */ masterFields();

const lacpFields = (): Fields =>
  new Map<string, Reader>([
    ["LACP active", flag("active")],
    ["LACP rate", text("rate")],
    ["Min links", number("minLinks")],
    ["Aggregator selection policy (ad_select)", text("adSelect")],
    ["System priority", number("systemPriority")],
    ["System MAC address", text("systemMacAddress")],
  ]);
export const LACP: Fields = /* @__PURE__ */ lacpFields();

const aggregatorFields = (): Fields =>
  new Map<string, Reader>([
    ["Aggregator ID", number("aggregatorId")],
    ["Number of ports", number("ports")],
    ["Actor Key", number("actorKey")],
    ["Partner Key", number("partnerKey")],
    ["Partner Mac Address", text("partnerMacAddress")],
  ]);
export const AGGREGATOR: Fields = /* @__PURE__ */ aggregatorFields();

const slaveFields = (): Fields =>
  new Map<string, Reader>([
    ["MII Status", text("miiStatus")],
    ["Speed", numberOr("speed", "Unknown")],
    ["Duplex", wordOr("duplex", "Unknown")],
    ["Link Failure Count", number("linkFailureCount")],
    ["Permanent HW addr", text("permanentHwAddress")],
    ["Slave queue ID", number("queueId")],
    ["Aggregator ID", numberOr("aggregatorId", "N/A")],
    ["Actor Churn State", text("actorChurnState")],
    ["Partner Churn State", text("partnerChurnState")],
    ["Actor Churned Count", number("actorChurnedCount")],
    ["Partner Churned Count", number("partnerChurnedCount")],
  ]);
export const SLAVE: Fields = /* @__PURE__ */ slaveFields();

const portFields = (): Fields =>
  new Map<string, Reader>([
    ["system priority", number("systemPriority")],
    ["system mac address", text("systemMacAddress")],
    ["port key", number("key")],
    ["oper key", number("key")],
    ["port priority", number("portPriority")],
    ["port number", number("portNumber")],
    ["port state", number("portState")],
  ]);
export const PORT: Fields = /* @__PURE__ */ portFields();
