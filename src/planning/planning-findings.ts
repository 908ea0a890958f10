import type { LeversModel } from '../contract/models/levers-model.ts';
import { findingsOf, type FindingOf, type NoValues, type Sayable } from '../kernel/finding.ts';

/** What use cases have to say, by code, with the values that go with it. */
export interface PlanningFindings {
  /** The part of a gap that no recorded cause explains, as a share. */
  'gap-unexplained': { readonly effect: number };
  'no-test-calls-in-span': NoValues;

  'no-lever-needed': NoValues;
  /** Levers have nothing to reach: prompts mend none of the calls short, or nothing is asked to be mended. */
  'nothing-for-levers-to-match': {
    readonly callsShort: number;
    readonly targetFrom: 'prompts' | 'share';
  };
  'no-lever-alone-reaches-target': NoValues;
  'cheapest-lever': { readonly lever: Sayable; readonly costPerRecovered: number };
  'levers-out-of-reach': {
    readonly levers: readonly { readonly lever: Sayable; readonly callsShort: number }[];
  };
  'best-mix-found': {
    readonly budget: number;
    readonly parts: readonly { readonly lever: Sayable; readonly level: number }[];
    readonly cost: number;
    readonly recoveredCallers: number;
    readonly callsShort: number;
  };
  'levers-by-formula': NoValues;
  'lever-limits-and-prices': { readonly settings: LeversModel };
  'lever-settings-assumed': { readonly levers: readonly Sayable[] };

  /** A period's test calls beside the switch's connection rate over the same days; null where it is not on record. */
  'test-calls-beside-traffic': {
    readonly from: string;
    readonly to: string;
    readonly days: number;
    readonly testCalls: number;
    readonly connected: number;
    /** 95 % interval of the rate behind the test calls. */
    readonly low: number;
    readonly high: number;
    readonly actual: number | null;
    readonly isWithin: boolean | null;
  };
  /** What of a period could not be compared. */
  'period-in-part': { readonly daysWithoutTraffic: number; readonly testCallsLeftOut: number };
  /** The week of a period that forecast, projection and causes are of. */
  'period-week': { readonly period: string; readonly week: string };
}

export type PlanningFinding = FindingOf<PlanningFindings>;

export const planningFinding = findingsOf<PlanningFindings>();
