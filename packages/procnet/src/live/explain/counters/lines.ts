/*
 * What is known of counters, as text: name|function file|meaning|since. A file without a folder is in that of its group. As one text it
 * takes half of what objects would, in a package and in memory, and is read when somebody asks.
 */

/** What is known of one counter. */
export interface CounterEntry {
  readonly name: string;
  /** Where it is counted, or printed where nothing counts it: `tcp_listendrop, include/net/tcp.h`. */
  readonly source: string;
  readonly meaning: string;
  /** The release it came with: `4.13`; `5.15 or before`. */
  readonly since: string | undefined;
}

/** The counters of a group, by their names. */
export function entriesOf(lines: string, folder: string): Map<string, CounterEntry> {
  return new Map(
    lines
      .trim()
      .split("\n")
      .map((line) => {
        const [name = "", place = "", meaning = "", since] = line.split("|");
        return [name, { name, source: sourceOf(place, folder), meaning, since }];
      }),
  );
}

function sourceOf(place: string, folder: string): string {
  const [where = "", file = ""] = place.split(" ");
  return `${where}, ${file.includes("/") ? file : `${folder}/${file}`}`;
}
