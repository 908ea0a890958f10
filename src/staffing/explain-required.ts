import { text, type Text } from '../kernel/text.ts';
import { explainAbsences } from './explain-absences.ts';
import { explainFloors, type FloorsHeld } from './explain-floors.ts';
import { loadFor, pathsUsed, type StaffingRequest } from './staffing-request.ts';

const percent = (share: number): string => `${Math.round(share * 1000) / 10}%`;

/** How the operators were worked out: confidence, what raised them, who stays away, which floors hold. */
export const explainRequired = (request: StaffingRequest, floor: number, floors: FloorsHeld): Text[] => {
  const { targets } = request;
  const paths = pathsUsed(request);
  const reasons = [
    paths > 0
      ? text(
          `每个时段的人数须使各队列的目标在 ${percent(targets.confidence)} 的需求情景中成立（共 ${paths} 条情景）。`,
          `In each interval the operators are enough for every queue's targets in ${percent(targets.confidence)} of ${paths} futures of demand.`,
        )
      : text(
          '人数按确定的平均需求计算。',
          'The operators are worked out for the mean demand, taken as certain.',
        ),
  ];
  if (loadFor(request) === 'high') {
    reasons.push(
      text(
        '通话平均时长超过半个时段，人数按时段内九成时间不超过的负荷计算。',
        'Calls last over half an interval on average, so the operators fit the load that nine tenths of each interval stay within.',
      ),
    );
  }
  if (floor > 0) {
    reasons.push(
      text(
        `为使任意连续 24 小时的接通率达标，各时段的接通率下限提高到 ${percent(floor)}。`,
        `To hold the connection rate over any 24 hours, the floor of every interval was raised to ${percent(floor)}.`,
      ),
    );
  }
  return [
    ...reasons,
    ...explainAbsences(request.tiers, request.demand.horizon, request.absences),
    ...explainFloors(floors, request.tiers),
  ];
};

/** Targets that no number of operators meets, with how many intervals they are in. */
export const explainUnmet = (request: StaffingRequest, length: number): Text[] => {
  if (length === 0) return [];
  const lines = request.trunks < Infinity;
  return [
    text(
      lines
        ? `有 ${length} 个时段无论增加多少座席都达不到目标：线路只有 ${request.trunks} 条。`
        : `有 ${length} 个时段无论增加多少座席都达不到目标。`,
      lines
        ? `In ${length} intervals no number of operators meets the targets: there are only ${request.trunks} lines.`
        : `In ${length} intervals no number of operators meets the targets.`,
    ),
  ];
};
