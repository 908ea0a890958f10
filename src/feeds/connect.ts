import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { z } from 'zod';
import { offeredContacts } from '../ingest/columns/preset-tables.ts';
import { shownValue } from '../kernel/errors.ts';
import { operatorKey } from './call-book.ts';
import { recordLegs } from './call-records.ts';
import { feedProblem } from './feed-findings.ts';
import type { CameIn, FeedAdapter, Portion, ReadingGround, SeenFile } from './feed-adapter.ts';
import { lookAtFolder, openPlain } from './follow-file.ts';
import { callFault } from './queue-log.ts';

/** Amazon Connect: contact records and agent events, as its streams put them into a folder or deliver them over HTTP. */

const time = z.iso.datetime({ offset: true }).transform((said) => Date.parse(said));
const seconds = z.number().min(0).max(86_400);

/** What of a contact record counts; all else is let be. */
const contactSchema = z.object({
  ContactId: z.string().min(1).max(200),
  Channel: z.string().max(50),
  InitiationMethod: z.string().max(50).nullish(),
  LastUpdateTimestamp: time,
  DisconnectTimestamp: time.nullish(),
  DisconnectReason: z.string().nullish(),
  NextContactId: z.string().nullish(),
  CustomerEndpoint: z.object({ Address: z.string().nullish() }).nullish(),
  Queue: z
    .object({
      // none: an agent's own queue, and a call that went out
      Name: z.string().nullish(),
      EnqueueTimestamp: time.nullish(),
      DequeueTimestamp: time.nullish(),
    })
    .nullish(),
  Agent: z
    .object({
      Username: z.string().nullish(),
      ConnectedToAgentTimestamp: time.nullish(),
      AgentInteractionDuration: seconds.nullish(),
      CustomerHoldDuration: seconds.nullish(),
      AfterContactWorkDuration: seconds.nullish(),
    })
    .nullish(),
});
type Contact = z.output<typeof contactSchema>;

const agentEventSchema = z.object({
  EventId: z.string().max(200),
  EventType: z.string().max(50),
  EventTimestamp: time,
  AgentARN: z.string().min(1).max(500),
  CurrentAgentSnapshot: z
    .object({
      AgentStatus: z.object({ Name: z.string().nullish(), Type: z.string().nullish() }).nullish(),
      Configuration: z.object({ Username: z.string().nullish() }).nullish(),
    })
    .nullish(),
});

type Pseudonym = ReadingGround['pseudonym'];
type Read = CameIn | 'heart-beat';

/** Ends by which a caller in a queue is gone: by hanging up, or with the line. A flow or an API may give no reason: null. */
const hungUp: ReadonlySet<string> = new Set(['CUSTOMER_DISCONNECT', 'TELECOM_PROBLEM']);

/** An object of the stream as an event: a contact by its id, of which the last update stands, or what an operator did. */
const connectEvent = (said: unknown, pseudonym: Pseudonym): Read => {
  if (typeof said !== 'object' || said === null) return { fault: 'not-an-object' };
  if ('ContactId' in said && 'LastUpdateTimestamp' in said) {
    const { data } = contactSchema.safeParse(said);
    return data === undefined ? { fault: 'bad-contact' } : contactEvent(data, pseudonym);
  }
  if (!('EventType' in said)) return { fault: 'unknown-record' };
  const { data } = agentEventSchema.safeParse(said);
  return data === undefined ? { fault: 'bad-agent-event' } : agentEvent(data, pseudonym);
};

