/** A whole text in which `*` stands for anything and `?` for one character. */
export function globOf(glob: string): RegExp {
  const source = [...glob].map((character) => {
    if (character === "*") return ".*";
    return character === "?" ? "." : literal(character);
  });
  return new RegExp(`^${source.join("").replace(/(\.\*)+/g, ".*")}$`, "su");
}

/** A part of a text, whatever the case of its letters. */
export function substringOf(part: string): RegExp {
  return new RegExp([...part].map(literal).join(""), "siu");
}

function literal(character: string): string {
  return /[\\^$.*+?()[\]{}|/]/.test(character) ? `\\${character}` : character;
}
