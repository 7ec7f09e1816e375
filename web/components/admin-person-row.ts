/** One person in the list of the admin page. */
import { html, nothing, type TemplateResult } from 'lit';
import type { User } from '../../src/client/types.ts';
import type { AdminKey } from '../i18n/message.ts';
import type { WordsUser } from '../i18n/words-controller.ts';
import type { MenuItem } from './drop-menu.ts';
import './drop-menu.ts';
import { icons } from './icons.ts';
import { personSign } from './person-sign.ts';

/** What can be done about somebody. */
export type PersonDeed = 'password' | 'admin' | 'no-admin' | 'disable' | 'enable' | 'delete';

/** What a row is shown with. */
export interface PersonRowOptions {
  readonly words: WordsUser<AdminKey>;
  readonly dates: Intl.DateTimeFormat;
  /** Whoever looks at the page. */
  readonly own: boolean;
  readonly act: (deed: PersonDeed) => void;
}

/** A line of a list with their name, how they are, and a menu. */
export function personRow(user: User, { words, dates, own, act }: PersonRowOptions): TemplateResult {
  const { name, login, admin, disabled, createdAt } = user;
  return html`<li>
    ${personSign(user)}
    <div class="grow">
      <div class="who">
        <b>${name}</b>
        ${own ? html`<span class="badge">${words.say('accounts.you')}</span>` : nothing}
        ${admin ? html`<span class="badge good">${words.say('accounts.admin')}</span>` : nothing}
        ${disabled ? html`<span class="badge bad">${words.say('accounts.disabled')}</span>` : nothing}
      </div>
      <div class="about">
        <small>${login}</small>
        <small>${words.say('accounts.since', { date: dates.format(new Date(createdAt)) })}</small>
      </div>
    </div>
    <gridcast-drop-menu
      label=${words.say('accounts.deeds', { name })}
      .items=${menuOf(user, words, act)}
      >${icons.more}</gridcast-drop-menu
    >
  </li>`;
}

function menuOf(
  { admin, disabled }: User,
  words: WordsUser<AdminKey>,
  act: (deed: PersonDeed) => void,
): readonly MenuItem[] {
  return [
    { word: words.say('accounts.setPassword'), icon: icons.lock, act: () => act('password') },
    admin
      ? { word: words.say('accounts.unmakeAdmin'), icon: icons.person, act: () => act('no-admin') }
      : { word: words.say('accounts.makeAdmin'), icon: icons.host, act: () => act('admin') },
    disabled
      ? { word: words.say('accounts.enable'), icon: icons.play, act: () => act('enable') }
      : { word: words.say('accounts.disable'), icon: icons.pause, act: () => act('disable') },
    { word: words.say('accounts.delete'), icon: icons.trash, danger: true, act: () => act('delete') },
  ];
}
