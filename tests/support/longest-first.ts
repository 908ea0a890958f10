import { relative } from 'node:path';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Files that take more than twenty seconds, the longest first, as they were measured. */
const slowFiles = [
  'faults/cut-off',
  'planning/use-cases',
  'e2e/journeys',
  'feeds/switchboard-met',
  'feeds/live-sockets',
  'planning/roster-keeps-its-plan',
  'feeds/hostile-feeds',
  'planning/planned-against-simulated',
  'faults/fuzz',
  'e2e/random-planner',
  'feeds/feed-once',
  'planning/roster-demo',
  'e2e/roster',
  'e2e/settings',
  'scheduling/shift-family',
  'faults/places',
  'e2e/by-keyboard',
  'faults/kill',
  'feeds/cloud-feeds',
  'http/sign-in',
  'e2e/today',
  'planning/act-on-day',
  'intraday/actions',
  'conformance/shared-jobs',
  'http/soak',
  'feeds/watched-folder',
  'store/left-log',
  'e2e/typed-and-unsaved',
  'store/postgres-store',
  'faults/from-outside',
  'e2e/files',
  'conformance/killed-job-worker',
];

/** Folders whose other files take seconds, the longest first; all others take less. */
const slowFolders = ['e2e', 'planning', 'conformance', 'faults', 'docs', 'http', 'scheduling', 'store'];

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
