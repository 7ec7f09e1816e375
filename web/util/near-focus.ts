/** Where the keyboard goes on when what had the focus is gone. */

/** No fields: a phone would open its keyboard for somebody who has only read a note. */
const TARGETS = 'button, a[href], summary, select, [tabindex]';

/** A place in the page, by what stood before it on each level, the innermost first. */
export type PagePlace = readonly {
  readonly parent: ParentNode & Node;
  /** The nearest first. */
  readonly before: readonly ChildNode[];
}[];

/** Where `element` stands, so that it can be found when the element is gone. */
export function placeOf(element: Element): PagePlace {
  const levels: { parent: ParentNode & Node; before: ChildNode[] }[] = [];
  for (let node: Element | null = element; node; ) {
    const parent: (ParentNode & Node) | null = node.parentNode;
    if (!parent) break;
    const before: ChildNode[] = [];
    for (let other = node.previousSibling; other; other = other.previousSibling) before.push(other);
    levels.push({ parent, before });
    node = parent instanceof ShadowRoot ? parent.host : parent instanceof Element ? parent : null;
  }
  return levels;
}

/**
 * Gives the focus to what the Tab key would come to next from there, first of the same component, else to what is before it; does nothing when
 * there is neither.
 */
export function focusNear(place: PagePlace): void {
  const level = place.find(({ parent }) => parent.isConnected);
  if (!level) return;
  const mark = document.createComment('');
  const last = level.before.find((node) => node.parentNode === level.parent);
  if (last) last.after(mark);
  else level.parent.prepend(mark);
  const targets = targetsAround(mark);
  mark.remove();
  for (const target of targets) {
    target.focus();
    // What lies behind an open dialog does not take it.
    if (hasFocus()) return;
  }
}

/** Whether anything on the page has the focus, and can use it. */
export function hasFocus(): boolean {
  const { activeElement, body } = document;
  return activeElement !== null && activeElement !== body && !activeElement.matches(':disabled');
}

/** In each tree, from the innermost outwards: those behind it, then those before it, the nearest first. */
function targetsAround(mark: Node): HTMLElement[] {
  const root = mark.getRootNode();
  if (!(root instanceof Document || root instanceof ShadowRoot)) return [];
  const behind: HTMLElement[] = [];
  const before: HTMLElement[] = [];
  for (const element of root.querySelectorAll<HTMLElement>('*')) {
    const isBehind = (mark.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0;
    const holdsMark = (mark.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_CONTAINS) !== 0;
    if (!holdsMark) (isBehind ? behind : before).push(...targetsOf(element));
  }
  return [...behind, ...before.toReversed(), ...(root instanceof ShadowRoot ? targetsAround(root.host) : [])];
}

/** It, and those in the shadow trees of its own. */
function targetsOf(element: HTMLElement): HTMLElement[] {
  const inside = element.shadowRoot?.querySelectorAll<HTMLElement>('*') ?? [];
  return [...(isTarget(element) ? [element] : []), ...[...inside].flatMap(targetsOf)];
}

function isTarget(element: HTMLElement): boolean {
  const { tabIndex } = element;
  return (
    element.matches(TARGETS) &&
    tabIndex >= 0 &&
    !element.matches(':disabled') &&
    element.checkVisibility({ visibilityProperty: true })
  );
}
