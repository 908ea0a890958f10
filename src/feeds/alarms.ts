import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { newId } from '../access/secrets.ts';
import type { DayDocument } from '../contract/documents/day-document.ts';
import {
  type AlarmChange,
  type AlarmSettings,
  alarmSettingsSchema,
  type AlarmsDocument,
  type FeedDocument,
} from '../contract/documents/feed-documents.ts';
import { parseJsonDocument } from '../contract/parse-document.ts';
import type { Settings } from '../contract/settings.ts';
import type { DayFindings } from '../intraday/day-findings.ts';
import { UsageError } from '../kernel/errors.ts';
import { inLanguage, type Text } from '../kernel/text.ts';
import { localClock } from '../kernel/time.ts';
import type { Store } from '../planning/ports.ts';
import { replaceJsonFiles } from '../store/workspace-files.ts';
import { feedFinding } from './feed-findings.ts';
import { type Alarm, type AlarmWays, refuseWebhook, sendAlarm, type Trouble } from './send-alarm.ts';

type Way = keyof AlarmWays;

interface Outgoing extends Alarm {
  readonly way: Way;
  readonly attempts: number;
  readonly nextMillis: number;
}

/** Trouble as it stands: since when it was seen without a break, and what was raised for it. */
interface Standing extends Trouble {
  readonly seenMillis: number;
  readonly raised: readonly Trouble['what'][];
  /** Since when it is well again. */
  readonly wellMillis?: number;
  /** A signal that is over: it is not raised a second time on its day. */
  readonly isOver?: true;
}

/** What is kept of alarms, with the feeds: no address, no secret. */
interface KeptAlarms {
  readonly standing: readonly Standing[];
  readonly outbox: readonly Outgoing[];
  readonly sent: number;
  readonly givenUp: number;
  readonly failure: { readonly atMillis: number; readonly way: Way; readonly why: string } | null;
}

const noAlarms: KeptAlarms = { standing: [], outbox: [], sent: 0, givenUp: 0, failure: null };

/** What stands in the store; nothing yet, or by another version: none. */
const keptOf = (kept: unknown): KeptAlarms => ({ ...noAlarms, ...(kept as Partial<KeptAlarms> | undefined) });

const minute = 60_000;
/**
 * For how long trouble lasts before it is raised, beside what a feed's state waits by itself (late: thirty of its usual
 * pauses and ten minutes at least) and the rate of false alarms that signals are held to; and how long all is well before
 * that is said.
 */
const lasts: Readonly<Record<Trouble['what'], number>> = {
  late: 2 * minute,
  broken: 2 * minute,
  mending: 15 * minute,
  signal: 9 * minute,
};
const wellFor = (what: Trouble['what']): number => (what === 'signal' ? 15 : 5) * minute;

/** From the first to the longest time between tries; after so long one is given up. */
const [firstTryMillis, longestTryMillis, giveUpMillis] = [30_000, 60 * minute, 24 * 60 * minute];
const mostOutgoing = 500;

/**
 * What stands and what goes out after a look: each trouble is raised once, and once more where it turns into a worse one;
 * one note after all of it. `known`: subjects that still exist; of the others nothing is said any more. `isHidden`: what the
 * day signals cannot be seen now, and stands as it did.
 */
const watchTroubles = (
  kept: KeptAlarms,
  troubles: readonly Trouble[],
  known: (subject: string) => boolean,
  isHidden: boolean,
  ways: readonly Way[],
  now: number,
): KeptAlarms => {
  const standing: Standing[] = [];
  const outbox = [...kept.outbox];
  const raise = (trouble: Trouble, what: Alarm['what']): void => {
    const { subject, sinceMillis, why, said } = trouble;
    const alarm = { id: newId(), what, subject, sinceMillis, raisedMillis: now, why, said };
    for (const way of ways) outbox.push({ ...alarm, way, attempts: 0, nextMillis: now });
  };
  const before = new Map(kept.standing.map((each) => [each.subject, each]));
  for (const trouble of troubles) {
    const { wellMillis, ...last } = before.get(trouble.subject) ?? {
      ...trouble,
      seenMillis: now,
      raised: [],
    };
    before.delete(trouble.subject);
    const isSame = last.what === trouble.what;
    // a clock that was set back makes nothing wait until it is there again
    const seenMillis = isSame && wellMillis === undefined ? Math.min(last.seenMillis, now) : now;
    // what mends is on its way to be well again: no news of its own
    const isNews =
      !last.raised.includes(trouble.what) && !(trouble.what === 'mending' && last.raised.length > 0);
    const isDue = isNews && now - seenMillis >= lasts[trouble.what];
    if (isDue) raise(trouble, trouble.what);
    standing.push({
      ...last,
      ...trouble,
      seenMillis,
      raised: isDue ? [...last.raised, trouble.what] : last.raised,
    });
  }
  for (const last of before.values()) {
    if (!known(last.subject)) continue;
    if (last.isOver === true || (isHidden && last.what === 'signal')) {
      standing.push(last);
      continue;
    }
    if (last.raised.length === 0) continue;
    const wellMillis = Math.min(last.wellMillis ?? now, now);
    const isWell = now - wellMillis >= wellFor(last.what);
    if (isWell) raise(last, 'mended');
    if (!isWell) standing.push({ ...last, wellMillis });
    else if (last.what === 'signal') standing.push({ ...last, wellMillis, isOver: true });
  }
  const givenUp = kept.givenUp + Math.max(0, outbox.length - mostOutgoing);
  return { ...kept, standing, givenUp, outbox: outbox.slice(-mostOutgoing) };
};

