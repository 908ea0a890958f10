import { useLayoutEffect, useRef } from 'react';
import type { DayDocument, RestFigures, Signal } from '../../contract/documents/day-document.ts';
import type { DayFindings } from '../../intraday/day-findings.ts';
import { awaitedOf } from '../../render/day-tables.ts';
import { Figure } from '../ui/panel.tsx';
import { wholeCallers } from '../../words/day.ts';
import { useSpeech } from '../words/words.tsx';
import {
  aheadIn,
  clockOf,
  type DayPart,
  gapsSaid,
  headlineOf,
  isInDanger,
  Sentence,
  signs,
  sumOf,
  useNames,
} from './day-parts.tsx';

/** How far ahead the wall looks, and how many actions it has room for. */
const aheadMillis = 2 * 3_600_000;
const mostShown = 3;

type Shown = Pick<DayDocument['actions'][number], 'kind' | 'tier' | 'queue' | 'who' | 'from' | 'to' | 'said'>;

const instant = (clock: string): number => Date.parse(`${clock}Z`);

/**
 * What the room is to know of a day's actions: those taken that are under way or begin soon, and of what could be taken the
 * best, unless somebody took it back today. Who is asked to stay is nobody else's business.
 */
export const boardActions = ({
  asOf,
  taken,
  actions,
}: Pick<DayDocument, 'asOf' | 'taken' | 'actions'>): {
  readonly underway: readonly Shown[];
  readonly next: Shown | undefined;
} => {
  const now = instant(asOf);
  const given = taken.filter(({ action }) => action.who.length === 0);
  const isDecided = (one: Shown): boolean =>
    given.some(
      ({ action: { kind, tier, queue, from, to } }) =>
        kind === one.kind && tier === one.tier && queue === one.queue && from < one.to && one.from < to,
    );
  return {
    underway: given
      .filter(
        ({ state, action: { from, to } }) =>
          state === 'taken' && instant(to) > now && instant(from) <= now + aheadMillis,
      )
      .map(({ action }) => action)
      .toSorted((a, b) => a.from.localeCompare(b.from)),
    next: actions.find((action) => action.chosen && action.who.length === 0 && !isDecided(action)),
  };
};

/** From this width on it hangs on a wall, where nobody scrolls. */
const wallWidth = 1000;
const [leastOfSize, sizeStep] = [0.3, 0.04];
const mostLines = 2;

/** Sets what hangs on a wall as large as it fits the screen, and its sentence on two lines. */
const fitWall = (board: HTMLElement): void => {
  const shrink = (size: string, isTooLarge: () => boolean): void => {
    board.style.setProperty(size, '1');
    if (window.innerWidth < wallWidth) return;
    for (let share = 1 - sizeStep; share >= leastOfSize && isTooLarge(); share -= sizeStep)
      board.style.setProperty(size, share.toFixed(2));
  };
  const said = board.querySelector<HTMLElement>('.day-said .ant-alert-title');
  board.style.setProperty('--fit', '1');
  shrink('--said', () => {
    if (said === null) return false;
    return said.offsetHeight > (mostLines + 0.5) * Number.parseFloat(getComputedStyle(said).lineHeight);
  });
  shrink('--fit', () => document.documentElement.scrollHeight > window.innerHeight);
};

type Said = Partial<DayFindings['day-signal']>;

const mostSignals = 2;
const byGravity: readonly Signal['kind'][] = [
  'outage',
  'late-source',
  'more-calls',
  'longer-calls',
  'fewer-operators',
  'fewer-calls',
];
const worstFirst = (signals: readonly Signal[]): Signal[] =>
  signals.toSorted((a, b) => byGravity.indexOf(a.kind) - byGravity.indexOf(b.kind));

/** From under this chance on a target is missed, not likely to be. */
const surelyMissed = 0.01;

/** What becomes of the day's targets. */
export const outlookOf = (total: RestFigures): 'Both' | 'Sure' | 'Missed' | 'Met' => {
  const chances = Object.values(total.chances).filter((chance) => chance !== null);
  const missed = chances.filter((chance) => chance < surelyMissed).length;
  if (missed > 0) return missed === chances.length && missed > 1 ? 'Both' : 'Sure';
  return isInDanger(total) ? 'Missed' : 'Met';
};

