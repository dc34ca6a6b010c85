import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/*
 * Loaded before Jazzer.js. Its add-on for Linux is built for glibc 2.38 and the libstdc++ of GCC 13; Debian 12 and others have
 * older ones, and refuse it for three symbols: strtol and strtoul under the names that C23 gave them, and a symbol that nobody
 * calls (`ios_base_library_initv`, there to be missing in an older library). When the add-on is refused for its versions, a
 * copy of it that asks for the old names is loaded. What npm installed stays as it is. With any other symbol of a version that
 * is missing, the add-on stays refused.
 */

/** The names that C23 gave to functions that always were there; what they read differs in `0b1` alone. */
const C23 = "__isoc23_";
const UNCALLED = "_ZSt21ios_base_library_initv";
const SYMBOL = 24;
const WEAK = 2;
/** Index of a symbol's version when it has none. */
const ANY_VERSION = 1;

const load = process.dlopen.bind(process) as (module: object, file: string, flags?: number) => void;

process.dlopen = (module: object, file: string, flags = 1): void => {
  const forgotten: string[] = [];
  const image = lazy(() => readFileSync(file));
  const folder = lazy(() => mkdtempSync(join(tmpdir(), "procnet-fuzz-addon-")));
  try {
    for (let from = file; ; ) {
      try {
        load(module, from, flags);
        return;
      } catch (error) {
        const [, version] = /version `([^']+)' not found/.exec(String(error)) ?? [];
        if (version === undefined || forgotten.includes(version)) throw error;
        forget(image(), version, error);
        forgotten.push(version);
        from = join(folder(), `${version}.node`);
        writeFileSync(from, image());
      }
    }
  } finally {
    // Once it is loaded the file may go.
    if (forgotten.length > 0) rmSync(folder(), { recursive: true });
  }
};

function lazy<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => (made ??= make());
}

interface Section {
  readonly type: number;
  readonly start: number;
  readonly size: number;
  readonly link: number;
}

/** The sections of a shared object of 64 bits, little-endian (ELF, System V gABI chapter 4); none of anything else. */
function sections(image: Buffer): Section[] {
  if (image.toString("latin1", 0, 6) !== "\x7fELF\x02\x01") return [];
  const table = Number(image.readBigUInt64LE(0x28));
  return Array.from({ length: image.readUInt16LE(0x3c) }, (_, at) => {
    const start = table + at * image.readUInt16LE(0x3a);
    return {
      type: image.readUInt32LE(start + 4),
      start: Number(image.readBigUInt64LE(start + 24)),
      size: Number(image.readBigUInt64LE(start + 32)),
      link: image.readUInt32LE(start + 40),
    };
  });
}

/**
 * Makes a version one that may be missing, and its symbols ones of any version: under their old name, or left out. Throws why
 * the add-on was refused when it asks for something else of that version.
 */
function forget(image: Buffer, version: string, refused: unknown): void {
  const all = sections(image);
  const [symbols, versions, needs] = [11, 0x6fffffff, 0x6ffffffe].map((type) => all.find((each) => each.type === type));
  if (symbols === undefined || versions === undefined || needs === undefined) throw refused;
  const strings = all[symbols.link]!.start;
  const nameAt = (at: number): string => image.toString("latin1", strings + at, image.indexOf(0, strings + at));
  const index = versionIndex(image, needs.start, (at) => nameAt(at) === version);
  for (let at = 0; at * SYMBOL < symbols.size; at++) {
    const place = versions.start + 2 * at;
    if ((image.readUInt16LE(place) & 0x7fff) !== index) continue;
    const symbol = symbols.start + at * SYMBOL;
    const name = image.readUInt32LE(symbol);
    image.writeUInt16LE(ANY_VERSION, place);
    if (nameAt(name).startsWith(C23)) image.writeUInt32LE(name + C23.length, symbol);
    else if (nameAt(name) === UNCALLED) image[symbol + 4] = (WEAK << 4) | (image[symbol + 4]! & 0xf);
    else throw refused;
  }
}

/** The index that symbols of a version have; the need for that version becomes a weak one. */
function versionIndex(image: Buffer, start: number, isWanted: (name: number) => boolean): number | undefined {
  for (let at = start, next = -1; next !== 0; at += next) {
    next = image.readUInt32LE(at + 12);
    let each = at + image.readUInt32LE(at + 8);
    for (let left = image.readUInt16LE(at + 2); left > 0; left--) {
      if (isWanted(image.readUInt32LE(each + 8))) {
        image.writeUInt16LE(image.readUInt16LE(each + 4) | WEAK, each + 4);
        return image.readUInt16LE(each + 6);
      }
      each += image.readUInt32LE(each + 12);
    }
  }
  return; // a library that the add-on needs asks for it: then a copy of the add-on changes nothing
}
