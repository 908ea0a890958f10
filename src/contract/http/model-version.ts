import { contentHash } from '../../kernel/content-hash.ts';
import type { ModelName } from './model-name.ts';

/** Names a model and what it says: another one as soon as anything in it changes, by whatever hand. What `ETag` says. */
export const modelVersion = async (name: ModelName, model: unknown): Promise<string> =>
  `${name}.${(await contentHash(JSON.stringify(model))).slice(0, 16)}`;
