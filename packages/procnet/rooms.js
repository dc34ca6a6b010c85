/** What a program may import: `procnet`, `procnet/parse` ... */
export const DOORS = ["index", "parse", "tables", "query", "view", "live"];

const room = (name, places) => ({
  name,
  source: new RegExp(`src.(${places})\\b`),
  declared: new RegExp(`build.(${places})\\b`),
});

/** Rooms that make a chunk together: whoever needs one of them needs the others. */
export const ROOMS = [
  room("pure", "errors|check-options|option-values|bytes|codes|form|files|process|tables|parsers|parse"),
  room("read", "read|host"),
  room("sockets", "sockets"),
  room("live", "live"),
];
