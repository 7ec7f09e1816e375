/** `/shared/TOKEN`: one recording, for whoever has the link. */
import '../styles/page.css';
import { GridcastShared } from '../components/gridcast-shared.ts';
import { framePage } from '../components/page-frame.ts';
import { PageLanguage } from '../i18n/page-language.ts';
import { sharedToken } from '../controllers/shared-page.ts';
import { momentOf } from '../util/moment.ts';

const language = await PageLanguage.begin();
language.title('page.recording');
const element = new GridcastShared();
element.token = sharedToken(location.pathname);
element.start = momentOf(location.hash);
window.addEventListener('hashchange', () => {
  element.start = momentOf(location.hash);
});
framePage(element, { wide: 'admin' });
