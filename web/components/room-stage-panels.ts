/** What stands beside the picture of a room: one panel at a time. */
import { html, nothing, type TemplateResult } from 'lit';
import type { HostDesk } from '../controllers/host-desk.ts';
import type { RoomSession } from '../controllers/room-session.ts';
import type { Words } from '../i18n/words.ts';
import './gridcast-chat.ts';
import type { PanelName } from './room-controls.ts';
import './room-layout-panel.ts';
import './room-panel.ts';

/** What panels are made of. */
export interface PanelParts {
  readonly session: RoomSession;
  readonly desk: HostDesk;
  /** The reader is a host. */
  readonly host: boolean;
  readonly revision: number;
  readonly words: Words;
  readonly close: (panel: PanelName) => void;
}

/** The panel that is open, if one is. */
export function stagePanel(panel: PanelName | undefined, parts: PanelParts): TemplateResult | typeof nothing {
  switch (panel) {
    case 'people':
      return people(parts);
    case 'layout':
      return layout(parts);
    case 'chat':
      return chat(parts);
    case undefined:
      return nothing;
  }
}

function people({ session, desk, host, revision, words, close }: PanelParts): TemplateResult {
  const { facts, self } = session;
  return html`<gridcast-room-panel
    class="panel"
    part="panel"
    role="complementary"
    aria-label=${words.say('room.peoplePanel')}
    .people=${facts.roster}
    .speaking=${facts.speaking}
    .self=${self?.id ?? ''}
    .controls=${host ? desk.people : undefined}
    .pinned=${facts.layout?.pinned ?? []}
    .revision=${revision}
    @gridcast-close=${() => close('people')}
    @keydown=${onEscape(() => close('people'))}
  ></gridcast-room-panel>`;
}

function layout({ session, desk, revision, words, close }: PanelParts): TemplateResult {
  return html`<gridcast-room-layout-panel
    class="panel"
    part="panel"
    role="complementary"
    aria-label=${words.say('room.layoutPanel')}
    .desk=${desk}
    .facts=${session.facts}
    .revision=${revision}
    @gridcast-close=${() => close('layout')}
    @keydown=${onEscape(() => close('layout'))}
  ></gridcast-room-layout-panel>`;
}

function chat({ session, revision, words, close }: PanelParts): TemplateResult {
  return html`<gridcast-chat
    class="panel"
    part="panel"
    role="complementary"
    aria-label=${words.say('chat.title')}
    closable
    .desk=${session.chat}
    .files=${session.files}
    .revision=${revision}
    @gridcast-close=${() => close('chat')}
    @keydown=${onEscape(() => close('chat'))}
  ></gridcast-chat>`;
}

/** What is open within takes it for itself. */
function onEscape(act: () => void): (event: KeyboardEvent) => void {
  return (event) => {
    if (event.key !== 'Escape' || event.defaultPrevented) return;
    if (!event.composedPath().some((node) => node instanceof HTMLDialogElement)) act();
  };
}
