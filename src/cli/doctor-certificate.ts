/** Whether browsers will accept the server's own certificate. */
import type { Config } from '../config/schema.ts';
import { messageOf } from '../errors.ts';
import { dateTrouble, isFor, isLocallySigned, readCertificate } from '../server/tls-certificate.ts';
import type { Clock } from '../util/clock.ts';
import type { Finding } from './doctor-checks.ts';

const SUBJECT = 'Certificate';

/** Both files fit, hold today, and are for the address that links lead to; nothing to say without a certificate. */
export async function checkCertificate({ tls, server }: Config, clock: Clock): Promise<readonly Finding[]> {
  const { cert, key } = tls;
  if (cert === undefined || key === undefined) return [];
  try {
    const { leaf } = await readCertificate({ cert, key });
    const names = (leaf.subjectAltName ?? '').replaceAll(/\b(DNS|IP Address):/g, '');
    const signed = isLocallySigned(leaf)
      ? 'signed locally, so that each device has to trust it'
      : 'signed by an authority';
    const text = `${cert} for ${names || 'no name at all'}, ${signed}`;
    const trouble = dateTrouble(leaf, clock.wallMs());
    if (trouble) {
      const remedy = 'renew it (one of "gridcast doctor --make-cert": run that again)';
      return [
        { verdict: trouble.refused ? 'FAIL' : 'warn', subject: SUBJECT, text: `${text}: ${trouble.text}`, remedy },
      ];
    }
    const host = server.publicUrl === undefined ? undefined : new URL(server.publicUrl).hostname;
    if (host !== undefined && !isFor(leaf, host)) {
      const remedy = 'have one made for that name, or correct server.publicUrl';
      return [{ verdict: 'warn', subject: SUBJECT, text: `${text}, but not for ${host} of server.publicUrl`, remedy }];
    }
    return [{ verdict: 'ok', subject: SUBJECT, text: `${text}, until ${leaf.validToDate.toISOString().slice(0, 10)}` }];
  } catch (error) {
    return [{ verdict: 'FAIL', subject: SUBJECT, text: messageOf(error) }];
  }
}
