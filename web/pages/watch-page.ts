/** `/watch/ROOM`: see and hear a room live. */
import '../styles/page.css';
import '../components/app-bar.ts';
import { GridcastWatch } from '../components/gridcast-watch.ts';
import { parseRoomAddress } from '../util/links.ts';
import { takeToken } from '../util/page-token.ts';

const room = parseRoomAddress(location.href, location.origin)?.room ?? '';
const element = new GridcastWatch();
element.room = room;
element.token = takeToken(`gridcast.watch-token.${room}`);
document.querySelector('main')?.append(element);
