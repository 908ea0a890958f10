import { findingsOf } from '../kernel/finding.ts';

/** What jobs have to say, by code, with the values that go with it. */
export interface JobFindings {
  /** Of somebody who only asks: others wait for it. */
  'asked-too-long': { readonly minutes: number; readonly seconds: number };
  'no-such-forecast-method': { readonly method: string; readonly methods: readonly string[] };
}

export const jobFinding = findingsOf<JobFindings>();
