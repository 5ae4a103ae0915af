import type { Page } from '@playwright/test';
import axe, { type AxeResults } from 'axe-core';

/**
 * What axe finds wrong on the page as it is now, one line for each place; empty when nothing. `colours` looks only at
 * what another theme can change.
 */
export async function findBarriers(page: Page, looksAt: 'all' | 'colours' = 'all'): Promise<string[]> {
  if (!(await page.evaluate<boolean>('"axe" in window'))) await page.evaluate(axe.source);
  const only = looksAt === 'colours' ? ', runOnly: ["color-contrast", "link-in-text-block"]' : '';
  const { violations } = await page.evaluate<AxeResults>(`axe.run(document, { resultTypes: ["violations"]${only} })`);
  return violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id} (${help}) at ${target.join(' ')}: ${failureSummary ?? ''}`),
  );
}

/** Places that are wider than the window: the page would scroll sideways. */
export async function findOverflow(page: Page): Promise<string[]> {
  return page.evaluate<string[]>(`(() => {
    const root = document.documentElement;
    if (root.scrollWidth <= root.clientWidth) return [];
    return [...document.querySelectorAll('body *')]
      .filter((each) => each.getBoundingClientRect().right > root.clientWidth + 1)
      .slice(0, 5)
      .map((each) => each.tagName.toLowerCase() + '.' + each.className + ' ends at ' + Math.round(each.getBoundingClientRect().right) + ' of ' + root.clientWidth);
  })()`);
}
