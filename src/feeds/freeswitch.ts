import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { shownValue, UsageError } from '../kernel/errors.ts';
import { compareText } from '../kernel/text.ts';
import { addressOf } from './feed-access.ts';
import type { CameIn, FeedAdapter, Portion, ReadingGround, SeenFile } from './feed-adapter.ts';
import { feedFinding, feedProblem } from './feed-findings.ts';
import { beginningOf, type FileCursor, nextPiece, notThere, openPlain } from './follow-file.ts';
import { callerName, callFault, type Pseudonym } from './queue-log.ts';
import type { Leg } from './resting-calls.ts';
import { fieldsOf, readSwitch, type SwitchDialect } from './switch-socket.ts';

/** What happens to a member of a queue, as it is kept: each says what it knows of the whole. */
const does = { start: 'S', resume: 'R', answer: 'A', end: 'E', ring: 'O' } as const;
type Does = (typeof does)[keyof typeof does];

interface Happened {
  readonly at: number;
  readonly does: Does;
  readonly queue: string;
  /** Seconds since 1970; 0: not said. */
  readonly joined: number;
  readonly answered: number;
  readonly left: number;
  readonly reason: string;
  /** Pseudonyms. */
  readonly operator: string;
  readonly caller: string;
}

const asKept = (each: Happened): string =>
  [
    each.at,
    each.does,
    each.queue,
    each.joined,
    each.answered,
    each.left,
    each.reason,
    each.operator,
    each.caller,
  ].join('|');

const fromKept = (event: string): Happened => {
  const [at, what, queue = '', joined, answered, left, reason = '', operator = '', caller = ''] =
    event.split('|');
  return {
    at: Number(at),
    // written by `asKept`
    does: what as Does,
    queue,
    joined: Number(joined),
    answered: Number(answered),
    left: Number(left),
    reason,
    operator,
    caller,
  };
};

/** True of what is kept of a member, but for those events that say only that it goes on. */
export const isOfMember = (event: string): boolean => /^\d+\|[SRAE]\|/.test(event);

/** Reasons for which somebody leaves a queue who has not hung up. */
const exits = new Set(['TIMEOUT', 'NO_AGENT_TIMEOUT', 'EXIT_WITH_KEY']);

/**
 * The leg of a member of a queue of mod_callcenter, by all that is known of it, in whatever order it came: one who comes back
 * (`resume`) has not left; whoever was bridged was answered, however it ended; one who is cancelled hung up, unless a time
 * limit or a key says otherwise. `isOver`: nothing more is waited for.
 */
export const memberLegs = (events: readonly string[], isOver: boolean): readonly Leg[] => {
  const all = events.filter(isOfMember).map(fromKept);
  const [first] = all;
  if (first === undefined) return [];
  const least = (of: (each: Happened) => number): number =>
    all.reduce((found, each) => (of(each) > 0 && of(each) < found ? of(each) : found), Infinity);
  // what says when it joined knows better than the instant at which it was heard of
  const said = least(({ joined }) => joined);
  const joined = Number.isFinite(said) ? said : least(({ at }) => Math.floor(at / 1000));
  const answered = least((each) => each.answered);
  const latest = (of: Does): Happened | undefined =>
    all
      .filter((each) => each.does === of)
      .reduce<Happened | undefined>(
        (found, each) => (found !== undefined && isAfter(found, each) ? found : each),
        undefined,
      );
  const [end, resume] = [latest(does.end), latest(does.resume)];
  const isAnswered = Number.isFinite(answered);
  const isBack = !isAnswered && end !== undefined && resume !== undefined && resume.at > end.at;
  const last = Math.max(...all.map(({ at }) => at));
  const ended = end === undefined || isBack ? undefined : 1000 * (end.left || Math.floor(end.at / 1000));
  const name = (of: (each: Happened) => string): string =>
    all
      .map(of)
      .filter((each) => each !== '')
      .sort()[0] ?? '';
  const waited = isAnswered ? answered - joined : ended === undefined ? 0 : ended / 1000 - joined;
  const gone = exits.has(end?.reason ?? '') ? 'left' : 'abandoned';
  return [
    {
      queue: first.queue,
      arrivedMillis: joined * 1000,
      outcome: isAnswered ? 'answered' : ended === undefined ? (isOver ? 'left' : undefined) : gone,
      waitSeconds: Math.max(0, waited),
      answeredMillis: isAnswered ? answered * 1000 : undefined,
      endedMillis: ended ?? (isOver ? Math.max(last, joined * 1000) : undefined),
      handleSeconds: isAnswered && ended !== undefined ? Math.max(0, ended / 1000 - answered) : undefined,
      operator: isAnswered ? name((each) => (each.does === does.ring ? '' : each.operator)) : '',
      caller: name((each) => each.caller),
    },
  ];
};

