import type { CompareDocument } from '../../contract/documents/compare-document.ts';
import { BandChart } from '../charts/band-chart.tsx';
import { colours } from '../theme.ts';
import { useSpeech } from '../words/words.tsx';

/** Forecast with its 80 % band against what came, per interval. */
export const ActualChart = ({
  forecast: { intervals },
}: {
  readonly forecast: NonNullable<CompareDocument['forecast']>;
}) => {
  const { say } = useSpeech();
  return (
    <BandChart
      label={say('compare.chartLabel')}
      tableLabel={say('compare.intervals')}
      axis={say('compare.axis')}
      starts={intervals.starts}
      curves={[
        { label: say('compare.actual'), values: intervals.actual, colour: colours.actual, counted: true },
        { label: say('compare.forecast'), values: intervals.forecast, colour: colours.primary },
      ]}
      bands={[
        {
          label: say('calls.band80'),
          low: intervals.q10,
          high: intervals.q90,
          lowLabel: say('calls.q10'),
          highLabel: say('calls.q90'),
          colour: colours.band80,
        },
      ]}
    />
  );
};
