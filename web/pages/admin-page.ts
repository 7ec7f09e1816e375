/** `/admin`: rooms, recordings, people, health. */
import '../styles/page.css';
import { GridcastAppBar } from '../components/app-bar.ts';
import { Sessions } from '../../src/client/accounts.ts';
import { Transport } from '../../src/client/transport.ts';
import { ADMIN_TOKEN_KEY, GridcastAdmin } from '../components/gridcast-admin.ts';
import { framePage } from '../components/page-frame.ts';
import { ADMIN_WORDS } from '../i18n/admin-words.ts';
import { PageLanguage } from '../i18n/page-language.ts';
import { takeToken } from '../util/page-token.ts';
import { signedIn, watchSession } from '../util/signed-in.ts';

const language = await PageLanguage.begin(ADMIN_WORDS);
language.title('page.admin');
const element = new GridcastAdmin();
element.token = takeToken(ADMIN_TOKEN_KEY);
framePage(element, { place: 'page.admin', wide: 'admin', account: true });
const bar = document.querySelector('gridcast-app-bar');
element.addEventListener('gridcast-token', () => {
  // Whoever typed the admin token can sign out, and need not sign in.
  if (bar instanceof GridcastAppBar) bar.admitted = element.token !== '' && !element.account;
});
void followSession();
watchSession(() => void followSession());

/** An admin who has signed in needs no other token, until they sign out. */
async function followSession(): Promise<void> {
  const kept = signedIn();
  const token = kept?.token ?? '';
  element.visitor = '';
  if (element.account && element.token !== token) {
    element.account = false;
    element.token = '';
  }
  element.asking = token !== '' && element.token === '';
  if (!element.asking) return;
  const session = await new Sessions(new Transport({ url: location.origin, token })).get().catch(() => undefined);
  // Meanwhile they have signed out, or somebody else has signed in and is being asked for.
  if (signedIn()?.token !== token) return;
  element.asking = false;
  if (element.token !== '') return;
  if (session?.role === 'user') element.visitor = kept?.user.name ?? '';
  if (session?.role !== 'admin') return;
  element.account = true;
  element.token = token;
}
