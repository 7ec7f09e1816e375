/** `/`: start a room or go to one. */
import '../styles/page.css';
import '../components/app-bar.ts';
import '../components/gridcast-landing.ts';
