import { modelVersion } from '../contract/http/model-version.ts';
import type { ModelName } from '../contract/http/model-name.ts';

/** Some twenty changes of every model: whoever looked at an older one is told that it changed, not what. */
const mostKnown = 200;

/** What models said at the versions that were read here. */
export interface KnownModels {
  note(documents: Iterable<readonly [name: ModelName, document: unknown]>): Promise<void>;
  /** Undefined: it was not read here, or long ago. */
  at(version: string): unknown;
}

export const createKnownModels = (): KnownModels => {
  const known = new Map<string, unknown>();
  return {
    note: async (documents) => {
      for (const [name, document] of documents) {
        if (document === undefined) continue;
        const version = await modelVersion(name, document);
        known.delete(version);
        known.set(version, document);
      }
      for (const oldest of known.keys()) {
        if (known.size <= mostKnown) break;
        known.delete(oldest);
      }
    },
    at: (version) => known.get(version),
  };
};
