import { relative } from 'node:path';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Files that take more than fifteen seconds, the longest first, as they were measured: first those in processes of their own. */
const slowFiles = [
  'faults/places',
  'e2e/first-start',
  'faults/cut-off',
  'faults/from-outside',
  'store/commands',
  'faults/fuzz',
  'engine/read-workbook',
  'faults/server',
  'store/left-records',
  'http/maintenance',
  'planning/use-cases',
  'planning/planned-against-simulated',
  'planning/roster-demo',
  'planning/roster-repeats',
  'e2e/cause-what-if',
  'conformance/killed-job-worker',
  'e2e/left-and-back',
  'e2e/journeys',
  'e2e/today',
  'e2e/roster',
  'e2e/random-planner',
  'http/sign-in',
  'planning/roster-keeps-its-plan',
  'planning/act-on-day',
  'e2e/settings',
  'feeds/live-sockets',
  'conformance/shared-jobs',
  'e2e/files',
  'e2e/feeds',
  'e2e/together',
  'http/day',
  'feeds/switchboard-met',
  'store/postgres-store',
  'ingest/long-cells',
  'feeds/hostile-feeds',
  'feeds/watched-folder',
  'planning/bearings',
  'feeds/cloud-feeds',
  'e2e/typed-and-unsaved',
  'feeds/feed-once',
  'e2e/empty',
  'e2e/door',
  'docs/commands',
];

/** Folders whose other files take seconds, the longest first; all others take less. */
const slowFolders = [
  'e2e',
  'faults',
  'planning',
  'feeds',
  'http',
  'conformance',
  'forecast',
  'store',
  'scheduling',
];

/** Starts what takes long before what does not, so that all workers end at about the same time. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification): number => {
      const file = relative(`${import.meta.dirname}/..`, moduleId).replaceAll('\\', '/');
      const among = slowFiles.indexOf(file.replace('.test.ts', ''));
      if (among >= 0) return among;
      const at = slowFolders.indexOf(file.split('/')[0] ?? '');
      return slowFiles.length + (at < 0 ? slowFolders.length : at);
    };
    const sorted = await super.sort(files);
    return sorted.toSorted(
      (one, other) =>
        Number(other.project.config.isolate) - Number(one.project.config.isolate) || rank(one) - rank(other),
    );
  }
}
