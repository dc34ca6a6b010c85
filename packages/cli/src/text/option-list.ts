/** Options of a command that takes those of another program, in sections: flags, and what they mean. */
export type OptionSections = readonly (readonly [
  title: string,
  options: readonly (readonly [flags: string, meaning: string])[],
])[];

/** Column in which meanings begin. */
const COLUMN = 26;

/** Lines of a help text. */
export function optionLines(sections: OptionSections): string[] {
  const lines: string[] = [];
  for (const [title, options] of sections) {
    lines.push("", `${title}:`);
    for (const [flags, meaning] of options) {
      const start = `  ${flags}`;
      if (start.length < COLUMN - 1) lines.push(start.padEnd(COLUMN) + meaning);
      else lines.push(start, " ".repeat(COLUMN) + meaning);
    }
  }
  return lines;
}
