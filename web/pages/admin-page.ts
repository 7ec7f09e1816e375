/** `/admin`: rooms, recordings, people, health. */
import '../styles/page.css';
import { GridcastAppBar } from '../components/app-bar.ts';
import { Sessions } from '../../src/client/accounts.ts';
import { Transport } from '../../src/client/transport.ts';
import { ADMIN_TOKEN_KEY, GridcastAdmin } from '../components/gridcast-admin.ts';
import { takeToken } from '../util/page-token.ts';
import { signedIn, watchSession } from '../util/signed-in.ts';

const element = new GridcastAdmin();
element.token = takeToken(ADMIN_TOKEN_KEY);
const bar = document.querySelector('gridcast-app-bar');
element.addEventListener('gridcast-token', () => {
  // Whoever typed the admin token can sign out, and need not sign in.
  if (bar instanceof GridcastAppBar) bar.admitted = element.token !== '' && !element.account;
});
document.querySelector('main')?.append(element);
void followSession();
watchSession(() => void followSession());

/** An admin who has signed in needs no other token, until they sign out. */
async function followSession(): Promise<void> {
  const token = signedIn()?.token ?? '';
  if (element.account && element.token !== token) {
    element.account = false;
    element.token = '';
  }
  if (token === '' || element.token !== '') return;
  const session = await new Sessions(new Transport({ url: location.origin, token })).get().catch(() => undefined);
  // Meanwhile another one may have been typed, or they have signed out.
  if (session?.role !== 'admin' || element.token !== '' || signedIn()?.token !== token) return;
  element.account = true;
  element.token = token;
}
