/** `/`: start a room or go to one. */
import '../styles/page.css';
import { GridcastLanding } from '../components/gridcast-landing.ts';
import { framePage } from '../components/page-frame.ts';
import { PageLanguage } from '../i18n/page-language.ts';
import { signedIn, watchSession } from '../util/signed-in.ts';

await PageLanguage.begin();
const element = new GridcastLanding();
element.session = signedIn()?.token ?? '';
framePage(element, { account: true, places: true }, { admin: true });
watchSession(() => {
  element.session = signedIn()?.token ?? '';
});
