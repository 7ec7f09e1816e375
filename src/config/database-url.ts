/** Addresses of SQLite files: `sqlite:PATH` or `file:PATH`, the path as the shell would read it, or `file:///absolute`. */

// A `?` or `#` would be options, and a name that begins with a colon a database in memory: neither is a file that lasts.
const FILE_URL = /^(?:sqlite|file):(?:\/\/(?=\/))?(?!\/\/|:)([^?#\0]*[^?#\0/])$/;

/** The path that `url` names, relative to the working directory where it is not absolute; undefined when it names no file. */
export function databaseFileOf(url: string): string | undefined {
  return FILE_URL.exec(url)?.[1];
}
