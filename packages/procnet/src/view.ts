/**
 * What people call what the library finds: states of sockets, words. Opens nothing and runs anywhere, also in a browser.
 *
 * @packageDocumentation
 */

export { closest, suggestion } from "./bytes/suggest.ts";
export { isListening, stateOf } from "./view/states.ts";
