/** `/sign-in`: who has an account, and with the link of the server's start the first admin. */
import '../styles/page.css';
import { GridcastSignIn } from '../components/gridcast-sign-in.ts';
import { framePage } from '../components/page-frame.ts';
import { PageLanguage } from '../i18n/page-language.ts';

const language = await PageLanguage.begin();
language.title('signIn.title');
const element = new GridcastSignIn();
element.first = new URLSearchParams(location.hash.slice(1)).get('first') ?? '';
// Nobody who looks at the address or its history later finds the link in it.
if (element.first !== '') history.replaceState(null, '', location.pathname + location.search);
framePage(element, { place: 'signIn.title' });