const contactEvent = (contact: Contact, pseudonym: Pseudonym): Read => {
  const { ContactId, Channel, InitiationMethod, LastUpdateTimestamp, Queue, Agent } = contact;
  const began = Queue?.EnqueueTimestamp ?? LastUpdateTimestamp;
  const about = {
    key: pseudonym(ContactId),
    at: Math.max(began, contact.DisconnectTimestamp ?? began),
    began,
    queue: Queue?.Name?.trim() ?? '',
  };
  const isQueued = Queue?.Name != null && Queue.EnqueueTimestamp != null;
  const isOther = (field: 'Channel' | 'InitiationMethod', text: string): boolean =>
    !offeredContacts[field].includes(text);
  const method = InitiationMethod ?? '';
  // what is no call offered is known by what it is, and counted under that
  const unknown = isOther('Channel', Channel)
    ? Channel
    : isOther('InitiationMethod', method)
      ? method
      : isQueued
        ? ''
        : 'without a queue';
  if (unknown !== '') return { ...about, event: `${LastUpdateTimestamp}|-`, unknown };
  const fault = callFault(began, about.queue);
  if (fault !== undefined) return { fault };
  const answered = Agent?.ConnectedToAgentTimestamp ?? undefined;
  const left = answered ?? Queue?.DequeueTimestamp ?? contact.DisconnectTimestamp ?? began;
  if (left < began) return { fault: 'bad-duration' };
  // records from before there were reasons have none
  const { DisconnectReason: reason, NextContactId } = contact;
  const isGone = NextContactId == null && (reason === undefined || hungUp.has(reason ?? ''));
  const outcome = answered !== undefined ? 'answered' : isGone ? 'abandoned' : 'left';
  const handle =
    (Agent?.AgentInteractionDuration ?? 0) +
    (Agent?.CustomerHoldDuration ?? 0) +
    (Agent?.AfterContactWorkDuration ?? 0);
  const hidden = (name: string | null | undefined): string =>
    (name ?? '') === '' ? '' : pseudonym(name ?? '');
  const leg = [
    about.queue,
    began,
    outcome,
    Math.round((left - began) / 1000),
    answered === undefined ? null : handle,
    hidden(Agent?.Username),
    hidden(contact.CustomerEndpoint?.Address),
  ];
  return { ...about, event: `${LastUpdateTimestamp}|${JSON.stringify(leg)}` };
};

/** A status without a type by the names that every instance has; any other is an own one. */
const types: Readonly<Record<string, string>> = { Available: 'ROUTABLE', Offline: 'OFFLINE' };

/** By states of an operator as a whole (`operator-presence.ts`). */
const agentEvent = (
  { EventType, EventTimestamp, AgentARN, CurrentAgentSnapshot: now }: z.output<typeof agentEventSchema>,
  pseudonym: Pseudonym,
): Read => {
  const key = operatorKey + pseudonym(now?.Configuration?.Username ?? AgentARN);
  const about = { key, at: EventTimestamp, began: EventTimestamp, queue: '' };
  // it goes on for an hour after a logout: it says nothing of who is there
  if (EventType === 'HEART_BEAT') return 'heart-beat';
  const { Name, Type } = now?.AgentStatus ?? {};
  const type = Type ?? (Name == null ? '' : (types[Name] ?? 'CUSTOM'));
  const state = { ROUTABLE: 'ready', CUSTOM: 'away', OFFLINE: 'gone' }[type];
  const does: Readonly<Record<string, string | undefined>> = {
    LOGIN: state ?? 'AGENTLOGIN',
    LOGOUT: 'gone',
    STATE_CHANGE: state,
  };
  const word = does[EventType];
  const event = `${EventTimestamp}|${word ?? '-'}|`;
  return word === undefined
    ? { ...about, event, unknown: `${EventType} ${type}`.trim() }
    : { ...about, event };
};

/** Most bytes of one object of a stream. */
const longestObject = 2 ** 20;

/** After so many objects that are none a file is none of a stream's; it has so many at most. */
const [mostBroken, mostObjects] = [1000, 200_000];
const mostEndless = 10;
/** Objects that are read at once, before anything else has its turn. */
const objectsPerTurn = 500;

/**
 * Objects of a stream, with or without line feeds and commas between, in a list or none; undefined: text that is none. Of one
 * that does not end the next line is where it goes on; after `most` that are none the text is left.
 */
function* objectsOf(text: string, most: number): Generator {
  let [depth, from, isText, broken] = [0, 0, false, 0];
  for (let i = 0; i <= text.length && broken < most; i += 1) {
    const sign = text.charCodeAt(i);
    // a text of JSON has no line feed
    if (depth > 0 && ((isText && sign === 10) || i === text.length || i - from > longestObject)) {
      yield undefined;
      broken += 1;
      // what follows the first few is looked through again; else each of many would be looked for as far
      const next = broken > mostEndless ? i : text.indexOf('\n', from);
      i = next < 0 ? text.length : next;
      [depth, isText] = [0, false];
    } else if (isText) {
      if (sign === 92) i += 1;
      else if (sign === 34) isText = false;
    } else if (sign === 34 && depth > 0) isText = true;
    else if (sign === 123) {
      if (depth === 0) from = i;
      depth += 1;
    } else if (sign === 125 && depth > 0) {
      depth -= 1;
      if (depth === 0) yield parsed(text.slice(from, i + 1));
    } else if (depth === 0 && sign > 32 && sign !== 44 && sign !== 91 && sign !== 93 && sign !== 0xfeff) {
      yield undefined;
      broken += 1;
      while (i + 1 < text.length && text[i + 1] !== '\n' && text[i + 1] !== '{') i += 1;
    }
  }
}

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

