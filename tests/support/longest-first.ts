import { relative } from 'node:path';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Folders whose files take seconds to minutes, the longest first; all others take less. */
const slowFolders = ['e2e', 'planning', 'conformance', 'faults', 'docs', 'http', 'scheduling', 'store'];

/** Starts what takes long before what does not, so that all workers end at about the same time. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification): number => {
      const [folder = ''] = relative(`${import.meta.dirname}/..`, moduleId).split(/[\\/]/);
      const at = slowFolders.indexOf(folder);
      return at < 0 ? slowFolders.length : at;
    };
    const sorted = await super.sort(files);
    return sorted.toSorted(
      (one, other) =>
        Number(other.project.config.isolate) - Number(one.project.config.isolate) || rank(one) - rank(other),
    );
  }
}
