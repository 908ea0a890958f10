import type { NoAdministrator } from '../access/openid.ts';
import type { ModelName } from '../contract/http/model-name.ts';
import { placelessProblemsOf } from '../kernel/errors.ts';
import { findingsOf, type Sayable } from '../kernel/finding.ts';
import type { TrafficRemoved } from '../planning/ports.ts';
import type { SaidOf } from '../kernel/said-values.ts';

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
export interface CliFindings extends SaidOf<'cli'> {
  'no-administrator': NoAdministrator;
  'traffic-removed': TrafficRemoved;
  'traffic-removal-wants-yes': TrafficRemoved;
  'version-brought-back': { readonly id: number; readonly model: ModelName };
  'load-beyond-limit': { readonly erlangs: number; readonly most: number };
  restored: {
    readonly folder: string;
    readonly rows: number;
    readonly shared: { readonly place: string; readonly hotline: string } | null;
  };
  'finished-broken-off': BrokenOff;
  'took-back-broken-off': BrokenOff;
  moved: { readonly rows: number; readonly place: string; readonly folder: string; readonly leftAt: string };
  /** A row that holds a number that is none: what becomes of it. */
  'row-goes': { readonly table: string; readonly key: string; readonly columns: readonly string[] };
  'a-number': { readonly range: NumberRange };
  'wrong-usage': WrongUsage;
  'program-version': { readonly version: string; readonly schema: string; readonly found?: string };
  /** `seal`: the first characters of the last entry's. */
  'log-found': { readonly entries: number; readonly seal: string };
}

export const cliFinding = findingsOf<CliFindings>();

/** What can go wrong in front of the use cases: files that were named, the installation, how a command ended. */
export interface CliProblems extends SaidOf<'cli-problems'> {
  /** `reason`: the operating system's code, empty where it gives none. */
  'file-not-readable': { readonly reason: string };
  'file-not-writable': { readonly reason: string };
  'log-broken': {
    readonly kind: 'altered' | 'removed' | 'inserted';
    readonly number: number;
    readonly entries: number;
  };
  'texts-not-writable': { readonly rows: number; readonly first: string };
  'numbers-not-finite': { readonly rows: number; readonly first: string };
  'administrator-missing': NoAdministrator;
}

export const cliProblem = placelessProblemsOf<CliProblems>();
