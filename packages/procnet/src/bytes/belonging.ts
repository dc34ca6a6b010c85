/*
 * Where characters that show nothing of themselves belong: they shape the letters beside them, or join emoji. As sources of
 * regular expressions (flag `u`) and, for emoji, a function. Joining types are those of ArabicShaping.txt (Unicode 14; later ones added none to these scripts but for single letters).
 */

/** Letters that join the one after them: types D and L, of scripts that people write today. */
const JOINS_NEXT =
  "\\u0620\\u0626\\u0628\\u062a-\\u062e\\u0633-\\u063f\\u0641-\\u0647\\u0649\\u064a\\u066e\\u066f\\u0678-\\u0687\\u069a-\\u06bf" +
  "\\u06c1\\u06c2\\u06cc\\u06ce\\u06d0\\u06d1\\u06fa-\\u06fc\\u06ff\\u0712-\\u0714\\u071a-\\u071d\\u071f-\\u0727\\u0729\\u072b" +
  "\\u072d\\u072e\\u074e-\\u0758\\u075c-\\u076a\\u076d-\\u0770\\u0772\\u0775-\\u0777\\u077a-\\u077f\\u07ca-\\u07ea" +
  "\\u08a0-\\u08a9\\u08af\\u08b0\\u08b3-\\u08b8\\u08ba-\\u08c8\\u1820-\\u1878\\u1887-\\u18a8\\u18aa" +
  "\\u{10d00}-\\u{10d21}\\u{10d23}\\u{1e900}-\\u{1e943}";

/** Letters that join only the one before them: type R. */
const JOINS_PREVIOUS =
  "\\u0622-\\u0625\\u0627\\u0629\\u062f-\\u0632\\u0648\\u0671-\\u0673\\u0675-\\u0677\\u0688-\\u0699\\u06c0\\u06c3-\\u06cb" +
  "\\u06cd\\u06cf\\u06d2\\u06d3\\u06d5\\u06ee\\u06ef\\u0710\\u0715-\\u0719\\u071e\\u0728\\u072a\\u072c\\u072f\\u074d" +
  "\\u0759-\\u075b\\u076b\\u076c\\u0771\\u0773\\u0774\\u0778\\u0779\\u08aa-\\u08ac\\u08ae\\u08b1\\u08b2\\u08b9\\u{10d22}";

/** Signs that a consonant has no vowel, of the scripts of India and Sri Lanka: there joiners choose how it is written. */
const VIRAMA =
  "[\\u094d\\u09cd\\u0a4d\\u0acd\\u0b4d\\u0bcd\\u0c4d\\u0ccd\\u0d3b\\u0d3c\\u0d4d\\u0dca\\ua8c4\\uaaf6\\uabed\\u{11046}\\u{110b9}]";

const MONGOLIAN = "[\\u1820-\\u1878\\u1880-\\u18aa]";

/** Marks between two letters that join as if there were none. */
const MARKS = "\\p{M}{0,4}";
/**
 * Joiners where they change what is seen. RFC 5892, appendix A.1 and A.2: U+200C parts two letters that would join, and both
 * come behind a virama. Besides: U+200D lets the last letter of a word look as if one followed, and stands before a virama
 * in Bengali and Kannada; a selector behind a letter, and a separator before the last vowel, are spelling in Mongolian.
 */
export function joiners(): string {
  const before = `(?<=[${JOINS_NEXT}]${MARKS})`;
  const joined = `${MARKS}[${JOINS_NEXT}${JOINS_PREVIOUS}]`;
  const half = `(?<=\\p{L}${MARKS}${VIRAMA})`;
  return [
    `${before}\\u200c(?=${joined})`,
    `${half}\\u200c(?=\\p{L})`,
    `${half}\\u200d`,
    `(?<=\\p{L})\\u200d${VIRAMA}(?=\\p{L})`,
    `${before}\\u200d(?!${joined})`,
    `(?<=${MONGOLIAN})[\\u180b-\\u180d\\u180f]`,
    `(?<=${MONGOLIAN}[\\u180b-\\u180d\\u180f]?)\\u180e(?=[\\u1820\\u1821])`,
  ].join("|");
}

const ONE = "\\p{Emoji}(?:\\p{Emoji_Modifier}|\\ufe0f?(?:\\u20e3|[\\u{e0020}-\\u{e007e}]+\\u{e007f})?)";

/** What could be a sequence of emoji (UTS #51, ED-17); whether it is one says {@link isEmoji}. */
export function emoji(): string {
  return `${ONE}(?:\\u200d${ONE})*`;
}

/** An emoji that is asked to look like one, also where it would anyhow, and a key. No more than this is in most texts. */
const SIMPLE = "^(?:(?![#*0-9])\\p{Emoji}\\ufe0f|[#*0-9]\\ufe0f?\\u20e3)$";

/** The longest sequences have ten characters, of two units each. */
const LONGEST = 32;

let simple: RegExp | undefined;
let sequences: RegExp | undefined;

/**
 * Whether this sequence is one of those that Unicode recommends (RGI, UTS #51 ED-27), perhaps with selectors left out or added.
 * In others joiners and tags show nothing.
 */
export function isEmoji(sequence: string): boolean {
  simple ??= new RegExp(SIMPLE, "u");
  if (simple.test(sequence)) return true;
  if (sequence.length > LONGEST) return false;
  sequences ??= recommended();
  return sequences.test(qualified(sequence));
}

const SEQUENCE = "^\\p{RGI_Emoji}$";

/** Made when it is needed: it takes 50 ms. An engine without properties of strings (flag `v`) knows no sequences. */
function recommended(): RegExp {
  try {
    return new RegExp(SEQUENCE, "v");
  } catch {
    return /(?!)/;
  }
}

/** With U+FE0F where an emoji would look like text without it, and nowhere else. */
function qualified(sequence: string): string {
  return sequence
    .replaceAll("\ufe0f", "")
    .replaceAll(/(?!\p{Emoji_Presentation})\p{Emoji}(?!\p{Emoji_Modifier})/gu, "$&\ufe0f");
}
