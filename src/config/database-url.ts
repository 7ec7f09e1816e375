/**
 * Addresses of databases: of SQLite files `sqlite:PATH` or `file:PATH`, the path as the shell would read it, or `file:///absolute`;
 * on a server `postgres://USER:PASSWORD@HOST:PORT/NAME`, with libpq's options behind a question mark.
 */

// A `?` or `#` would be options, and a name that begins with a colon a database in memory: neither is a file that lasts.
const FILE_URL = /^(?:sqlite|file):(?:\/\/(?=\/))?(?!\/\/|:)([^?#\0]*[^?#\0/])$/;

/** The path that `url` names, relative to the working directory where it is not absolute; undefined when it names no file. */
export function databaseFileOf(url: string): string | undefined {
  return FILE_URL.exec(url)?.[1];
}

/** Whether `url` names a database on a Postgres server. */
export function isPostgresUrl(url: string): boolean {
  if (!/^postgres(?:ql)?:\/\//.test(url) || !URL.canParse(url)) return false;
  const { host, pathname, searchParams } = new URL(url);
  // A socket's folder is named by an option, for it has slashes.
  return (host !== '' || searchParams.has('host')) && /^\/[^/]+$/.test(pathname);
}

/** What is fit for people and logs: without user and password. */
export function postgresName(url: string): string {
  const { host, pathname } = new URL(url);
  return `postgres://${host}${pathname}`;
}
