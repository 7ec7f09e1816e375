/** What one needs in a room, and not before its door. */
// Before anything makes a schema.
import '../transport/zod-without-eval.ts';
import { RoomStay, type RoomStayOptions } from '../controllers/room-stay.ts';
import './room-stage.ts';
import './room-waiting.ts';

/** Goes in; the elements that show a stay are known from here on. */
export function openStay(options: RoomStayOptions): RoomStay {
  return new RoomStay(options);
}