const isAfter = (one: Happened, other: Happened): boolean =>
  one.at > other.at || (one.at === other.at && asKept(one) > asKept(other));

const isPassing = (event: string): boolean => /^\d+\|O\|/.test(event);

const actions: Readonly<Record<string, Does>> = {
  'member-queue-start': does.start,
  'member-queue-resume': does.resume,
  'agent-offering': does.ring,
  'bridge-agent-fail': does.ring,
  'bridge-agent-start': does.answer,
  'bridge-agent-end': does.end,
  'member-queue-end': does.end,
};

/** What an operator's status says of their presence. */
const statuses: Readonly<Record<string, string>> = {
  'Logged Out': 'gone',
  Available: 'ready',
  'Available (On Demand)': 'ready',
  'On Break': 'away',
};

/** Epoch seconds of a field; 0 where it says nothing; NaN where it is none. */
const epochOf = (text = ''): number =>
  text === '' || text === '0' ? 0 : /^\d{9,11}(\.\d+)?$/.test(text) ? Math.floor(Number(text)) : Number.NaN;

const name = (said = ''): string => said.trim().replaceAll('|', ' ');

const made = (key: string, each: Happened): CameIn => {
  const { at, queue, joined, answered, left } = each;
  const fault = callFault(at, queue);
  if (fault !== undefined) return { fault };
  if (key === '' || key.length > 100 || queue.length > 100 || /[\p{Cc}\ufffd]/u.test(key))
    return { fault: 'bad-name' };
  const times = [joined, answered, left].filter((time) => time !== 0);
  if (times.some((time) => callFault(time * 1000, queue) !== undefined)) return { fault: 'bad-time' };
  const longest = Math.max(...times, at / 1000) - Math.min(...times, at / 1000);
  if (longest > 86_400) return { fault: 'bad-duration' };
  const began = joined === 0 ? at : joined * 1000;
  return { key: `member ${key}`, at, began, event: asKept(each), queue };
};

/** An event `callcenter::info`; of callers and operators nothing is kept but pseudonyms. */
export const readInfo = (fields: ReadonlyMap<string, string>, now: number, pseudonym: Pseudonym): CameIn => {
  const of = (field: string): string => fields.get(field) ?? '';
  const action = of('cc-action');
  const stamp = Number(of('event-date-timestamp')) / 1000;
  const heard = callFault(stamp, 'q') === undefined ? Math.floor(stamp) : now;
  const hidden = (said: string): string => (said === '' ? '' : pseudonym(said));
  if (action === 'agent-status-change' || action === 'agent-state-change') {
    const status = statuses[of('cc-agent-status')];
    if (action === 'agent-state-change' || status === undefined || of('cc-agent') === '')
      return { passed: action };
    return {
      key: `operator ${hidden(of('cc-agent'))}`,
      at: heard,
      began: heard,
      event: `${heard}|${status}|`,
      queue: '',
    };
  }
  const what = Object.hasOwn(actions, action) ? actions[action] : undefined;
  if (what === undefined) return action === '' ? { fault: 'bad-event' } : { passed: action };
  const isEnd = what === does.end;
  const [joined, answered, left] = [
    epochOf(of('cc-member-joined-time')),
    what === does.answer || isEnd ? epochOf(of('cc-agent-answered-time')) : 0,
    isEnd ? epochOf(of('cc-member-leaving-time') || of('cc-bridge-terminated-time')) : 0,
  ];
  const at = left > 0 ? left * 1000 : what === does.answer && answered > 0 ? answered * 1000 : heard;
  // the instant that is told with it stays the same however often and whenever it is told
  const isAnswer = what === does.answer || of('cc-cause') === 'Terminated';
  return made(of('cc-member-uuid') || of('cc-member-session-uuid'), {
    at,
    does: what,
    queue: name(of('cc-queue')),
    joined,
    answered: isAnswer || action === 'bridge-agent-end' ? answered : 0,
    left,
    reason: isEnd ? eventName(of('cc-cancel-reason')) : '',
    operator: what === does.start ? '' : hidden(of('cc-agent')),
    caller: hidden(callerName(of('cc-member-cid-number'))),
  });
};

