import { findingsOf } from '../kernel/finding.ts';

/** What the demo has to say, by code, with the values that go with it. */
export interface DemoFindings {
  'made-up-zone-changes-clocks': { readonly zone: string };
}

export const demoFinding = findingsOf<DemoFindings>();
