import type { CompareDocument } from '../../contract/documents/compare-document.ts';
import { shownDifference } from '../../kernel/shown-difference.ts';
import { Panel } from '../ui/panel.tsx';
import { PlainTable } from '../ui/plain-table.tsx';
import { useFormat } from '../ui/use-format.ts';
import { useSpeech } from '../words/words.tsx';

type Calibration = NonNullable<CompareDocument['calibration']>;

/** The projection run on what really came and who really sat there: what is left is the model's own error. */
export const CalibrationPanel = ({ calibration }: { readonly calibration: Calibration }) => {
  const { say } = useSpeech();
  const format = useFormat();
  const rows = [
    {
      name: say('figure.connectionRate'),
      projected: calibration.projectedConnectionRate,
      actual: calibration.actualConnectionRate,
    },
    {
      name: say('compare.abandonShare'),
      projected: calibration.projectedAbandonShare,
      actual: calibration.actualAbandonShare,
    },
    {
      name: say('compare.inTime'),
      projected: calibration.projectedServiceLevel,
      actual: calibration.actualServiceLevel,
    },
  ];
  return (
    <Panel
      title={say('compare.calibration')}
      note={say('compare.calibrationNote', {
        n: format.count(calibration.intervals),
        error: format.percent(calibration.meanAbsoluteError),
      })}
    >
      <PlainTable
        label={say('compare.calibration')}
        rows={rows}
        keyOf={(row) => row.name}
        columns={[
          { key: 'name', head: say('compare.measure'), cell: (row) => row.name },
          {
            key: 'projected',
            head: say('compare.projection'),
            numeric: true,
            cell: (row) => format.percent(row.projected),
          },
          {
            key: 'actual',
            head: say('compare.actual'),
            numeric: true,
            cell: (row) => format.percent(row.actual),
          },
          {
            key: 'gap',
            head: say('compare.gapPoints'),
            numeric: true,
            cell: (row) =>
              format.points(
                row.projected === null || row.actual === null
                  ? null
                  : shownDifference(row.projected, row.actual),
              ),
          },
        ]}
      />
    </Panel>
  );
};
