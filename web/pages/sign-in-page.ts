/** `/sign-in`: who has an account, and with the link of the server's start the first admin. */
import '../styles/page.css';
import '../components/app-bar.ts';
import { GridcastSignIn } from '../components/gridcast-sign-in.ts';

const element = new GridcastSignIn();
element.first = new URLSearchParams(location.hash.slice(1)).get('first') ?? '';
// Nobody who looks at the address or its history later finds the link in it.
if (element.first !== '') history.replaceState(null, '', location.pathname);
document.querySelector('main')?.append(element);
