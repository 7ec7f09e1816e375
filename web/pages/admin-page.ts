/** `/admin`: rooms, recordings, health. */
import '../styles/page.css';
import '../components/app-bar.ts';
import { ADMIN_TOKEN_KEY, GridcastAdmin } from '../components/gridcast-admin.ts';
import { takeToken } from '../util/page-storage.ts';

const element = new GridcastAdmin();
element.token = takeToken(ADMIN_TOKEN_KEY);
document.querySelector('main')?.append(element);
