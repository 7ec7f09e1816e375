/** `/watch/ROOM`: see and hear a room live. */
import '../styles/page.css';
import { GridcastWatch } from '../components/gridcast-watch.ts';
import { framePage } from '../components/page-frame.ts';
import { PageLanguage } from '../i18n/page-language.ts';
import { parseRoomAddress } from '../util/links.ts';
import { takeToken } from '../util/page-token.ts';

const language = await PageLanguage.begin();
language.title('page.watch');
const room = parseRoomAddress(location.href, location.origin)?.room ?? '';
const element = new GridcastWatch();
element.room = room;
element.token = takeToken(`gridcast.watch-token.${room}`);
framePage(element, { wide: 'watch' });
