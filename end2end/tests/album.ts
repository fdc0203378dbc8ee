/**
 * The album of the server's tests (`server/tests/snapshots`): every screen in its main states, as the server sends it and
 * as somebody approved it. `album.rs` fails when a screen has no page there.
 */

import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';

/** A page of the album. */
export interface Picture {
  /** Its file, from the repository's root. */
  file: string;
  /** `d1`, `d1_second_page`. */
  name: string;
  /** 画面番号. */
  number: string;
  /** One element a line, at the lines that they have in the file. */
  lines: string;
}

const ROOT = path.join(import.meta.dirname, '../..');
const FOLDER = 'server/tests/snapshots';

function picture(entry: string): Picture {
  const file = path.join(FOLDER, entry);
  const text = readFileSync(path.join(ROOT, file), 'utf8');
  const start = text.indexOf('<!DOCTYPE');
  const number = /data-screen="([^"]+)"/.exec(text)?.[1];
  if (start < 0 || !number) throw new Error(`${file} is no page`);
  const head = text.slice(0, start).replace(/[^\n]/g, '');
  // The markers by which the app finds its places in the page: a bogus comment to every parser.
  return { file, name: entry.replace(/\.snap$/, ''), number, lines: head + text.slice(start).replaceAll('<!>', '') };
}

/** The whole album. */
export function pictures(): Picture[] {
  return readdirSync(path.join(ROOT, FOLDER))
    .filter((entry) => entry.endsWith('.snap'))
    .sort()
    .map(picture);
}

/** The page as it was sent: the album's line breaks between elements are not its own. */
export function asSent({ lines }: Picture): string {
  return lines.trim().replace(/\n+(?=<)/g, '');
}

function styleSheet(): string {
  const site = process.env.SITE_DIR;
  if (!site) throw new Error('SITE_DIR must name the folder that `make site` fills');
  const { css } = JSON.parse(readFileSync(path.join(site, 'manifest.json'), 'utf8')) as { css: string };
  return readFileSync(path.join(site, css), 'utf8');
}

/** The page with its style sheet, as if the scripts had run: what needs them is there. */
export function dressed(picture: Picture): string {
  return asSent(picture)
    .replace('<html', '<html data-hydrated data-script')
    .replace('</head>', () => `<style>${styleSheet()}</style></head>`);
}

/** The numbers of `app/src/screens.rs`. */
export function registry(): string[] {
  const source = readFileSync(path.join(ROOT, 'app/src/screens.rs'), 'utf8');
  return [...source.matchAll(/^ {4}[A-Z]\d+, "([A-Z]-\d+)"/gm)].map(([, number]) => number ?? '');
}
