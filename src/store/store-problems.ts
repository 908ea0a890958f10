import { problemsOf, type ProblemOf } from '../kernel/errors.ts';
import type { OverrulesMeanwhile } from '../contract/documents/overrule-schema.ts';
import type { PlanMeanwhile } from '../contract/plan-life.ts';
import type { PlanState } from '../contract/plan-states.ts';
import type { Change } from '../kernel/merge-edits.ts';
import type { NoValues } from '../kernel/finding.ts';

/** What can be wrong with a store, its place, or the models beside it, by rule, with what its sentences need. */
export interface StoreProblems {
  'file-exists': NoValues;
  'file-not-kept': NoValues;
  'not-a-folder': NoValues;
  'note-not-readable': NoValues;
  'backup-among-models': NoValues;
  'work-taken-over': NoValues;
  'name-used-twice': NoValues;
  'queue-without-tier': NoValues;
  'half-a-window': NoValues;
  'empty-window': NoValues;
  'shrinkage-above-nine-tenths': { readonly weekday: number; readonly clock: string };
  'transfer-shares-above-one': NoValues;
  'copy-differs': NoValues;
  'workspace-exists': { readonly replaceable: boolean };
  'database-newer': NoValues;
  'database-held': { readonly shared: boolean };
  'database-older': NoValues;
  'file-not-permitted': NoValues;
  'number-not-finite': { readonly table: string; readonly key: string; readonly column: string };
  'work-under-way': { readonly work: 'init' | 'restore' | 'move'; readonly process: number };
  'text-with-nul': { readonly table: string; readonly key: string };
  'already-there': NoValues;
  'database-exists': NoValues;
  'no-workspace': { readonly databaseName: string };
  'made-up-replaced': NoValues;
  'database-damaged': NoValues;
  'database-empty': NoValues;
  'disk-full': NoValues;
  'database-not-writable': NoValues;
  'database-busy': NoValues;
  'database-replaced': NoValues;
  /** `reason`: why no file or folder can be called so. */
  'path-not-possible': { readonly reason: 'too-long' | 'character' };
  'database-unreachable': NoValues;
  'database-login-refused': NoValues;
  'database-missing': NoValues;
  'database-not-permitted': NoValues;
  'postgres-too-old': { readonly wanted: number };
  'model-file-missing': NoValues;
  'hotline-exists': NoValues;
  'hotline-not-named': NoValues;
  'not-a-backup': NoValues;
  'backup-path-outside': NoValues;
  'interval-length-differs': {
    readonly queue: string;
    readonly step: number;
    readonly intervalMinutes: number;
  };
  'published-plans-lost': { readonly plans: readonly string[] };
  'hotline-not-here': { readonly held: readonly string[] };
  'plan-locked': { readonly state: PlanState };
  'plan-step-not-allowed': { readonly state: PlanState; readonly from: readonly PlanState[] };
  'plan-step-wants-reason': NoValues;
  'week-published-already': { readonly week: string };
  'plan-changed-meanwhile': PlanMeanwhile;
  'overrules-changed-meanwhile': OverrulesMeanwhile;
  'note-changed-meanwhile': { readonly version: number; readonly by: string };
  /** What has changed since the version that somebody decided on; null: nobody here knows that version. */
  'model-changed-meanwhile': { readonly version: string; readonly changes: readonly Change[] | null };
  'records-moved': { readonly target: string };
  'lines-share-database': NoValues;
  'too-old-to-copy': NoValues;
  'no-such-person': NoValues;
  'person-name-shared': { readonly users: readonly string[] };
  'person-administers-alone': NoValues;
}

export type StoreProblem = ProblemOf<StoreProblems>;

export const storeProblem = problemsOf<StoreProblems>();