/** Takes the first alarm of each way that is due: it counts as tried from now on, whoever else looks. */
const claim = (kept: KeptAlarms, now: number): { readonly kept: KeptAlarms; readonly due: Outgoing[] } => {
  const due: Outgoing[] = [];
  const passed = new Set<string>();
  const outbox = kept.outbox.map((each) => {
    // in their order: a note that all is well never comes before the alarm
    const own = `${each.way} ${each.subject}`;
    if (passed.has(each.way) || passed.has(own)) return each;
    passed.add(own);
    // one that is refused again and again keeps back its own subject alone
    if (each.attempts < 6) passed.add(each.way);
    if (each.nextMillis > now && each.nextMillis <= now + longestTryMillis) return each;
    const wait = Math.min(longestTryMillis, firstTryMillis * 2 ** Math.min(each.attempts, 12));
    due.push(each);
    return { ...each, attempts: each.attempts + 1, nextMillis: now + wait };
  });
  return { kept: { ...kept, outbox }, due };
};

const settled = (
  kept: KeptAlarms,
  { id, way, raisedMillis }: Outgoing,
  failed: { readonly why: string; readonly waitMillis?: number } | undefined,
  now: number,
): KeptAlarms => {
  const isOne = (each: Outgoing): boolean => each.id === id && each.way === way;
  const without = kept.outbox.filter((each) => !isOne(each));
  if (failed === undefined) {
    const failure = kept.failure?.way === way ? null : kept.failure;
    return { ...kept, outbox: without, sent: kept.sent + 1, failure };
  }
  const failure = { atMillis: now, way, why: failed.why };
  if (now - raisedMillis > giveUpMillis)
    return { ...kept, outbox: without, givenUp: kept.givenUp + 1, failure };
  const later = now + Math.min(longestTryMillis, failed.waitMillis ?? 0);
  const outbox = kept.outbox.map((each) =>
    isOne(each) ? { ...each, nextMillis: Math.max(each.nextMillis, later) } : each,
  );
  return { ...kept, outbox, failure };
};

/** Of a machine's account alone, beside its other secrets: the address of a webhook is one. */
const alarmsFileName = 'alarms.json';

const readAlarmSettings = async (folder: string): Promise<AlarmSettings> => {
  const file = join(folder, alarmsFileName);
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '{}';
    throw error;
  });
  return parseJsonDocument(alarmSettingsSchema, text, file);
};

interface AlarmGround {
  readonly store: Pick<Store, 'feeds' | 'maintenance' | 'noteChange'>;
  /** The line's folder, which its alarms' settings stand in. */
  readonly folder: string;
  readonly hotline: () => Promise<{ readonly name: Text; readonly zone: string }>;
  readonly feeds: () => Promise<readonly FeedDocument[]>;
  /** What of the day in progress is no luck, and on which date; undefined: no day is followed. */
  readonly day: () => Promise<Pick<DayDocument, 'date' | 'said' | 'signals'> | undefined>;
  readonly now: () => number;
  /** An even clock; left out: the machine's. */
  readonly elapsed?: () => number;
  /** How mail leaves, and whether a webhook may lead into this machine's own network: as the administrator has set it. */
  readonly settings: Pick<Settings, 'smtpUrl' | 'smtpFrom' | 'alarmsInside'>;
}

