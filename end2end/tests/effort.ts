/** What a task costs a person: screens seen, fields filled in, presses. Counted in the page, while it is done. */

import { readFileSync } from 'node:fs';
import path from 'node:path';

import { type Page, expect } from '@playwright/test';

/** Screens, inputs and clicks. */
export interface Cost {
  screens: number;
  inputs: number;
  clicks: number;
}

/** A row of the table. */
export interface Task {
  /** Chapter of the set-up manual. */
  chapter: string;
  task: string;
  original: Cost;
  ours: Cost;
}

/** The table of README.md, as data. */
export const TABLE = JSON.parse(
  readFileSync(path.join(import.meta.dirname, '../effort.json'), 'utf8'),
) as Task[];

/** All three together. */
export function sum({ screens, inputs, clicks }: Cost): number {
  return screens + inputs + clicks;
}

type Kind = keyof Cost;

/** Counts until it is asked. */
export class Effort {
  readonly #seen: Record<Kind, string[]> = { screens: [], inputs: [], clicks: [] };

  private constructor() {
    // Made by `begin`.
  }

  /**
   * Begins on the screen that `page` shows; other pages of its context count as well. Once in a context.
   */
  static async begin(page: Page): Promise<Effort> {
    const effort = new Effort();
    const context = page.context();
    await context.exposeFunction('countEffort', (kind: Kind, what: string) => effort.#seen[kind].push(what));
    await context.addInitScript(watchPerson);
    await page.evaluate(watchPerson);
    return effort;
  }

  /** Starts again, for another task in the same context. */
  async again(page: Page): Promise<void> {
    for (const list of Object.values(this.#seen)) list.length = 0;
    this.#seen.screens.push((await page.locator('[data-screen]').first().getAttribute('data-screen')) ?? '');
  }

  /** Compares what was counted with the table's row; `beyond` is a screen that belongs to what comes next. */
  expectRow(chapter: string, beyond?: string): void {
    const row = TABLE.find((task) => task.chapter === chapter);
    if (!row) throw new Error(`effort.json has no chapter ${chapter}`);
    const { inputs, clicks } = this.#seen;
    const screens = this.#seen.screens.filter((screen) => screen !== beyond);
    const counted = { screens: screens.length, inputs: inputs.length, clicks: clicks.length };
    expect(counted, `${chapter}: ${JSON.stringify(this.#seen)}`).toEqual(row.ours);
  }
}

/** In the page: what a person sees and does there. Stands alone, it is sent as text. */
function watchPerson(): void {
  const tell = (globalThis as unknown as { countEffort: (kind: string, what: string) => void }).countEffort;
  let shown: string | undefined;
  const filled = new Set<string>();
  const look = (): void => {
    const now = document.querySelector<HTMLElement>('[data-screen]')?.dataset.screen;
    if (!now || now === shown) return;
    shown = now;
    filled.clear();
    tell('screens', now);
  };
  const watch = (): void => {
    look();
    const changes = { subtree: true, childList: true, attributes: true, attributeFilter: ['data-screen'] };
    new MutationObserver(look).observe(document.documentElement, changes);
  };
  if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', watch);
  else watch();

  const fill = ({ target }: Event): void => {
    if (!(target instanceof HTMLInputElement || target instanceof HTMLSelectElement)) return;
    // A box stands for itself, radio buttons for their group, a line of text for all its letters.
    const key = target.type === 'checkbox' ? `${target.name}=${target.value}` : target.name || target.id;
    if (filled.has(key)) return;
    filled.add(key);
    tell('inputs', `${shown} ${key}`);
  };
  document.addEventListener('input', fill, true);
  document.addEventListener('change', fill, true);
  document.addEventListener(
    'click',
    ({ target, isTrusted }) => {
      const pressed = target instanceof Element ? target.closest('a, button, summary') : null;
      if (pressed && isTrusted) tell('clicks', `${shown} ${pressed.textContent?.trim()}`);
    },
    true,
  );
}