/** A word of the switchboard that is shown as it is; anything else may be somebody's number. */
const eventName = (text: string): string =>
  /^[A-Za-z][\w-]{0,39}$/.test(text) && !/\d{6}/.test(text) ? text : '';

/** A call detail record of a member's channel: what became of it in the queue that it was in last. */
export const readRecord = (fields: ReadonlyMap<string, string>, pseudonym: Pseudonym): CameIn => {
  const of = (field: string): string => fields.get(field) ?? '';
  const queue = name(of('cc_queue'));
  // other calls of the switchboard, and the legs of operators
  if (queue === '' || of('cc_side') === 'agent') return { passed: 'no-queue' };
  const [joined, answered, terminated, canceled] = [
    'cc_queue_joined_epoch',
    'cc_queue_answered_epoch',
    'cc_queue_terminated_epoch',
    'cc_queue_canceled_epoch',
  ].map((field) => epochOf(of(field))) as [number, number, number, number];
  if (joined === 0 || Number.isNaN(joined + answered + terminated + canceled)) return { fault: 'bad-time' };
  const left = Math.max(answered > 0 ? terminated : canceled, 0) || epochOf(of('end_epoch'));
  if (!(left >= joined && (answered === 0 || (answered >= joined && left >= answered))))
    return { fault: 'bad-time' };
  const hidden = (said: string): string => (said === '' ? '' : pseudonym(said));
  const reason = answered > 0 ? '' : eventName(of('cc_cancel_reason'));
  return made(of('cc_member_uuid') || of('cc_member_session_uuid') || of('uuid'), {
    at: left * 1000,
    does: does.end,
    queue,
    joined,
    answered,
    left,
    reason,
    operator: answered > 0 ? hidden(of('cc_agent')) : '',
    caller: hidden(callerName(of('caller_id_number'))),
  });
};

/** Columns of a CSV file without headings, as the template in the guide writes them. */
const templateColumns =
  'cc_member_uuid cc_queue cc_side cc_queue_joined_epoch cc_queue_answered_epoch cc_queue_terminated_epoch cc_queue_canceled_epoch cc_cancel_reason cc_agent caller_id_number'.split(
    ' ',
  );

interface CdrCursor {
  /** How far each growing file was read, and the headings of those that have some. */
  readonly files: Readonly<Record<string, FileCursor>>;
  readonly headings: Readonly<Record<string, readonly string[]>>;
  /** Up to when files of one record each were written, and those of that instant. */
  readonly since: number;
  readonly names: readonly string[];
  /** First and last end of a call. */
  readonly span: readonly [number, number] | null;
}

const noCursor: CdrCursor = { files: {}, headings: {}, since: 0, names: [], span: null };
/** Files of one record each that are read at once. */
const mostFiles = 2000;
const [largestRecord, mostVariables] = [1_000_000, 2_000];
/** Files that are known to have been read, by what is open for a feed: they are not looked at again. */
const doneOf = new WeakMap<ReadingGround['held'], Set<string>>();
/** A file that was written to within this time may be under way. */
const youngMillis = 250;

