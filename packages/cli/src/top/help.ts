import { wrapped } from "../text/wrap.ts";
import type { Text } from "./state/state.ts";
import { NO_BYTES } from "./views/interfaces.ts";

const KEYS: readonly (readonly [keys: string, what: string])[] = [
  ["1 sockets", "each with its state, queues, ends and owner"],
  ["2 processes", "who holds the most connections; what they listen on; descriptors and their limit"],
  ["3 listeners", "connections that wait to be accepted, and when the queue is full"],
  ["4 destinations", "where connections lead, and how many local ports they use up"],
  ["5 interfaces", "bytes and packets a second, with graphs"],
  ["6 health", "what is wrong, what that rests on and what would help; again: counters"],
  ["tab", "the next view; shift-tab the one before"],
  ["/", "filter as of procnet sockets: sport = :443 and state established; esc clears it"],
  ["s, r", "sort by a column; turn the order round"],
  ["o", "which columns are shown"],
  ["arrows, pgup, pgdn, home, end", "move; the selected row stays selected when rows move"],
  ["enter", "explain the selected row"],
  ["space", "freeze: the rows stay as they are until space is pressed again"],
  ["c", "closed sockets stay for ten seconds, marked with -, or go at once"],
  ["a", "all tables, also unix and netlink sockets; counters that are 0 too"],
  ["n", "all network namespaces, or the own one"],
  ["+ -", "look less often, more often"],
  ["k", "end the process of the selected row, after asking"],
  ["e", "export the rows that are shown to a new file, a JSON object a line"],
  ["ctrl-z, ctrl-l", "stop for a while; draw all anew"],
  ["q", "quit"],
];

/** The keys, and what cannot be seen here. */
export function helpText(notes: readonly string[]): Text {
  return {
    title: "procnet top: keys",
    lines: (columns) => [
      ...keyLines(columns),
      "",
      ...[
        ...notes,
        NO_BYTES,
        "Connections that came and went between two looks are not seen: missed says how many.",
      ].flatMap((note) => wrapped(note, columns)),
    ],
  };
}

/** In two columns, or one below the other where that is too wide. */
function keyLines(columns: number): string[] {
  const room = 16;
  return KEYS.flatMap(([keys, what]) => {
    if (columns < 60 || keys.length > room) return [...wrapped(keys, columns), ...indented(what, 4, columns)];
    const [first = "", ...more] = indented(what, room + 1, columns);
    return [keys.padEnd(room + 1) + first.trimStart(), ...more];
  });
}

function indented(text: string, by: number, columns: number): string[] {
  return wrapped(text, Math.max(10, columns - by)).map((line) => " ".repeat(by) + line);
}