/** Alarms of one hotline, by webhook and e-mail. */
export interface Alarms {
  show(): Promise<AlarmsDocument>;
  /**
   * Throws `UsageError` for an address that no alarm may go to. What is left out stays as it is; nothing is changed that
   * could not be noted (`notes`: by whom, this machine's owner where it is left out).
   */
  change(settings: AlarmChange, notes?: Pick<Store, 'noteChange'>): Promise<AlarmsDocument>;
  /** Sends one now, by each way; answers how each went. */
  test(): Promise<AlarmsDocument['tried']>;
  /** Looks once: raises what is due and sends what waits. */
  look(): Promise<void>;
  follow(heard: (error: unknown) => void): () => Promise<void>;
}

const lookMillis = 15_000;
/** How long a picture of the day serves: a new one takes a second or two. */
const dayPictureMillis = 5 * minute;

export const createAlarms = (ground: AlarmGround): Alarms => {
  const { store, folder, now, elapsed = () => performance.now() } = ground;
  const { smtpUrl, smtpFrom } = ground.settings;
  const inside = ground.settings.alarmsInside === 'on';
  let day:
    | {
        readonly until: number;
        readonly troubles: readonly Trouble[];
        readonly date: string | undefined;
        readonly isHidden: boolean;
      }
    | undefined;
  const waysOf = ({ webhook, mail }: AlarmSettings): Way[] => [
    ...(webhook === '' ? [] : (['webhook'] as const)),
    ...(mail.length === 0 || smtpUrl === '' ? [] : (['mail'] as const)),
  ];
  const send = async (way: Way, alarm: Alarm, settings: AlarmSettings) =>
    sendAlarm(way, alarm, {
      line: inLanguage((await ground.hotline()).name, settings.language),
      language: settings.language,
      webhook: settings.webhook,
      inside,
      mail: { url: smtpUrl, from: smtpFrom, to: settings.mail },
    });
  const troublesOfDay = async (settings: AlarmSettings, isLive: boolean): Promise<readonly Trouble[]> => {
    if (!settings.signals || !isLive) {
      day = undefined;
      return [];
    }
    if (day !== undefined && day.until > elapsed()) return day.troubles;
    const found = await ground.day().catch(() => undefined);
    const troubles = (found?.signals ?? [])
      // a feed that is late is told of by itself
      .filter(({ kind }) => kind !== 'late-source')
      .map(({ kind, queue, said }) => ({
        subject: ['signal', found?.date, kind, queue ?? ''].join(' '),
        what: 'signal' as const,
        sinceMillis: now(),
        said,
      }));
    const isHidden = found !== undefined && isCatchingUp(found);
    day = { until: elapsed() + dayPictureMillis, troubles, date: found?.date, isHidden };
    return troubles;
  };
  const change = async (by: (kept: KeptAlarms) => KeptAlarms): Promise<KeptAlarms> =>
    keptOf(await store.feeds.alarms((kept) => by(keptOf(kept))));
  const look = async (): Promise<void> => {
    const settings = await readAlarmSettings(folder);
    const ways = waysOf(settings);
    if ((await store.maintenance()) !== null) return;
    const feeds = await ground.feeds();
    const isLive = feeds.some(({ state }) => state.is === 'live');
    const signals = await troublesOfDay(settings, isLive);
    // while no feed brings what is new, as a long backlog is read, nobody knows what became of a signal
    const isHidden = day?.isHidden ?? feeds.length > 0;
    const troubles =
      ways.length === 0 ? [] : [...(settings.feeds ? feeds.flatMap(troubleOf) : []), ...signals];
    const names = new Set(feeds.map(({ name }) => name));
    // nobody follows the day while no feed is live: a signal is of its own day all the same
    const today = day?.date ?? localClock((await ground.hotline()).zone)(now()).date;
    const known = (subject: string): boolean =>
      ways.length > 0 &&
      (subject.startsWith('signal ')
        ? settings.signals && subject.startsWith(`signal ${today} `)
        : settings.feeds && names.has(subject));
    const step = (kept: KeptAlarms): KeptAlarms =>
      watchTroubles(kept, troubles, known, isHidden, ways, now());
    const before = keptOf(await store.feeds.alarms());
    // most looks change nothing: then nothing is written
    if (JSON.stringify(step(before)) !== JSON.stringify(before)) await change(step);
    for (let turn = 0; turn < 20; turn += 1) {
      const kept = keptOf(await store.feeds.alarms());
      if (claim(kept, now()).due.length === 0) return;
      let due: readonly Outgoing[] = [];
      await change((each) => {
        const claimed = claim(each, now());
        due = claimed.due;
        return claimed.kept;
      });
      await Promise.all(
        due.map(async (each) => {
          const failed = ways.includes(each.way) ? await send(each.way, each, settings) : undefined;
          await change((all) => settled(all, each, failed, now()));
        }),
      );
    }
  };
  const show = async (): Promise<AlarmsDocument> =>
    alarmsDocument(await readAlarmSettings(folder), keptOf(await store.feeds.alarms()), smtpUrl !== '');
  return {
    show,
    change: async (given, notes = store) => {
      const before = await readAlarmSettings(folder);
      const settings = alarmSettingsSchema.parse({ ...before, ...JSON.parse(JSON.stringify(given)) });
      if (given.webhook !== undefined && given.webhook !== '') await refuseWebhook(given.webhook, inside);
      if (settings.mail.length > 0 && smtpUrl === '') throw new UsageError(feedFinding('alarm-without-mail'));
      const [was, is] = [noted(before), noted(settings)];
      const note = { action: 'feed-changed', subject: 'alarms', before: was, after: is } as const;
      const changes = [{ file: join(folder, alarmsFileName), content: settings }];
      await replaceJsonFiles(changes, (replace) => notes.noteChange([note], replace));
      return show();
    },
    test: async () => {
      const settings = await readAlarmSettings(folder);
      const ways = waysOf(settings);
      if (ways.length === 0) throw new UsageError(feedFinding('alarm-nowhere'));
      const alarm = {
        id: newId(),
        what: 'test',
        subject: '',
        sinceMillis: now(),
        raisedMillis: now(),
      } as const;
      return Promise.all(
        ways.map(async (way) => ({ way, why: (await send(way, alarm, settings))?.why ?? null })),
      );
    },
    look,
    follow: (heard) => {
      const stop = new AbortController();
      const ended = (async () => {
        while (!stop.signal.aborted) {
          await look().catch(heard);
          await pause(lookMillis, undefined, { signal: stop.signal }).catch(() => undefined);
        }
      })();
      return async () => {
        stop.abort();
        await ended;
      };
    },
  };
};

