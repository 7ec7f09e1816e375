/** What people read at an address that leads nowhere. */
import '../styles/page.css';
import '../components/app-bar.ts';
import { GridcastRoomOver } from '../components/room-over.ts';
import { createWords } from '../i18n/words.ts';

const { say } = createWords();
const element = new GridcastRoomOver();
element.problem = { title: say('missing.title'), detail: say('missing.detail'), retry: false };
// Below the bar.
element.style.setProperty('--gridcast-height', 'calc(100dvh - 61px)');
document.querySelector('main')?.append(element);
