/** `/r/ROOM`: take part in a room. */
import '../styles/page.css';
import { GridcastRoom } from '../components/gridcast-room.ts';
import { parseRoomAddress } from '../util/links.ts';
import { takeToken } from '../util/page-storage.ts';

const room = parseRoomAddress(location.href, location.origin)?.room ?? '';
const element = new GridcastRoom();
element.room = room;
element.token = takeToken(`gridcast.token.${room}`);
document.querySelector('main')?.append(element);
