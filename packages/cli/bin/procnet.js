#!/usr/bin/env node
/*
 * What nobody expected leaves with 4. Node's own code for it is 1, which says that a port is free: so nothing of the program
 * is loaded before this stands, and 4 is the code until there is another one.
 */
process.exitCode = 4;

function fail(error) {
  const stack = String(error?.stack || error);
  const hex = (character) => `\\u{${character.codePointAt(0).toString(16)}}`;
  try {
    process
      .getBuiltinModule("node:fs")
      .writeSync(2, `procnet: unexpected: ${stack.replace(/[^\n\x20-\x7e]/gu, hex)}\n`);
  } catch {
    // Nobody is there to be told.
  }
  process.exit(4);
}

process.on("uncaughtException", fail);
process.on("unhandledRejection", fail);

require("../dist/main.js")
  .run(process.argv.slice(2))
  .then((code) => {
    process.exitCode = code;
  }, fail);
