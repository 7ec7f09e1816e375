/** Whether there is anything of it to see: on the page, drawn, and not hidden below what lies over it. The place in a list does not matter. */
export function isInSight(element: Element): boolean {
  return element.isConnected && element.checkVisibility() && getComputedStyle(element).visibility === 'visible';
}
