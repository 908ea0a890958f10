import type { NoAdministrator } from '../access/openid.ts';
import type { ModelName } from '../contract/http/model-name.ts';
import { placelessProblemsOf } from '../kernel/errors.ts';
import { findingsOf, type Bare, type Sayable } from '../kernel/finding.ts';
import type { TrafficRemoved } from '../planning/ports.ts';

/** Which numbers an option takes. */
export interface NumberRange {
  readonly min?: number;
  readonly max?: number;
  /** The minimum itself is not allowed. */
  readonly open?: boolean;
  /** The maximum itself is not allowed. */
  readonly openAbove?: boolean;
  readonly whole?: boolean;
  /** `inf` is allowed. */
  readonly infinite?: boolean;
}

/** What the argument parser refused: its error code, its message, and the options or values named in it. */
export interface WrongUsage {
  readonly refused: string;
  readonly parser: string;
  readonly names: readonly string[];
  /** What the value should have been. */
  readonly wanted: Sayable | null;
  readonly choices: readonly string[];
  /** Names that are spelt alike. */
  readonly near: readonly string[];
}

/** Work that was cut off, and what to give to the command that begins it again. */
export interface BrokenOff {
  readonly work: 'init' | 'restore' | 'move';
  readonly given: string;
}

/** What commands have to say, by code: their answers in a sentence, and wrong usage. */
export interface CliFindings extends Bare<'cli'> {
  'user-invited': { readonly user: string; readonly code: string };
  'user-changed': { readonly user: string };
  'password-set': { readonly user: string };
  'no-such-token': { readonly given: string };
  'token-removed': { readonly id: string };
  'copies-taken': { readonly files: readonly string[] };
  'person-exported': { readonly person: string; readonly file: string };
  'person-erase-asks': { readonly person: string; readonly rows: number };
  'person-erased': { readonly pseudonym: string; readonly removed: number; readonly rewritten: number };
  'sessions-ended': { readonly sessions: number };
  'serving-signed-in': { readonly url: string; readonly code: string | null };
  'no-administrator': NoAdministrator;
  'feeds-found': { readonly feeds: number; readonly live: number };
  'accounts-found': { readonly accounts: number };
  'live-begins': { readonly file: string };
  'live-socket': { readonly address: string };
  'live-written': { readonly file: string; readonly lines: number; readonly entered: number };
  'change-noted': { readonly id: number };
  'no-such-change': { readonly given: string };
  'traffic-removed': TrafficRemoved;
  'traffic-removal-wants-yes': TrafficRemoved;
  'change-taken-back': { readonly id: number };
  'no-such-note': { readonly given: string };
  'no-such-version': { readonly given: string };
  'version-brought-back': { readonly id: number; readonly model: ModelName };
  'note-removed': { readonly id: number };
  'load-beyond-limit': { readonly erlangs: number; readonly most: number };
  'patience-beyond-limit': { readonly handleTimes: number };
  restored: {
    readonly folder: string;
    readonly rows: number;
    readonly shared: { readonly place: string; readonly hotline: string } | null;
  };
  'finished-broken-off': BrokenOff;
  'took-back-broken-off': BrokenOff;
  'no-such-preset': { readonly preset: string; readonly names: readonly string[] };
  'nothing-to-mend': { readonly place: string };
  'rows-to-mend': { readonly place: string; readonly rows: number };
  'rows-mended': { readonly place: string; readonly rows: number };
  serving: { readonly url: string; readonly address: string };
  'report-written': { readonly id: string; readonly week: string; readonly out: string };
  'table-with-csv': { readonly tables: readonly string[] };
  'unknown-answer-ending': { readonly endings: readonly string[] };
  'no-such-roster-change': { readonly number: number; readonly changes: number };
  'no-such-day-action': { readonly id: number };
  'no-such-cycle': { readonly said: string; readonly known: readonly string[] };
  'not-a-duty': { readonly said: string };
  'not-a-pin': { readonly said: string };
  'hours-written': { readonly shown: Sayable };
  'hours-learnt': { readonly shown: Sayable };
  'hours-stated': { readonly inUse: Sayable; readonly shown: Sayable };
  'no-such-schema': { readonly name: string; readonly known: readonly string[] };
  'backed-up': { readonly out: string; readonly rows: number };
  moved: { readonly rows: number; readonly place: string; readonly folder: string; readonly leftAt: string };
  'structure-up-to-date': { readonly place: string; readonly to: string };
  'structure-updated': { readonly place: string; readonly from: string | null; readonly to: string };
  /** A row that holds a number that is none: what becomes of it. */
  'row-goes': { readonly table: string; readonly key: string; readonly columns: readonly string[] };
  'made-absent': { readonly table: string; readonly key: string; readonly columns: readonly string[] };
  'characters-replaced': {
    readonly table: string;
    readonly key: string;
    readonly columns: readonly string[];
  };
  'rows-left-out': { readonly rows: number; readonly file: string };
  'template-format': { readonly file: string };
  'template-written': { readonly kind: string; readonly file: string };
  'bad-column-option': { readonly fields: readonly string[]; readonly given: string };
  'bad-unit-option': {
    readonly fields: readonly string[];
    readonly units: readonly string[];
    readonly given: string;
  };
  'workspace-made': {
    readonly folder: string;
    readonly models: string;
    readonly zone: string;
    readonly country: string | null;
  };
  'a-number': { readonly range: NumberRange };
  'too-many-values': { readonly most: number };
  'wrong-usage': WrongUsage;
  'disk-free': { readonly gigabytes: number };
  'program-version': { readonly version: string; readonly schema: string; readonly found?: string };
  'store-found': { readonly place: string; readonly schema: string; readonly isSound: boolean };
  'plan-removed': { readonly id: string };
  'no-plan-of-that-id': { readonly id: string };
  /** `seal`: the first characters of the last entry's. */
  'log-found': { readonly entries: number; readonly seal: string };
  'port-free': { readonly port: number };
  'calendar-until': { readonly country: string | null; readonly until: string | null };
}

export const cliFinding = findingsOf<CliFindings>();

/** What can go wrong in front of the use cases: files that were named, the installation, how a command ended. */
export interface CliProblems extends Bare<'cli-problems'> {
  /** `reason`: the operating system's code, empty where it gives none. */
  'file-not-readable': { readonly reason: string };
  'file-not-writable': { readonly reason: string };
  'log-broken': {
    readonly kind: 'altered' | 'removed' | 'inserted';
    readonly number: number;
    readonly entries: number;
  };
  usage: { readonly usage: Sayable };
  'hard-rule': { readonly clash: Sayable };
  internal: { readonly error: string };
  'check-failed': { readonly error: string };
  'old-node': { readonly wanted: number };
  'folder-open-to-others': { readonly folder: string };
  'database-to-update': { readonly found: string };
  'texts-not-writable': { readonly rows: number; readonly first: string };
  'numbers-not-finite': { readonly rows: number; readonly first: string };
  'beyond-loopback': { readonly refused: Sayable };
  'administrator-missing': NoAdministrator;
  'port-taken': { readonly port: number; readonly error: string };
  'calendar-ends': { readonly notice: Sayable };
}

export const cliProblem = placelessProblemsOf<CliProblems>();