/** For the wall of the room: few words and figures, read from five metres. */
export const Board = ({ day, workspace }: DayPart) => {
  const { say, tell, format } = useSpeech();
  const nameOf = useNames(workspace);
  const { total } = day.restOfDay;
  const { starts, tiers } = day.intervals;
  const ahead = aheadIn(day, 2);
  const calls = sumOf(day.intervals);
  const callers = day.callBacks === null ? undefined : wholeCallers(day.callBacks.queues).total;
  const { underway, next } = boardActions(day);
  const wall = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const fit = (): void => {
      if (wall.current !== null) fitWall(wall.current);
    };
    fit();
    // Fonts, and what stands above.
    const watch = new ResizeObserver(fit);
    for (const element of document.querySelectorAll('header, .title, .wallboard table'))
      watch.observe(element);
    window.addEventListener('resize', fit);
    return () => {
      watch.disconnect();
      window.removeEventListener('resize', fit);
    };
  });
  const hasTarget = Object.values(total.chances).some((chance) => chance !== null);
  const { lately = null, lost = null, caughtUpTo: until = null } = headlineOf(day) ?? {};
  const isBlind = until !== null || day.signals.some(({ kind }) => kind === 'late-source');
  const shown = worstFirst(day.signals).slice(0, mostSignals);
  const surge = (share: number | null, clock: string): string =>
    say('today.boardSurge', { more: format.percent(share, 0), clock });
  const seen = [
    ...(until === null ? [] : [say('today.catchingUp', { clock: until })]),
    ...(lately === null
      ? []
      : [
          say('today.boardLately', {
            ...lately,
            more: format.percent(lately.came / lately.planned - 1, 0),
          }),
        ]),
    ...shown.map(({ kind, queue, since, factor, said }) => {
      // Since when nobody calls is more than a kind.
      if (kind === 'late-source' && 'values' in said && typeof (said.values as Said).missed === 'number')
        return tell(said);
      const clock = clockOf(since);
      // Within a sentence.
      const values = { kind: say(`today.kind.${kind}`).replace(/^./, (first) => first.toLowerCase()), clock };
      if (queue !== null) return say('today.boardSeenIn', { ...values, queue: nameOf(queue) });
      const { counted } = 'values' in said ? (said.values as Said) : {};
      if (counted !== undefined)
        return say('today.boardFewer', {
          present: format.count(counted.present),
          rostered: format.count(counted.rostered),
          clock,
        });
      if (kind === 'fewer-operators' && factor !== null)
        return say('today.boardInferred', { less: format.percent(1 - factor, 0), clock });
      return kind === 'more-calls' && factor !== null
        ? surge(factor - 1, clock)
        : say('today.boardSeen', values);
    }),
    ...(lost === null ? [] : [say('today.boardLost', lost)]),
    ...gapsSaid(day, say),
  ];
  const awaited = awaitedOf(day);
  const text = [
    ...(seen.length > 0 ? seen : [say('today.boardAsPlanned')]),
    ...(isBlind || !hasTarget
      ? []
      : [
          say(`today.board${outlookOf(total)}`, {
            chance: format.chance(Math.min(...Object.values(total.chances).map((chance) => chance ?? 1))),
          }),
        ]),
    ...(awaited > 0 ? [say('today.awaited', { n: awaited })] : []),
  ].join(say('list.semicolon'));
  const toneOf = (rate: 'connectionRate' | 'serviceLevel') => {
    const chance = total.chances[rate];
    return chance === null ? 'plain' : chance < 0.5 ? 'bad' : 'good';
  };
  const operators = (i: number, field: 'rostered' | 'expected'): number =>
    tiers.reduce((sum, tier) => sum + (tier[field][i] ?? Number.NaN), 0);
  return (
    <div className="wallboard" ref={wall}>
      <Sentence day={day} said={say('today.boardSaid', { clock: clockOf(day.asOf), seen: text })} />
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
          value={format.count(callers?.toCall)}
          words={
            callers === undefined
              ? undefined
              : say('today.lostSoFar', {
                  calls: callers.calls,
                  calledAgain: callers.calledAgain,
                  willCallAgain: callers.willCallAgain,
                })
          }
        />
      </div>
      {/* The sentence has the worst two. */}
      {worstFirst(day.signals)
        .slice(mostSignals, 2 * mostSignals)
        .map((signal) => (
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
            <th scope="row">{say('today.boardCalls')}</th>
            {ahead.map((i) => (
              <td key={i}>{format.count(calls.expected[i])}</td>
            ))}
          </tr>
          <tr>
            <th scope="row">{say('today.boardOperators')}</th>
            {ahead.map((i) => (
              <td key={i}>
                {say('today.againstPlan', {
                  n: format.count(operators(i, 'expected')),
                  planned: format.count(operators(i, 'rostered')),
                })}
              </td>
            ))}
          </tr>
        </tbody>
      </table>
      {underway.length > 0 && (
        <div className="line todo">
          <small>{say('today.boardUnderway')}</small>
          {underway.slice(0, mostShown).map((action, i) => (
            <p key={i}>{tell(action.said)}</p>
          ))}
          {underway.length > mostShown && (
            <small>{say('today.boardMore', { n: underway.length - mostShown })}</small>
          )}
        </div>
      )}
      {next !== undefined && underway.length < mostShown && (
        <div className="line todo next">
          <small>{say('today.boardNext')}</small>
          <p>{tell(next.said)}</p>
        </div>
      )}
    </div>
  );
};
