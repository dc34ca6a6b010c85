/*
 * How the library reads files. netstat takes this door: the bundle holds what is behind it and no more, see
 * rolldown.config.js.
 */
export {
  beginningOfText,
  isProcfsError,
  isUnixFd,
  NamesBefore,
  networkDirectory,
  type PiecesOptions,
  textPieces,
  wholeText,
} from "procnet";