const troubleOf = ({ name, state }: FeedDocument): readonly Trouble[] => {
  const { is, since, why } = state;
  if (is === 'new' || is === 'live') return [];
  return [{ subject: name, what: is, sinceMillis: since === null ? 0 : Date.parse(since), why }];
};

/** A feed is still reading what is old: the day tells no signals. */
const isCatchingUp = ({ said }: Pick<DayDocument, 'said'>): boolean =>
  'code' in said &&
  said.code === 'day-headline' &&
  typeof (said.values as Partial<DayFindings['day-headline']>).caughtUpTo === 'string';

/** Of a webhook's address who gets it, and nothing that opens it. */
const maskedWebhook = (url: string): string | null => (url === '' ? null : `${new URL(url).origin}/…`);

/** What is noted in the log of changes: who gets alarms, and for what. */
const noted = ({ webhook, mail, feeds, signals }: AlarmSettings) => ({
  webhook: maskedWebhook(webhook),
  mail: mail.length,
  feeds,
  signals,
});

const alarmsDocument = (
  { webhook, mail, feeds, signals, language }: AlarmSettings,
  kept: KeptAlarms,
  canMail: boolean,
): AlarmsDocument => ({
  feeds,
  signals,
  language,
  webhook: maskedWebhook(webhook),
  mail,
  canMail,
  open: kept.standing
    .filter(({ raised, isOver }) => raised.length > 0 && isOver !== true)
    .map(({ subject, what, sinceMillis }) => ({ subject, what, since: new Date(sinceMillis).toISOString() })),
  sent: kept.sent,
  waiting: kept.outbox.length,
  givenUp: kept.givenUp,
  failure:
    kept.failure === null
      ? null
      : { at: new Date(kept.failure.atMillis).toISOString(), way: kept.failure.way, why: kept.failure.why },
  tried: [],
});

/** How many of a line's alarms are open, on their way, sent and given up, and the last try that failed. */
export type AlarmCounts = Pick<AlarmsDocument, 'sent' | 'waiting' | 'givenUp' | 'failure'> & {
  readonly open: number;
};

/** How a line's alarms stand, for who only looks. */
export const alarmCounts = async ({ feeds }: Pick<Store, 'feeds'>): Promise<AlarmCounts> => {
  const kept = keptOf(await feeds.alarms());
  const { open, ...counts } = alarmsDocument(alarmSettingsSchema.parse({}), kept, false);
  return { ...counts, open: open.length };
};
