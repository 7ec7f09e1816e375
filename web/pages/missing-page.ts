/** What people read at an address that leads nowhere. */
import '../styles/page.css';
import { GridcastMissing } from '../components/gridcast-missing.ts';
import { framePage } from '../components/page-frame.ts';
import { PageLanguage } from '../i18n/page-language.ts';

const language = await PageLanguage.begin();
language.title('page.missing');
const element = new GridcastMissing();
language.follow(({ say }) => {
  element.problem = { title: say('missing.title'), detail: say('missing.detail'), retry: false };
});
// Between the bar and the foot.
element.style.setProperty('--gridcast-height', 'calc(100dvh - 61px - 72px)');
framePage(element, {});
