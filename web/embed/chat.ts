/** `/embed/chat.js`: defines `<gridcast-viewer-chat>` in a page of another site. */
import '../components/gridcast-viewer-chat.ts';
