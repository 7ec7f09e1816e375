/** `/embed/room.js`: defines `<gridcast-room>` in a page of another site. */
import '../components/gridcast-room.ts';
