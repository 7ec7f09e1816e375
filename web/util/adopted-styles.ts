/**
 * Styles of shadow roots whose code was written for `<style>` elements: a page whose policy allows no such elements applies
 * none of theirs. As sheets of the root they are script, and allowed. The build has the media controls use these functions.
 */

/** What looks like a rule to those who only set properties. */
type Selecting = CSSRule & { readonly selectorText?: string };

/** Fills a root with markup: its style elements become sheets of the root, and an empty sheet for later rules follows. */
export function fillRoot(root: ShadowRoot, markup: string): void {
  const template = document.createElement('template');
  template.innerHTML = markup;
  // For roots that a server has written; here each element makes its own.
  for (const written of template.content.querySelectorAll('template[shadowrootmode]')) written.remove();
  const sheets = [...template.content.querySelectorAll('style')].map((style) => {
    const sheet = new CSSStyleSheet(style.media === '' ? {} : { media: style.media });
    sheet.replaceSync(style.textContent);
    style.remove();
    return sheet;
  });
  root.replaceChildren(document.importNode(template.content, true));
  root.adoptedStyleSheets = [...sheets, new CSSStyleSheet()];
}

/** The first of the later rules that `wanted` takes, by its selector. */
export function findRule(root: ShadowRoot, wanted: (selector: string | undefined) => boolean): CSSRule | undefined {
  const rules: readonly Selecting[] = [...(root.adoptedStyleSheets.at(-1)?.cssRules ?? [])];
  return rules.find(({ selectorText }) => wanted(selectorText));
}

/**
 * Another later rule of a selector. Pieces of a bar, which are placed anew whenever a live video has grown, get the rule that
 * placed them before: else there would be more of them without end.
 */
export function insertRule(root: ShadowRoot, selector: string): CSSRule | undefined {
  const sheet = root.adoptedStyleSheets.at(-1);
  if (!sheet) return undefined;
  const rules: readonly CSSRule[] = [...sheet.cssRules];
  const placed = rules.find(
    (rule) => rule instanceof CSSStyleRule && rule.selectorText === selector && rule.style.getPropertyValue('x') !== '',
  );
  return placed ?? sheet.cssRules[sheet.insertRule(`${selector}{}`, sheet.cssRules.length)];
}
