/**
 * What people and programs are shown of what the library finds: words for sockets, states, owners and endpoints, the columns
 * of the table of sockets, and the JSON Schemas of the documents. Opens nothing and runs anywhere, also in a browser.
 *
 * @packageDocumentation
 */

export { closest, suggestion } from "./bytes/suggest.ts";
export type { Cell, Column, ColumnShape, Style } from "./view/column.ts";
export { type FlatContext, flatSocket } from "./view/flat/flat-socket.ts";
export { flatText } from "./view/flat/flat-text.ts";
export { FLAT_COLUMNS, FLAT_VERSION, type FlatColumn, type FlatEvent, type FlatRow } from "./view/flat/row.ts";
export { jsonText } from "./view/json-text.ts";
export { columnNamed, type OrderKey, orderOf, type RowOrder, sortedRows } from "./view/order.ts";
export type { Schema } from "./view/schema/build.ts";
export { documentKinds, itemSchemaOf, schemaOf } from "./view/schema/documents.ts";
export { flatSchema } from "./view/schema/flat.ts";
export { SCHEMA_VERSION } from "./view/schema/version.ts";
export { OWNER_COLUMNS, SOCKET_COLUMNS, socketColumns } from "./view/socket-columns.ts";
export { socketText } from "./view/socket-text.ts";
export { containerName, containerText, ENDPOINT_END, endpointText, hasHiddenOwner } from "./view/socket-words.ts";
export { commonState, isListening, kernelState, stateOf } from "./view/states.ts";
