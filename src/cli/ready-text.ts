/** What a person reads when the server has started: where it is, and at the end what they need now. Pure. */

/** What is said of a server. */
export interface ReadyServer {
  /** Address of the port on this machine, without a slash at the end. */
  readonly url: string;
  /** What people should open, without a slash at the end. */
  readonly pageUrl: string;
  readonly adminToken: string;
  readonly adminTokenCreated: boolean;
  readonly adminTokenSource: string;
  readonly firstAdminToken: string | undefined;
  readonly dataDir: string;
  readonly ffmpegVersion: string;
}

const BOLD = '\u001b[1m';
const PLAIN = '\u001b[0m';

/** @param colours whether the links are in bold */
export function readyText(server: ReadyServer, colours: boolean): string {
  const strong = (text: string): string => (colours ? `${BOLD}${text}${PLAIN}` : text);
  const { url, pageUrl, firstAdminToken } = server;
  const admin = server.adminTokenCreated
    ? `${strong(`${pageUrl}/admin#token=${server.adminToken}`)}\n           (this token is shown once; it is kept in ${server.dataDir}/admin-token)`
    : `${strong(`${pageUrl}/admin`)}  (with the token in ${server.adminTokenSource})`;
  const lines = [
    '',
    `  Data     ${server.dataDir}`,
    `  FFmpeg   ${server.ffmpegVersion}`,
    '',
    `  ${strong('Gridcast is ready.')} Open this in a browser:`,
    '',
    `  Page     ${strong(`${pageUrl}/`)}`,
    ...(pageUrl === url ? [] : [`           (on this machine it listens at ${url})`]),
    `  Admin    ${admin}`,
    ...(firstAdminToken === undefined
      ? []
      : [
          '',
          '  There is no account yet. Whoever opens this link makes the first one, which is an admin’s:',
          '',
          `  Account  ${strong(`${pageUrl}/sign-in#first=${firstAdminToken}`)}`,
          '           (good for one use until the server ends)',
        ]),
    '',
    '',
  ];
  return lines.join('\n');
}
