/**
 * What people and programs are shown of what the library finds: words for sockets, states, owners and endpoints, the columns
 * of the table of sockets, and the JSON Schemas of the documents. Opens nothing and runs anywhere, also in a browser.
 *
 * @packageDocumentation
 */

export { escapeText } from "./bytes/escape.ts";
export { closest, suggestion } from "./bytes/suggest.ts";
export { fullAt } from "./codes/accept-queue.ts";
export { KEPT_FROM_ROOT, ROOT_NEEDS } from "./codes/looking-rights.ts";
export type { Cell, Column, ColumnShape, Style } from "./view/column.ts";
export {
  evidenceText,
  limitText,
  otherOwnersText,
  ownersText,
  severitySign,
  subjectText,
} from "./view/finding-words.ts";
export { type FlatContext, flatSocket } from "./view/flat/flat-socket.ts";
export { flatText } from "./view/flat/flat-text.ts";
export { FLAT_COLUMNS, FLAT_VERSION, type FlatColumn, type FlatEvent, type FlatRow } from "./view/flat/row.ts";
export type { AboutFinding, RowFinding } from "./view/groups/about.ts";
export { DESTINATION_COLUMNS, LISTENER_COLUMNS, PROCESS_COLUMNS } from "./view/groups/columns.ts";
export type { GroupContext } from "./view/groups/context.ts";
export type { GroupCounts, StateCount } from "./view/groups/counts.ts";
export {
  DestinationGroups,
  type DestinationGroupsOptions,
  type DestinationRow,
  destinationRows,
  type GroupHolder,
} from "./view/groups/destinations.ts";
export { ListenerGroups, type ListenerRow, listenerRows } from "./view/groups/listeners.ts";
export {
  ProcessGroups,
  type ProcessGroupsOptions,
  type ProcessRow,
  processRows,
  type ShownOwner,
} from "./view/groups/processes.ts";
export { jsonText } from "./view/json-text.ts";
export { KERNEL_COLUMNS } from "./view/kernel-columns.ts";
export { KERNEL_VALUES, type KernelNumber, type KernelUnit, type KernelValue } from "./view/kernel-values.ts";
export { ageText, bytesText, countText, perSecondText, rttText, shareText } from "./view/number-texts.ts";
export { onScreen } from "./view/on-screen.ts";
export { columnNamed, type OrderKey, orderOf, type RowOrder, sortedRows } from "./view/order.ts";
export { type Around, OwnerTexts } from "./view/owner-texts.ts";
export { COUNTER_COLUMNS, ofText, rateText } from "./view/rows/counter-columns.ts";
export { FINDING_COLUMNS } from "./view/rows/finding-columns.ts";
export { INTERFACE_COLUMNS, type InterfaceRow, interfaceRows } from "./view/rows/interfaces.ts";
export { TRAFFIC_COLUMNS, type TrafficRates, type TrafficRow, withRates } from "./view/rows/traffic.ts";
export { type RowWindow, type RowWindowOptions, rowWindow } from "./view/rows/window.ts";
export type { Schema } from "./view/schema/build.ts";
export { documentKinds, itemSchemaOf, schemaOf } from "./view/schema/documents.ts";
export { flatSchema } from "./view/schema/flat.ts";
export { SCHEMA_VERSION } from "./view/schema/version.ts";
export { OWNER_COLUMNS, SOCKET_COLUMNS, socketColumns } from "./view/socket-columns.ts";
export { socketText } from "./view/socket-text.ts";
export {
  containerName,
  containerText,
  ENDPOINT_END,
  endpointText,
  hasHiddenOwner,
  processText,
} from "./view/socket-words.ts";
export { commonState, isListening, kernelState, stateOf } from "./view/states.ts";
