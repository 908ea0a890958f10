import { appendFile, mkdir, readFile, rename } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import { demoSettingsSchema } from '../demo/demo-settings.ts';
import { playSwitchboardDay, queueLogOf, stormyDay } from '../demo/switchboard-day.ts';
import { genesysEventsOf } from '../demo/genesys-cloud.ts';
import { amiEventsOf, eslEventsOf, type SwitchboardSocket } from '../demo/switchboard-events.ts';
import { UsageError } from '../kernel/errors.ts';
import { localClock } from '../kernel/time.ts';
import type { CliContext } from './cli-context.ts';
import { cliFinding } from './cli-findings.ts';
import { readJsonInput } from './json-input.ts';
import { productFolder } from './product-folders.ts';
import { openCloud } from './switchboard-cloud.ts';
import { type OpenSocket, openSwitchboard } from './switchboard-socket.ts';
import { withWorkspace } from './with-workspace.ts';

export interface LiveOptions {
  /** How much faster than the clock the day so far is played. */
  readonly speed?: number;
  /** Folder of the queue_log; left out: one in the workspace. */
  readonly out?: string;
  /** What says the same beside the log, on a free port of this machine. */
  readonly socket?: SwitchboardSocket;
}

/** The made-up hotline's today on its made-up switchboard. */
interface LiveDay {
  readonly file: string;
  readonly date: string;
  /** Writes what has happened by now, at once. */
  readonly catchUp: () => Promise<LivePlayed>;
  /** Writes the day so far faster than the clock, then goes with it until the day or the signal ends it. */
  readonly play: () => Promise<LivePlayed>;
  /** Where its socket listens; undefined: it has none. */
  readonly openSocket: () => Promise<string | undefined>;
}

interface LivePlayed {
  readonly lines: number;
  readonly entered: number;
}

const eventsOf = { ami: amiEventsOf, esl: eslEventsOf, genesys: genesysEventsOf };

/** Default speed: a whole day in some five minutes. */
const usualSpeed = 300;
const stepMillis = 250;
/** For anyone on this machine, and the user of AMI: what is said there is made up. */
const socketPassword = 'huawu';

/**
 * Prepares today of the made-up hotline for its switchboard's queue_log, as Asterisk writes it. A log of the same day that
 * is there is written on; one of another day is renamed, as the switchboard's own rotation does. Refuses a hotline that
 * is not made up: nobody's own figures are mixed with invented ones.
 */
export const prepareLive = async (
  context: CliContext,
  { speed, out, socket: kind }: LiveOptions,
): Promise<LiveDay> => {
  const models = await withWorkspace(context, async (ports) => ports.models);
  if (!models.hotline.madeUp) throw new UsageError(cliFinding('live-is-made-up'));
  const { nowMillis, signal } = context.terminal;
  const demo = await readJsonInput(z.unknown(), join(productFolder('data'), 'demo.json'));
  const settings = demoSettingsSchema.parse(demo);
  const { date } = localClock(settings.zone)(nowMillis());
  const day = playSwitchboardDay(settings, date, undefined, stormyDay);
  const lines = queueLogOf(day);
  const folder = resolve(out ?? join(context.workspace, 'switchboard'));
  const file = join(folder, 'queue_log');
  await mkdir(folder, { recursive: true });
  let written = await beginLog(file, lines, nowMillis);
  // Who follows it finds it, with nothing in it yet.
  await appendFile(file, '');
  const events = kind === undefined ? [] : eventsOf[kind](day);
  let socket: OpenSocket | undefined;
  let said = 0;
  const writeUntil = async (second: number): Promise<void> => {
    let text = '';
    for (let line = lines[written]; line !== undefined && line.at <= second; line = lines[(written += 1)])
      text += `${line.text}\n`;
    if (text !== '') await appendFile(file, text);
    const before = said;
    while ((events[said]?.at ?? Infinity) <= second) said += 1;
    await socket?.send(events.slice(before, said));
  };
  const soFar = (): LivePlayed => {
    const until = lines[written - 1]?.at ?? 0;
    return { lines: written, entered: day.legs.filter(({ enteredAt }) => enteredAt <= until).length };
  };
  const now = (): number => nowMillis() / 1000;
  return {
    file,
    date,
    catchUp: async () => {
      await writeUntil(now());
      return soFar();
    },
    play: async () => {
      const from = lines[written]?.at ?? day.to;
      const begun = performance.now();
      while (written < lines.length && !signal.aborted) {
        const played = ((performance.now() - begun) / 1000) * (speed ?? usualSpeed);
        await writeUntil(Math.min(now(), from + played));
        await pause(stepMillis, undefined, { signal }).catch(() => undefined);
      }
      await socket?.close();
      return soFar();
    },
    openSocket: async () => {
      if (kind === undefined) return undefined;
      const settings = { day, password: socketPassword };
      socket = await (kind === 'genesys' ? openCloud(settings) : openSwitchboard(kind, settings));
      // a cloud has its history, however fast the log comes after
      const opened = now();
      if (kind === 'genesys') await socket.send(events.filter(({ at }) => at <= opened));
      return `127.0.0.1:${socket.port}`;
    },
  };
};

/** How many of the lines stand in the file already; another day's file is moved aside. */
const beginLog = async (
  file: string,
  lines: readonly { readonly text: string }[],
  nowMillis: () => number,
): Promise<number> => {
  const held = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error;
    return '';
  });
  const there = held.split('\n').slice(0, -1);
  if (there.every((text, i) => text === lines[i]?.text) && held.endsWith('\n') === there.length > 0)
    return there.length;
  await rename(file, `${file}.${Math.floor(nowMillis() / 1000)}`);
  return 0;
};
