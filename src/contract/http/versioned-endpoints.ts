import type { EndpointName } from './endpoints.ts';

/**
 * Writes that are decided on something as it was read. A page that somebody is signed in to must say on which version
 * (`If-Match`, or the roster's `revision`): it shows what may be old by now. A program, and anyone who has this machine to
 * themselves, may leave it out and change what stands.
 */
export const versionedEndpoints: ReadonlySet<EndpointName> = new Set([
  'putModel',
  'putModels',
  'addOverrule',
  'removeOverrule',
  'changeDiaryNote',
  'removeDiaryNote',
  'namePlan',
  'stepPlan',
  'notePlan',
  'removePlan',
  'changeRoster',
  'publishRoster',
]);
