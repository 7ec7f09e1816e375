/** What a server refuses to an admin, in German. */
import type { AdminProblemCode } from '../admin-problem-codes.ts';
import type { ProblemWords } from '../message.ts';

/** By `api.` and the server's own code. */
export const adminProblems = {
  'api.recording_not_found': {
    title: 'Keine Aufzeichnung',
    detail: 'Diese Aufzeichnung gibt es nicht oder nicht mehr. In der Liste stehen alle, die da sind.',
  },
  'api.last_admin': {
    title: 'Letzter Admin',
    detail: 'Sonst kann sich kein Admin anmelden. Machen Sie zuerst jemand anderen zum Admin.',
  },
  'api.too_many_accounts': {
    title: 'Zu viele Konten',
    detail: 'Auf diesem Server gibt es schon so viele Konten, wie er aufnimmt. Löschen Sie zuerst welche.',
  },
  'api.import_invalid': {
    title: 'Keine lesbare Liste',
    detail: 'Das ist keine Liste von Personen, oder sie hat zu viele Zeilen. Höchstens 5000 dürfen es sein.',
  },
  'api.bad_url': {
    title: 'Ungültige Adresse',
    detail:
      'Ein Webhook braucht eine Adresse mit http:// oder https:// und ohne Benutzernamen. Ein Geheimnis kann im Pfad stehen.',
  },
  'api.private_address': {
    title: 'Privates Netz',
    detail:
      'Die Adresse führt in ein privates Netz, das Webhooks nicht erreichen dürfen. Nehmen Sie eine öffentliche, oder setzen Sie events.allowPrivateWebhooks.',
  },
  'api.too_many_webhooks': {
    title: 'Zu viele Webhooks',
    detail: 'Auf diesem Server gibt es schon so viele Webhooks, wie er aufnimmt. Löschen Sie zuerst einen.',
  },
  'api.webhook_not_found': { title: 'Kein solcher Webhook', detail: 'Diesen Webhook gibt es nicht mehr.' },
  'api.too_many_shares': {
    title: 'Zu viele Links',
    detail: 'Diese Aufzeichnung hat schon so viele Links, wie möglich sind. Widerrufen Sie zuerst einen.',
  },
  'api.share_not_found': { title: 'Kein solcher Link', detail: 'Diesen Link gibt es nicht, oder er wurde widerrufen.' },
} as const satisfies Readonly<Record<AdminProblemCode, ProblemWords>>;
