import { findingsOf, type FindingOf, type NoValues } from '../kernel/finding.ts';

/** What use cases have to say, by code, with the values that go with it. */
export interface PlanningFindings {
  /** The part of a gap that no recorded cause explains, as a share. */
  'gap-unexplained': { readonly effect: number };
  'no-test-calls-in-span': NoValues;
}

export type PlanningFinding = FindingOf<PlanningFindings>;

export const planningFinding = findingsOf<PlanningFindings>();
