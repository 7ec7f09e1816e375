/** `/`: start a room or go to one. */
import '../styles/page.css';
import '../components/app-bar.ts';
import { GridcastLanding } from '../components/gridcast-landing.ts';
import { signedIn, watchSession } from '../util/signed-in.ts';

const element = new GridcastLanding();
element.session = signedIn()?.token ?? '';
document.querySelector('main')?.append(element);
watchSession(() => {
  element.session = signedIn()?.token ?? '';
});
