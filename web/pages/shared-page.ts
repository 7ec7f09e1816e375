/** `/shared/TOKEN`: one recording, for whoever has the link. */
import '../styles/page.css';
import '../components/app-bar.ts';
import { GridcastShared } from '../components/gridcast-shared.ts';
import { sharedToken } from '../controllers/shared-page.ts';

const element = new GridcastShared();
element.token = sharedToken(location.pathname);
document.querySelector('main')?.append(element);