interface RecordsRead {
  readonly events: readonly CameIn[];
  readonly cursor: CdrCursor;
  readonly more: boolean;
  readonly broken: boolean | 'after-copy';
  readonly files: NonNullable<Portion['files']>;
  readonly stored: () => void;
}

/** Growing files as they stand: whatever is renamed before the first look is read by then. */
const beginRecords = async (folder: string): Promise<CdrCursor> => {
  const names = await namesIn(folder).catch(() => []);
  const files: Record<string, FileCursor> = {};
  for (const file of names.filter((each) => each.endsWith('.csv')))
    files[file] = (await beginningOf(join(folder, file))) ?? notThere;
  return { ...noCursor, files };
};

/** Names of files alone: no links, which may lead anywhere, and no folders. */
const namesIn = async (folder: string): Promise<readonly string[]> =>
  (await readdir(folder, { withFileTypes: true }))
    .filter((entry) => entry.isFile() && entry.name !== '__proto__')
    .map(({ name }) => name)
    .sort();

const unreadable = (file: string, code: string): SeenFile => ({
  looks: code,
  hash: '',
  why: feedProblem('feed-source-unreadable', { from: shownValue(file), code }),
});

/** A line of names alone; a record has times and ids, whatever a caller calls themselves. */
const isHeading = (cells: readonly string[]): boolean =>
  cells.includes('cc_queue') &&
  cells.includes('cc_queue_joined_epoch') &&
  cells.every((cell) => /^[A-Za-z_]\w*$/.test(cell));

/** What a folder of call detail records has got since: lines of growing CSV files, and JSON files of one call each. */
const readRecords = async (folder: string, ground: ReadingGround): Promise<RecordsRead | undefined> => {
  const cursor = { ...noCursor, ...(ground.state.cursor as CdrCursor | undefined) };
  const names = await namesIn(folder);
  const events: CameIn[] = [];
  /** Files that cannot be read, and those that can be again. */
  const unread: Record<string, SeenFile | null> = {};
  for (const file of Object.keys(ground.state.files)) if (!names.includes(file)) unread[file] = null;
  const [files, headings] = [{ ...cursor.files }, { ...cursor.headings }];
  let [more, broken, moved]: [boolean, RecordsRead['broken'], boolean] = [false, false, false];
  for (const file of names.filter((each) => each.endsWith('.csv'))) {
    const before = files[file] ?? (ground.state.cursor === undefined ? undefined : notThere);
    const piece = await nextPiece(join(folder, file), before, ground.pieceBytes, names).catch(
      ({ code = '' }: NodeJS.ErrnoException) => void (unread[file] = unreadable(file, code)),
    );
    if (piece === undefined) continue;
    if (ground.state.files[file] !== undefined) unread[file] = null;
    if (piece.cursor.offset !== before?.offset || piece.cursor.inode !== before.inode) moved = true;
    files[file] = piece.cursor;
    more ||= piece.more;
    broken ||= piece.broken;
    for (const line of piece.lines) {
      const cells = parseCsvRow(line.replace(/^\uFEFF/, ''));
      if (isHeading(cells)) headings[file] = cells;
      else events.push(readCells(headings[file] ?? templateColumns, cells, ground.pseudonym));
    }
    for (let i = 0; i < piece.endless; i += 1) events.push({ fault: 'line-without-end' });
  }
  const whole = await wholeFiles(folder, names, cursor, ground);
  for (const { file, isLong } of whole.files)
    events.push(
      isLong ? { fault: 'line-without-end' } : await readJson(join(folder, file), ground.pseudonym),
    );
  const isNews = Object.entries(unread).some(
    ([file, seen]) => (ground.state.files[file]?.looks ?? '') !== (seen?.looks ?? ''),
  );
  if (!moved && !isNews && events.length === 0) {
    whole.pass();
    return undefined;
  }
  const ends = events.flatMap((each) => ('at' in each ? each.at : []));
  const all = [...ends, ...(cursor.span ?? [])];
  const span = all.length === 0 ? null : ([Math.min(...reduced(all)), Math.max(...reduced(all))] as const);
  const { since, names: seen } = whole;
  return {
    events,
    cursor: { files, headings, since, names: seen, span },
    more: more || whole.more,
    broken,
    files: unread,
    // known to have been read once that is stored
    stored: whole.pass,
  };
};

