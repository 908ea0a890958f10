import type { TrafficRecord } from '../kernel/records.ts';

/**
 * The schema as queries see it. Columns bear the records' own names (a Kysely plugin turns them into
 * snake_case); instants are epoch milliseconds, booleans 0 or 1, lists and documents JSON text. Every table, key
 * and query begins with the hotline whose row it is, so that one database can hold, and spread, many.
 */
export interface Tables {
  /** The hotlines of this database, with the last numbers given out. Anyone who writes a hotline holds its row. */
  lines: { hotlineKey: string; lastOverrule: number; lastSaved: number };
  traffic: { hotlineKey: string } & RowOf<TrafficRecord>;
  plans: {
    hotlineKey: string;
    id: string;
    week: string;
    createdAt: string;
    saved: number;
    document: string;
    world: Uint8Array | null;
    /** State, steps and notes as JSON; none: a draft that nobody has touched. */
    life: string | null;
    frozen: Uint8Array | null;
  };
  rosters: {
    hotlineKey: string;
    id: string;
    from: string;
    to: string;
    createdAt: string;
    publishedAt: string | null;
    saved: number;
    document: string;
  };
  rosterChanges: { hotlineKey: string; id: number; roster: string; at: string; document: string };
  dayActions: {
    hotlineKey: string;
    id: number;
    date: string;
    document: string;
    /** The roster as it was stored before, and the digest of what was stored in its place. */
    before: string | null;
    after: string | null;
  };
  audit: { hotlineKey: string; number: number; atMillis: number; entry: string; seal: string };
  auditEnds: { hotlineKey: string; side: 'head' | 'start'; number: number; seal: string };
  diary: { hotlineKey: string; id: number; date: string; version: number; document: string };
  earlierModels: { hotlineKey: string; id: number; model: string; atMillis: number; document: string };
  overrules: {
    hotlineKey: string;
    id: number;
    queue: string | null;
    date: string;
    from: string | null;
    to: string | null;
    factor: number | null;
    calls: number | null;
    reason: string;
    author: string;
  };
  results: { hotlineKey: string; key: string; value: Uint8Array; bytes: number; saved: number };
  facts: { hotlineKey: string; fact: string; value: string };
  feeds: { hotlineKey: string; name: string; settings: string; state: string | null; version: number };
  feedCalls: {
    hotlineKey: string;
    feed: string;
    call: string;
    firstMillis: number;
    lastMillis: number;
    events: string;
  };
  /** Accounts and their sessions belong to no hotline: their key is empty. */
  accounts: {
    hotlineKey: string;
    user: string;
    id: string;
    name: string;
    password: string | null;
    disabled: number;
    createdMillis: number;
    invitation: string | null;
    invitationEndsMillis: number | null;
    openid: string | null;
    home: string | null;
  };
  roles: { hotlineKey: string; user: string; role: string; operator: string | null };
  sessions: {
    hotlineKey: string;
    id: string;
    user: string;
    createdMillis: number;
    seenMillis: number;
    endsMillis: number;
  };
  apiTokens: {
    hotlineKey: string;
    id: string;
    user: string;
    name: string;
    hash: string;
    scope: string;
    createdMillis: number;
    endsMillis: number;
    usedMillis: number | null;
  };
}

/** A record as a row: what it lacks is null. */
type RowOf<Row> = { [Name in keyof Row]-?: object extends Pick<Row, Name> ? Row[Name] | null : Row[Name] };
