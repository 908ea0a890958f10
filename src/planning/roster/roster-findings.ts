import type { LabourRule } from '../../contract/models/labour-rules-model.ts';
import type { PlanInput } from '../../contract/plan-life.ts';
import type { PlanState } from '../../contract/plan-states.ts';
import { problemsOf } from '../../kernel/errors.ts';
import { findingsOf, type Sayable } from '../../kernel/finding.ts';
import type { Text } from '../../kernel/text.ts';
import type { SaidOf } from '../../kernel/said-values.ts';

interface SaidRule {
  readonly rule: LabourRule;
}

/** What rosters have to say, by code. */
export interface RosterFindings extends SaidOf<'roster'> {
  'labour-rule': SaidRule;
  /** Hard rules that cannot hold together for somebody, and what each way out costs in the rule's units. */
  'rules-clash': {
    readonly operator: string;
    readonly from: string;
    readonly to: string;
    readonly rules: readonly { readonly rule: Sayable; readonly dates: readonly string[] }[];
    readonly waysOut: readonly {
      readonly rule: Sayable;
      readonly date: string | null;
      readonly units: number;
    }[];
  };
  /** Leave that is asked for; of each day whether the person has a duty, and how many more of the tier can be away. */
  'leave-asked': {
    readonly operator: string;
    readonly from: string;
    readonly to: string;
    readonly tier: Text | null;
    readonly days: readonly {
      readonly date: string;
      readonly onDuty: boolean;
      readonly moreAway: number;
    }[];
  };
  'plan-repeated': { readonly week: string; readonly weeks: readonly string[] };
  /** A week that would have repeated what another has once: the days and the names of it. */
  'week-planned-first': {
    readonly week: string;
    readonly planWeek: string;
    readonly dates: readonly string[];
    readonly events: readonly string[];
  };
  'leave-known-by-name': { readonly shares: readonly { readonly tier: Text; readonly share: number }[] };
  /** Hours of a roster: contracts that are not filled, what the plans keep for leave and what leave takes, and what is short. */
  'contract-hours-left': {
    readonly contract: number;
    readonly rostered: number;
    /** Of those rostered, hours of people beyond their own contract. */
    readonly beyond: number;
    readonly left: number;
    /** The same by the tier that people belong to; older rosters do not say. */
    readonly tiers?: readonly { readonly tier: Text; readonly left: number }[];
    readonly kept: number;
    readonly leave: number;
    readonly short: number;
  };
  /** A plan that a roster fills, as far as it is not what stands: its state, what was changed since, the week's plan by now. */
  'plan-behind': {
    readonly plan: string;
    readonly state: PlanState;
    readonly changed: readonly PlanInput[];
    readonly newer: string | null;
  };
  /** From the rosters published for the days of one made again; what could not be kept by person and day. */
  'carried-over': {
    readonly ill: number;
    readonly changed: number;
    readonly lost: readonly { readonly operator: string; readonly date: string }[];
    /** The last day that is over or under way and stays as it was worked. */
    readonly worked: string | null;
  };
  /** How many days of people a draft would change of what is published, and of them those that are over or under way. */
  'published-differs': { readonly days: number; readonly past: number };
  'cycle-teams': {
    readonly cycle: string;
    readonly teams: number;
    readonly inTeams: number;
    readonly mobile: number;
  };
  'swap-breaks-rules': { readonly rules: readonly RuleBroken[] };
  'change-breaks-rules': { readonly rules: readonly RuleBroken[] };
  'publish-breaks-rules': { readonly rules: readonly RuleBroken[] };
}

interface RuleBroken {
  readonly rule: Sayable;
  readonly times: number;
  readonly operators: readonly string[];
}

export const rosterFinding = findingsOf<RosterFindings>();

/** What can be wrong with what a roster is asked, or with what it is asked of. */
export interface RosterProblems extends SaidOf<'roster-problems'> {
  'demand-without-skilled': { readonly tier: Text };
  'duty-over-by-then': { readonly end: string };
  'published-already': { readonly roster: string; readonly from: string; readonly to: string };
  /** One change that was made since the roster was looked at; a day off has no name, a publication no moves. */
  'roster-changed': {
    readonly at: string;
    readonly why: string;
    readonly by: string | null;
    readonly moves: readonly {
      readonly operator: string;
      readonly date: string;
      readonly before: Text | null;
      readonly after: Text | null;
      /** From when on they are ill; absent where they are not. */
      readonly illFrom?: string | undefined;
    }[];
  };
}
export const rosterProblem = problemsOf<RosterProblems>();
