/**
 * A place where cards are read: an isolated PC/SC service with two virtual readers, reader-bridge, and virtual cards.
 * Every process is started here and ended here, by its own handle.
 */

import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout } from 'node:timers/promises';

/** What a virtual card is like, as its command line calls it. */
export type Preset =
  | 'normal'
  | 'wrong-pin-twice'
  | 'blocked'
  | 'expired-certificate'
  | 'not-a-my-number-card'
  | 'slow'
  | 'dies-in-mid-read';

/** A made-up holder of a virtual card. */
export interface Holder {
  person: number;
  name: string;
  pin: string;
  number_b: string;
  expired_number_b: string;
}

/** Names of the two readers. */
export const READERS = ['Virtual PCD 00 00', 'Virtual PCD 00 01'] as const;

function fromEnvironment(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} must be set: run the tests by .ci/e2e`);
  return value;
}

/** Port on which the pages look for reader-bridge. */
export const PORT = Number(fromEnvironment('READER_PORT'));

/** Everybody who has a card. */
export function holders(): Holder[] {
  return JSON.parse(execFileSync(fromEnvironment('VIRTUAL_CARD'), ['people'], { encoding: 'utf8' })) as Holder[];
}

/** The holder of this number. */
export function holder(person: number): Holder {
  const found = holders().find((one) => one.person === person);
  if (!found) throw new Error(`nobody has the number ${person}`);
  return found;
}

async function end(child: ChildProcess | undefined): Promise<void> {
  if (!child || child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGTERM');
  await gone;
}

/** The whole stand. */
export class Stand {
  readonly #dir = mkdtempSync(path.join(tmpdir(), 'reader-stand-'));
  readonly #origin: string;
  readonly #pcsc = Number(fromEnvironment('PCSC_PORT'));
  #service: ChildProcess | undefined;
  #bridge: ChildProcess | undefined;
  #cards: ChildProcess[] = [];

  /** @param origin  whose pages may use reader-bridge */
  constructor(origin: string) {
    this.#origin = origin;
  }

  get #socket(): string {
    return path.join(this.#dir, 'pcsc', 'pcscd.sock');
  }

  /** The PC/SC service with both readers, or as on a computer whose readers are unplugged. */
  async startService(readers: 'both' | 'none' = 'both'): Promise<void> {
    const dir = path.join(this.#dir, 'pcsc');
    mkdirSync(dir, { recursive: true });
    const program = fromEnvironment('VIRTUAL_CARD');
    const without = readers === 'none' ? ['--without-readers'] : [];
    this.#service = spawn(program, ['pcscd', '--dir', dir, '--port', String(this.#pcsc), ...without], {
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    await firstLine(this.#service);
  }

  /** Stops it, readers and all. */
  async stopService(): Promise<void> {
    rmSync(this.#socket, { force: true });
    await end(this.#service);
    this.#service = undefined;
  }

  /** reader-bridge with the settings it had. */
  async startBridge(): Promise<void> {
    this.#bridge = spawn(
      fromEnvironment('READER_BRIDGE'),
      ['run', '--dir', path.join(this.#dir, 'bridge'), '--port', String(PORT), '--allow-origin', this.#origin],
      { stdio: ['pipe', 'pipe', 'inherit'], env: { ...process.env, PCSCLITE_CSOCK_NAME: this.#socket } },
    );
    await firstLine(this.#bridge);
  }

  async stopBridge(): Promise<void> {
    await end(this.#bridge);
    this.#bridge = undefined;
  }

  /** Lays a card on the first (0) or second (1) reader. */
  lay(reader: 0 | 1, person = 1, preset: Preset = 'normal', algorithm: 'rsa' | 'p384' = 'rsa'): void {
    const card = spawn(
      fromEnvironment('VIRTUAL_CARD'),
      [
        ...['insert', '--dir', fromEnvironment('CARD_CA'), '--port', String(this.#pcsc + reader)],
        ...['--person', String(person), '--preset', preset, '--algorithm', algorithm],
      ],
      { stdio: 'ignore' },
    );
    this.#cards.push(card);
  }

  /** Takes every card away, as slowly as a hand: PC/SC looks every 400 ms, and cards exchanged in between are one to it. */
  async takeCards(): Promise<void> {
    await Promise.all(this.#cards.splice(0).map(end));
    await setTimeout(1_000);
  }

  /** Another program takes the card on this reader for itself; answers how it lets go. */
  async rival(reader: 0 | 1): Promise<() => Promise<void>> {
    const script = path.join(import.meta.dirname, '../../reader-bridge/virtual-card/rival.pl');
    const rival = spawn('perl', [script, READERS[reader], 'SHARED', 'LEAVE'], {
      stdio: ['pipe', 'pipe', 'inherit'],
      env: { ...process.env, PCSCLITE_CSOCK_NAME: this.#socket },
    });
    await firstLine(rival);
    return () => end(rival);
  }

  /** Ends everything. */
  async close(): Promise<void> {
    await Promise.all(this.#cards.splice(0).map(end));
    await this.stopBridge();
    await this.stopService();
    rmSync(this.#dir, { recursive: true, force: true });
  }
}

async function firstLine(child: ChildProcess): Promise<string> {
  if (!child.stdout) throw new Error('no output to read');
  const lines = createInterface({ input: child.stdout });
  const [line] = (await Promise.race([
    once(lines, 'line'),
    once(child, 'exit').then(() => Promise.reject(new Error('it ended before it was ready'))),
  ])) as [string];
  // What else it says is read and dropped, or it would wait for a full pipe.
  lines.on('line', () => undefined);
  return line;
}
