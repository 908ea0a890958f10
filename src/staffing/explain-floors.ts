import type { TiersModel } from '../contract/models/tiers-model.ts';
import { text, type Text } from '../kernel/text.ts';

/** In how many intervals floors keep operators whom no target needs: by tier its own queues' share, and presence. */
export interface FloorsHeld {
  readonly byTier: Int32Array;
  byPresence: number;
}

/** Why a requirement is not the least that its targets need, where it is not. */
export const explainFloors = ({ byTier, byPresence }: FloorsHeld, tiers: TiersModel['tiers']): Text[] => {
  const held = tiers.flatMap(({ name }, k) => {
    const intervals = byTier[k] ?? 0;
    return intervals === 0 ? [] : [{ name, intervals }];
  });
  return [
    ...(held.length === 0
      ? []
      : [
          text(
            `为本队列的来电保留专席（leastOwnShare），所以多于目标所需：${held.map(({ name, intervals }) => `${name['zh-CN']} ${intervals} 个时段`).join('、')}。`,
            `More operators than the targets need are kept for a tier's own queues (leastOwnShare): ${held.map(({ name, intervals }) => `${name.en} in ${intervals} intervals`).join(', ')}.`,
          ),
        ]),
    ...(byPresence === 0
      ? []
      : [
          text(
            `有 ${byPresence} 个时段的人数由最少在岗人数决定，少一人目标仍能成立。`,
            `In ${byPresence} intervals the least presence decides: the targets would hold with one operator fewer.`,
          ),
        ]),
  ];
};
