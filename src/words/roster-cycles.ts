import type { CycleName } from '../contract/roster-cycles.ts';
import type { Label } from './sentences.ts';

/** What rotations are called. */
export const rosterCycleNames: Readonly<Record<CycleName, Label>> = {
  '4-teams-3-shifts': { 'zh-CN': '四班三运转', en: 'Four teams on three shifts' },
  '5-teams-3-shifts': { 'zh-CN': '五班三运转', en: 'Five teams on three shifts' },
  '2-on-2-off': { 'zh-CN': '做二休二', en: 'Two days on, two off' },
};
