/** What no text that is shown may hold: controls, also of direction, ends of lines, blanks other than U+0020, halves of pairs. */
const NEVER =
  /[\p{Cc}\p{Cs}\p{Co}\p{Cn}\p{Zl}\p{Zp}\u00a0\u1680\u2000-\u200b\u200e\u200f\u202a-\u202f\u205f-\u206f\u3000\u2800\ufeff]/u;

/** What shows nothing: joiners of some languages, selectors and tags of emoji. Others belong nowhere. */
const SHOWS_NOTHING = /\p{Default_Ignorable_Code_Point}/u;
const MAY_BELONG = /\u200d|[\u180b-\u180f\u200c]|[\ufe00-\ufe0f]|[\u{e0020}-\u{e007f}]|[\u{e0100}-\u{e01ef}]/u;

/** A letter, a mark, an emoji, or another sign that is seen. */
const SEEN = /[\p{L}\p{M}\p{S}\p{N}\p{Emoji}]/u;

/** Why a text is not fit to be shown; `undefined` when it is. What shows nothing must follow something that is seen. */
export function unfit(text: string): string | undefined {
  const never = NEVER.exec(text);
  if (never !== null) return named(never[0]);
  if (!SHOWS_NOTHING.test(text)) return undefined;
  let before = "";
  for (const character of text) {
    const isHidden = SHOWS_NOTHING.test(character);
    // Tags come in a row behind a flag, and a joiner behind a selector.
    const follows = SEEN.test(before) || (SHOWS_NOTHING.test(before) && character !== before);
    if (isHidden && !(MAY_BELONG.test(character) && follows)) return named(character);
    before = character;
  }
  return undefined;
}

function named(character: string): string {
  return `U+${character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, "0")}`;
}
