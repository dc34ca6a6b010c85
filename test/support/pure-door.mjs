/*
 * Loads a built module as a browser would: in a context that has the language and TextDecoder, and nothing of Node; a module
 * that is none of files beside it cannot be linked. Prints what an expression is that is made with its exports.
 *
 *   node --experimental-vm-modules pure-door.mjs <door.js> <expression>
 */
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import vm from "node:vm";

const [, , path, expression] = process.argv;
const context = vm.createContext({ TextDecoder, TextEncoder });
const loaded = new Map();

function load(identifier) {
  const known = loaded.get(identifier);
  if (known !== undefined) return known;
  const module = new vm.SourceTextModule(readFileSync(new URL(identifier), "utf8"), { context, identifier });
  loaded.set(identifier, module);
  return module;
}

function link(name, { identifier }) {
  if (!name.startsWith(".")) throw new Error(`there is no ${name} in a browser`);
  return load(new URL(name, identifier).href);
}

const door = load(pathToFileURL(path).href);
await door.link(link);
await door.evaluate();
context.door = door.namespace;
const value = vm.runInContext(`with (door) { ${expression} }`, context);
console.log(value, vm.runInContext("typeof process", context), loaded.size > 0);
