/** What a program may import: `procnet`, `procnet/parse` ... */
export const DOORS = ["index", "parse", "tables", "query", "view", "live"];

/** Files of `live` that look at the machine: the door `procnet/live` has none of them, so that it runs in a browser. */
const LOOKS =
  "live.((health|limits|pause|rates|sample-devices|sample-sockets|take-sample)|watch.(counts|doubts|missed|opens|rounds|watch|watcher)).ts$";

const declaredIn = (places) => new RegExp(`build.(${places})\\b`);

const room = (name, places) => ({
  name,
  source: new RegExp(`src.(?!${LOOKS})(${places})\\b`),
  declared: declaredIn(places),
});

/** Rooms that make a chunk together: whoever needs one of them needs the others. What they need of others lies in those before them. */
export const ROOMS = [
  room("pure", "errors|check-options|option-values|bytes|codes|form|files|process|tables|parsers|parse"),
  room("live", "live"),
  room("read", "read|host"),
  room("sockets", "sockets"),
  { name: "looks", source: new RegExp(`src.${LOOKS}`), declared: /(?!)/ },
];