/** The least and the greatest: of many no call could take them all. */
const reduced = (all: readonly number[]): readonly [number, number] => [
  all.reduce((least, each) => Math.min(least, each), Infinity),
  all.reduce((most, each) => Math.max(most, each), -Infinity),
];

/** Files that came, or were written again, since: by an instant that no copying keeps. One that is under way is left. */
const wholeFiles = async (
  folder: string,
  names: readonly string[],
  { since, names: seen }: CdrCursor,
  { isAsked, held }: ReadingGround,
) => {
  const known = new Set(seen);
  const done = doneOf.get(held) ?? new Set();
  doneOf.set(held, done);
  const old: string[] = [];
  const found: { readonly file: string; readonly at: number; readonly isLong: boolean }[] = [];
  const latest = isAsked ? Infinity : Date.now() - youngMillis;
  for (const file of names) {
    if (!file.endsWith('.json') || done.has(file)) continue;
    const looks = await stat(join(folder, file)).catch(() => undefined);
    if (looks?.isFile() !== true || looks.size === 0) continue;
    const at = looks.ctimeMs;
    if (at < since || (at === since && known.has(file))) old.push(file);
    else if (at <= latest) found.push({ file, at, isLong: looks.size > largestRecord });
  }
  const files = found.sort((a, b) => a.at - b.at || compareText(a.file, b.file)).slice(0, mostFiles);
  const last = files.at(-1)?.at ?? since;
  const now = files.filter(({ at }) => at === last).map(({ file }) => file);
  return {
    files,
    more: files.length < found.length,
    since: last,
    names: last === since ? [...seen, ...now] : now,
    pass: () => {
      for (const file of old) done.add(file);
    },
  };
};

const readCells = (columns: readonly string[], cells: readonly string[], pseudonym: Pseudonym): CameIn => {
  if (cells.length < columns.length) return { fault: 'too-few-fields' };
  return readRecord(new Map(columns.map((column, i) => [column, cells[i] ?? ''])), pseudonym);
};

const readJson = async (path: string, pseudonym: Pseudonym): Promise<CameIn> => {
  try {
    const opened = await openPlain(path);
    const text = await opened.readFile('utf8').finally(() => void opened.close());
    const { variables } = JSON.parse(text) as { readonly variables?: unknown };
    if (typeof variables !== 'object' || variables === null) return { fault: 'too-few-fields' };
    const some = Object.entries(variables).slice(0, mostVariables);
    const said = some.map(([field, value]) => [field, decoded(String(value))] as const);
    return readRecord(new Map(said), pseudonym);
  } catch {
    return { fault: 'not-text' };
  }
};

/** A value as it was before it was written for an address; mod_json_cdr and ESL write them so. */
const decoded = (text: string): string => {
  if (!/%[0-9a-f]{2}/i.test(text)) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};

/** Agents and their states out of what `callcenter_config agent list` answers. */
const agentsOf = (body: string): readonly (readonly [agent: string, status: string])[] => {
  const [head = [], ...rows] = body.split(/\r?\n/).map((row) => row.split('|'));
  const [agent, status] = [head.indexOf('name'), head.indexOf('status')];
  return rows.flatMap((row) => (row.length < head.length ? [] : [[row[agent] ?? '', row[status] ?? '']]));
};

