/** `/contacts`: who is there, and calls. */
import '../styles/page.css';
import '../components/app-bar.ts';
import { GridcastContacts } from '../components/gridcast-contacts.ts';
import { takeCallLeft } from '../util/call-visit.ts';
import { signedIn, watchSession } from '../util/signed-in.ts';

const element = new GridcastContacts();
element.token = signedIn()?.token ?? '';
element.left = takeCallLeft();
document.querySelector('main')?.append(element);
watchSession(() => {
  element.token = signedIn()?.token ?? '';
});
