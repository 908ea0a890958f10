import { join } from 'node:path';
import type { HotlineModel } from '../contract/models/hotline-model.ts';
import { writeJsonFile } from './workspace-files.ts';

/** Replaces a workspace's models/hotline.json in one step. */
export const saveHotline = (folder: string, hotline: HotlineModel): Promise<void> =>
  writeJsonFile(join(folder, 'models', 'hotline.json'), hotline);
