/** `/contacts`: who is there, and calls. */
import '../styles/page.css';
import { GridcastContacts } from '../components/gridcast-contacts.ts';
import { framePage } from '../components/page-frame.ts';
import { PageLanguage } from '../i18n/page-language.ts';
import { takeCallLeft } from '../util/call-visit.ts';
import { signedIn, watchSession } from '../util/signed-in.ts';

const language = await PageLanguage.begin();
language.title('contacts.title');
const element = new GridcastContacts();
element.token = signedIn()?.token ?? '';
element.left = takeCallLeft();
framePage(element, { place: 'contacts.title', account: true });
watchSession(() => {
  element.token = signedIn()?.token ?? '';
});
