/** What a person does with a certificate of their own: where it is, what to configure, how each kind of device trusts it. */

/** What was made. */
export interface MadeCertificate {
  readonly authority: { readonly file: string; readonly made: boolean; readonly until: Date };
  /** Paths. */
  readonly cert: string;
  readonly key: string;
  readonly until: Date;
  /** Names and addresses it is for, the best to type first. */
  readonly hosts: readonly string[];
  /** Names that the authority may not sign for. */
  readonly left: readonly string[];
  readonly port: number;
}

/** Lines for a terminal. */
export function trustText({ authority, cert, key, until, hosts, left, port }: MadeCertificate): string {
  const leftOut =
    left.length === 0
      ? ''
      : `\nNot for ${left.join(', ')}: the authority was made before that name. Move authority.pem and authority-key.pem away and run
this again for one that may sign for it; every device has to trust it anew.\n`;
  return `Authority    ${authority.file}, ${authority.made ? 'made now' : 'kept'}, until ${day(authority.until)}
Certificate  ${cert}, until ${day(until)}
Key          ${key}
For          ${hosts.join(', ')}
${leftOut}
Write into the configuration file (the one that GRIDCAST_CONFIG names) and start the server:

  server:
    host: 0.0.0.0
  tls:
    cert: ${JSON.stringify(cert)}
    key: ${JSON.stringify(key)}

The page is then https://${hosts[0] ?? 'localhost'}:${port}/. To renew the certificate run this again; a running server takes it by itself.

Each device has to trust the authority once. Bring authority.pem there, by cable, mail or a shared folder; keep
authority-key.pem where it is, for whoever has it can pretend to be this server.

  iPhone, iPad   open the file; Settings > General > VPN & Device Management: install it;
                 then General > About > Certificate Trust Settings: switch it on
  Android        Settings > Security > Encryption & credentials > Install a certificate > CA certificate
  macOS          open the file in Keychain Access, then its entry > Trust > Always Trust
  Windows        rename it to authority.crt and open it; Install Certificate > Local Machine > Trusted Root
                 Certification Authorities
  Linux          Chromium: Settings > Privacy and security > Security > Manage certificates > Authorities > Import;
                 programs: copy it to /usr/local/share/ca-certificates/gridcast.crt, run "update-ca-certificates"
  Firefox        Settings > Privacy & Security > View Certificates > Authorities > Import
  gridcast       on other machines: NODE_EXTRA_CA_CERTS=${authority.file}
`;
}

function day(date: Date): string {
  return date.toISOString().slice(0, 10);
}
