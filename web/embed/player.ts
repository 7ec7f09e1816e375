/** `/embed/player.js`: defines `<gridcast-player>` in a page of another site. */
import '../components/gridcast-player.ts';