const dialect = (pseudonym: Pseudonym, heard: number | null): SwitchDialect => ({
  scheme: 'tcp',
  port: 8021,
  signIn: ({ fields }, _user, password) => {
    const kind = fields.get('content-type');
    if (kind === 'auth/request') return { send: `auth ${password.replaceAll(/[\r\n]/g, '')}\n\n` };
    if (kind === 'text/rude-rejection') return 'refused';
    if (kind !== 'command/reply') return undefined;
    return fields.get('reply-text')?.startsWith('+OK') === true ? 'in' : 'refused';
  },
  begin: 'event plain CUSTOM callcenter::info\n\napi callcenter_config agent list\n\n',
  ping: 'api status\n\n',
  read: readInfos(pseudonym, (heard ?? 0) * 1000),
});

/**
 * Events in their order; who is there when one connects is of the instant at which the next thing is said, and of none before
 * what was heard last (`latest`, microseconds).
 */
const readInfos = (pseudonym: Pseudonym, heard: number): SwitchDialect['read'] => {
  let [latest, standing] = [heard, agentsOf('')];
  return ({ fields, body }, now) => {
    const type = fields.get('content-type');
    if (type === 'api/response' && body.startsWith('name|')) standing = agentsOf(body);
    if (type !== 'text/event-plain') return [];
    const said = fieldsOf(body.split(/\r?\n\r?\n/)[0] ?? '', decoded);
    if (said.get('event-subclass') !== 'callcenter::info') return [];
    latest = Math.max(latest, Number(said.get('event-date-timestamp')) || 0);
    const there = standing.map(
      ([agent, status]) =>
        [
          ['cc-action', 'agent-status-change'],
          ['cc-agent', agent],
          ['cc-agent-status', status],
          ['event-date-timestamp', String(latest)],
        ] as const,
    );
    standing = [];
    return [...there.map((each) => new Map(each)), said].map((each) => readInfo(each, now, pseudonym));
  };
};

/** Call detail records of FreeSWITCH in a folder: CSV files that grow, JSON files of a call each. */
export const freeswitchRecords: FeedAdapter = {
  handle: false,
  legsOf: memberLegs,
  isPassing,
  begin: ({ from }) => beginRecords(from),
  again: () => ({ cursor: noCursor }),
  read: (ground) => readRecords(ground.settings.from, ground),
};

/** Events of mod_callcenter over its socket, and the records of the same calls where the switchboard writes some. */
export const freeswitchEvents: FeedAdapter = {
  handle: false,
  legsOf: memberLegs,
  isPassing,
  check: ({ from }) => {
    const address = addressOf(from, 'tcp');
    if (address.hostname === '-' || !/^(tcp|tls):$/.test(address.protocol))
      throw new UsageError(feedFinding('feed-wants-address', { kind: 'esl', like: 'host:8021' }));
    if (address.password !== '') throw new UsageError(feedFinding('feed-password-shown'));
  },
  begin: async ({ history }) => (history === undefined ? undefined : beginRecords(history)),
  read: async (ground) => {
    const { history } = ground.settings;
    const spoken = dialect(ground.pseudonym, ground.state.watermark);
    if (history === undefined) return readSwitch(spoken, ground);
    return readSwitch(spoken, ground, async () => {
      const read = await readRecords(history, ground);
      if (read === undefined) return undefined;
      const [from, to] = read.cursor.span ?? [0, 0];
      return { ...read, covers: [{ from, to }] };
    });
  },
};

/** Cells of a line of CSV; one that breaks off within quotes ends with the line. */
const parseCsvRow = (line: string): string[] => {
  const cells: string[] = [];
  for (let at = 0; at <= line.length;) {
    if (line[at] !== '"') {
      const end = line.indexOf(',', at);
      cells.push(line.slice(at, end < 0 ? undefined : end));
      if (end < 0) break;
      at = end + 1;
      continue;
    }
    let cell = '';
    for (at += 1; at < line.length; at += 1) {
      if (line[at] !== '"') cell += line[at];
      else if (line[at + 1] === '"') cell += line[(at += 1)];
      else break;
    }
    cells.push(cell);
    const end = line.indexOf(',', at);
    if (end < 0) break;
    at = end + 1;
  }
  return cells;
};
