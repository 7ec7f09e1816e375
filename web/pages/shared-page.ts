/** `/shared/TOKEN`: one recording, for whoever has the link. */
import '../styles/page.css';
import { GridcastShared } from '../components/gridcast-shared.ts';
import { framePage } from '../components/page-frame.ts';
import { PageLanguage } from '../i18n/page-language.ts';
import { sharedToken } from '../controllers/shared-page.ts';

const language = await PageLanguage.begin();
language.title('page.recording');
const element = new GridcastShared();
element.token = sharedToken(location.pathname);
framePage(element, { wide: 'admin' });
