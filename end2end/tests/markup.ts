/** What html-validate asks of a page's markup, and why it asks no more. */

import { type ConfigData, type HtmlElement, HtmlValidate, Rule, type RuleConstructor } from 'html-validate';

/**
 * People who listen to headings go by their words: the same words twice under one heading lead to two places, and a
 * heading that repeats the one above it says nothing.
 */
class HeadingUnique extends Rule {
  public setup(): void {
    this.on('dom:ready', ({ document }) => {
      const open: string[] = [];
      const seen = new Set<string>();
      // Dialogs are closed, and no part of the page's outline.
      const headings = document.querySelectorAll('h1, h2, h3, h4, h5, h6').filter((it) => !it.closest('dialog'));
      headings.sort((a, b) => a.location.offset - b.location.offset);
      for (const heading of headings) this.#judge(heading, open, seen);
    });
  }

  #judge(heading: HtmlElement, open: string[], seen: Set<string>): void {
    const level = Number(heading.tagName.slice(1));
    const words = heading.textContent.replace(/\s+/g, ' ').trim();
    open.length = level - 1;
    if (open.at(-1) === words) this.report(heading, `<${heading.tagName}> repeats the heading above it: ${words}`);
    open.push(words);
    const way = open.join(' > ');
    if (seen.has(way)) this.report(heading, `two headings with the same words: ${way}`);
    seen.add(way);
  }
}

/** Elements that the standard does not know. */
const ELEMENTS = {
  // What stands in it is as if it stood there by itself.
  'leptos-island': { flow: true, phrasing: true, transparent: true },
};

const CONFIG: ConfigData = {
  root: true,
  plugins: [{ name: 'own', rules: { 'own/heading-unique': HeadingUnique as unknown as RuleConstructor<unknown, unknown> } }],
  extends: ['html-validate:recommended', 'html-validate:document', 'html-validate:a11y'],
  elements: ['html5', ELEMENTS],
  rules: {
    'own/heading-unique': 'error',
    // A hash guards against somebody else's host: ours sends page and script alike.
    'require-sri': ['error', { target: 'crossorigin' }],
    // Security codes, the password of a terminal, passcodes: not the account's password, which a browser that fills it in
    // would send as a wrong try.
    'autocomplete-password': 'off',
    // Lists may have a name; ours have no visible heading that could give them one.
    'aria-label-misuse': ['error', { allowAnyNamable: true }],
    // About how sources are written. These are made by a program, and compressed.
    'no-trailing-whitespace': 'off',
  },
};

/** The script sends this form when a passkey has answered: without it the form is not shown, and with it nobody presses. */
const SENT_BY_SCRIPT = '<form id="passkey-form"';

const validator = new HtmlValidate(CONFIG);

/** What is wrong with a page, one line each; `where` names it. */
export async function faults(html: string, where: string): Promise<string[]> {
  const explained = html.replace(SENT_BY_SCRIPT, `<!-- [html-validate-disable-next wcag/h32] -->${SENT_BY_SCRIPT}`);
  const { results } = await validator.validateString(explained, where);
  return results.flatMap(({ messages }) =>
    messages.map(({ line, column, ruleId, message }) => `${where}:${line}:${column} ${ruleId}: ${message}`),
  );
}