const unzip = promisify(gunzip);
const mostFiles = 20_000;
const mostBytes = 128 * 2 ** 20;

const textOf = async (path: string, size: number): Promise<string> => {
  if (size > mostBytes) throw Object.assign(new Error('EFBIG'), { code: 'EFBIG' });
  const file = await openPlain(path);
  const bytes = await file.readFile().finally(() => void file.close());
  return (path.endsWith('.gz') ? await unzip(bytes, { maxOutputLength: mostBytes }) : bytes).toString();
};

/** Texts as events, up to `most` that are none. */
const readTexts = async (
  texts: Iterable<string>,
  pseudonym: Pseudonym,
  most: number,
): Promise<Pick<Portion, 'events' | 'counts'>> => {
  const events: CameIn[] = [];
  let [beats, faults, more, objects] = [0, 0, 0, 0];
  for (const text of texts)
    for (const said of objectsOf(text, most)) {
      const read = connectEvent(said, pseudonym);
      if (read === 'heart-beat') beats += 1;
      else if (!('fault' in read)) events.push(read);
      else if ((faults += 1) <= mostBroken) events.push(read);
      else more += 1;
      objects += 1;
      if (faults > most || (objects >= mostObjects && most !== Infinity)) break;
      if (objects % objectsPerTurn === 0) await nextTurn();
    }
  // of more faults nothing is kept but how many they are
  return { events, counts: { read: beats + more, repeated: beats, refused: more } };
};

/** Records of a stream that are delivered, whatever is none among them: what is sound is not delivered once more. */
export const readStream = (records: readonly string[], pseudonym: Pseudonym) =>
  readTexts(
    records.map((record) => Buffer.from(record, 'base64').toString()),
    pseudonym,
    Infinity,
  );

/** The next file of the folder that is new, or other than it was; a file is read as a whole, since what is known is known. */
const readNext = async (ground: ReadingGround): Promise<Portion | undefined> => {
  const { settings, state, pseudonym } = ground;
  const { from } = settings;
  const { isKnown, keep } = await lookAtFolder(ground);
  if (isKnown) return undefined;
  // no links, which may lead anywhere
  const entries = (await readdir(from, { withFileTypes: true })).filter((entry) => entry.isFile());
  const names = entries
    .flatMap(({ name }) => (/^[.~]|^__proto__$|\.(tmp|part)$/.test(name) ? [] : name))
    .sort();
  const files: Record<string, SeenFile | null> = {};
  const there = new Set(names);
  for (const name of Object.keys(state.files)) if (!there.has(name)) files[name] = null;
  for (const name of names.slice(-mostFiles)) {
    const found = await stat(join(from, name)).catch(() => undefined);
    if (found?.isFile() !== true || found.size === 0) continue;
    const looks = `${found.size}:${found.mtimeMs}:${found.ino}`;
    if (state.files[name]?.looks === looks) continue;
    files[name] = { looks, hash: '' };
    const text = await textOf(join(from, name), found.size).catch(({ code }: NodeJS.ErrnoException) => {
      const why = feedProblem('feed-source-unreadable', { from: shownValue(name), code: code ?? '' });
      files[name] = { looks, hash: '', why };
    });
    // the next one is read all the same
    if (text === undefined) return { events: [], files, more: true, counts: { read: 1, refused: 1 } };
    return { ...(await readTexts([text], pseudonym, mostBroken)), files, more: true };
  }
  if (Object.keys(files).length > 0) return { events: [], files };
  keep(names.length);
  return undefined;
};

/** Of a contact's records the one that was updated last. */
const lastUpdate = (events: readonly string[]): string | undefined =>
  events.reduce<string | undefined>(
    (last, event) =>
      last === undefined || Number.parseInt(event, 10) >= Number.parseInt(last, 10) ? event : last,
    undefined,
  );

export const connect: FeedAdapter = {
  handle: true,
  legsOf: (events) => {
    const leg = lastUpdate(events)?.replace(/^\d+\|/, '') ?? '';
    return leg.startsWith('[') ? recordLegs([leg]) : [];
  },
  again: ({ from }) => (from === '' ? undefined : { cursor: undefined }),
  read: async (ground) => (ground.settings.from === '' ? undefined : readNext(ground)),
};
