import { Figure } from '../ui/panel.tsx';
import { useFormat } from '../ui/use-format.ts';
import { useSpeech } from '../words/words.tsx';
import { clockOf, type DayPart, Sentence, signs, sumOf, useNames } from './day-parts.tsx';

/** For the wall of the room: few words and figures, read from five metres. */
export const Board = ({ day, workspace }: DayPart) => {
  const { say, tell } = useSpeech();
  const format = useFormat();
  const nameOf = useNames(workspace);
  const { total } = day.restOfDay;
  const { starts, tiers } = day.intervals;
  const ahead = starts.flatMap((start, i) => (start >= day.asOf ? [i] : [])).slice(0, 4);
  const calls = sumOf(day.intervals.queues);
  // Who is asked to stay is nobody else's business.
  const [next] = day.actions.filter((action) => action.chosen && action.who.length === 0);
  const toneOf = (rate: 'connectionRate' | 'serviceLevel') => {
    const chance = total.chances[rate];
    return chance === null ? 'plain' : chance < 0.5 ? 'bad' : 'good';
  };
  const operators = (i: number, field: 'rostered' | 'expected'): number =>
    tiers.reduce((sum, tier) => sum + (tier[field][i] ?? Number.NaN), 0);
  return (
    <div className="wallboard">
      <Sentence day={day} />
      <div className="big">
        <Figure
          label={say('today.connectionRate')}
          value={format.percent(total.connectionRate.mean)}
          words={say('today.target', { target: format.percent(total.targets.connectionRate, 0) })}
          tone={toneOf('connectionRate')}
        />
        <Figure
          label={say('today.serviceLevel', { n: day.answerTimeThresholdSeconds })}
          value={format.percent(total.serviceLevel.mean)}
          words={say('today.target', { target: format.percent(total.targets.serviceLevel, 0) })}
          tone={toneOf('serviceLevel')}
        />
        <Figure
          label={say('today.toCall')}
          value={format.count(day.callBacks?.toCall)}
          words={say('today.lostSoFar', { n: format.count(total.soFar.abandoned) })}
        />
      </div>
      {/* The sentence has the first two. */}
      {day.signals.slice(2, 4).map((signal) => (
        <p key={`${signal.kind}/${signal.queue ?? ''}`} className="line">
          {signs[signal.kind]} {say(`today.kind.${signal.kind}`)} · {nameOf(signal.queue)} ·{' '}
          {say('today.sinceClock', { clock: clockOf(signal.since) })}
        </p>
      ))}
      <table>
        <thead>
          <tr>
            <th scope="col">{say('today.nextHours')}</th>
            {ahead.map((i) => (
              <th key={i} scope="col">
                {clockOf(starts[i] ?? '')}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          <tr>
            <th scope="row">{say('today.expected')}</th>
            {ahead.map((i) => (
              <td key={i}>{format.count(calls.expected[i])}</td>
            ))}
          </tr>
          <tr>
            <th scope="row">{say('today.operators')}</th>
            {ahead.map((i) => (
              <td key={i}>{format.decimal(operators(i, 'expected'), 0)}</td>
            ))}
          </tr>
        </tbody>
      </table>
      {next !== undefined && <p className="line todo">{tell(next.said)}</p>}
    </div>
  );
};
