/** `/r/ROOM`: take part in a room. */
import '../styles/page.css';
import { GridcastRoom, type RoomLeft } from '../components/gridcast-room.ts';
import { PageLanguage } from '../i18n/page-language.ts';
import type { RoomTitled } from '../controllers/title-news.ts';
import { type CallEnd, callVisitOf, endCallVisit } from '../util/call-visit.ts';
import { parseRoomAddress } from '../util/links.ts';
import { takeToken } from '../util/page-token.ts';
import { isElsewhere, isRoomGone, isSentAway } from '../util/room-gone.ts';
import { signedIn } from '../util/signed-in.ts';

const language = await PageLanguage.begin();
language.title('room.untitled');
const room = parseRoomAddress(location.href, location.origin)?.room ?? '';
const element = new GridcastRoom();
element.room = room;
element.token = takeToken(`gridcast.token.${room}`);
const account = signedIn();
if (account && element.token === '') {
  element.account = account.token;
  element.name = account.user.name;
}
element.addEventListener('gridcast-title', (event) => {
  if (event instanceof CustomEvent) document.title = `${(event.detail as RoomTitled).title} · Gridcast`;
});
const visit = callVisitOf(room);
if (visit) {
  let unloading = false;
  // Before the element's own listener: a page that is loaded again leaves the room, and not the call.
  window.addEventListener('pagehide', () => {
    unloading = true;
  });
  element.name = visit.name;
  element.arrival = visit;
  if (account) element.contacts = { call: visit.call, token: account.token, user: account.user.id };
  const goBack = (end: CallEnd): void => {
    endCallVisit(room, visit, end);
    location.assign('/contacts');
  };
  element.addEventListener('gridcast-left', (event) => {
    if (unloading || !(event instanceof CustomEvent)) return;
    const left = event.detail as RoomLeft;
    // Another tab goes on with the call: to hang up here would end it there.
    if (!isElsewhere(left.problem?.code)) goBack(endOf(left));
  });
  element.addEventListener('gridcast-refused', (event) => {
    if (!unloading && event instanceof CustomEvent && isRoomGone((event.detail as RoomLeft).problem?.code))
      goBack('gone');
  });
}
document.querySelector('main')?.append(element);

/** Codes of the server's goodbyes, as problems carry them. */
function endOf({ problem }: RoomLeft): CallEnd {
  if (problem === undefined) return 'left';
  return isSentAway(problem.code) ? 'removed' : 'ended';
}
