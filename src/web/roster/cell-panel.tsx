import { Button } from 'antd';
import { useMemo } from 'react';
import { inLanguage } from '../../kernel/text.ts';
import type { BrokenRule } from '../../rostering/evaluate/evaluate-roster.ts';
import { Panel } from '../ui/panel.tsx';
import { placeWith } from '../ui/use-place.ts';
import { useSpeech } from '../words/words.tsx';
import {
  absenceOn,
  calledOf,
  type Cell,
  type DraftControl,
  hoursOn,
  type RosterParts,
  saidOf,
} from './roster-draft.ts';

/** Soft rules that a choice names at most, of those that it breaks and of those that it repairs. */
const rulesNamed = 2;

/** The chosen day of a person, always in sight beside the grid: what it may become, at what price, and what to do. */
export const CellPanel = ({
  parts: { document },
  control,
  cell,
  swap,
  ill,
}: {
  readonly parts: RosterParts;
  readonly control: DraftControl;
  readonly cell: Cell;
  readonly swap: (cell: Cell) => void;
  readonly ill: (cell: Cell) => void;
}) => {
  const { say, tell, language, format } = useSpeech();
  const called = calledOf(document);
  const operator = called(document.people[cell.person]?.operator ?? '');
  const date = document.days[cell.day]?.date ?? '';
  const now = control.draft.optionOn(cell.person, cell.day);
  const illness = control.isIll(cell) && now === 0 ? absenceOn(document, cell) : undefined;
  const choices = illness === undefined ? [0, ...document.shifts.map((_, at) => at + 1)] : [];
  /** Duties of a shift on the day that are open, and whether one more would be too many, in the tiers that the person serves. */
  const coverOf = (option: number) => {
    const tiers = control.draft.problem.people[cell.person]?.tiers ?? [];
    const gaps = control.now.gaps.filter(
      ({ day, shift, tier }) => day === cell.day && shift === option - 1 && tiers.includes(tier),
    );
    return {
      isOpen: gaps.some(({ missing }) => missing > 0),
      isFull: gaps.every(({ missing }) => missing <= 0),
      isSpare: gaps.some(({ missing }) => missing < 0),
    };
  };
  const hoursOf = (option: number): number => document.shifts[option - 1]?.hours ?? 0;
  const { draft, turn } = control;
  const { person, day } = cell;
  // `turn` counts the draft's edits.
  const moved = useMemo(
    () =>
      [0, ...document.shifts.map((_, at) => at + 1)].map((option) => draft.rulesMoved(person, day, option)),
    [draft, turn, person, day, document],
  );
  /** Rules by name, each once, the dearest first. */
  const namesOf = (
    rules: readonly Pick<BrokenRule, 'rule' | 'code' | 'isHard' | 'cost'>[] = [],
    isHard = false,
  ): string[] => [
    ...new Set(
      rules
        .filter((one) => one.isHard === isHard)
        .toSorted((one, other) => Math.abs(other.cost) - Math.abs(one.cost))
        .map((one) => tell(saidOf(draft.problem, one))),
    ),
  ];
  /** What a choice that breaks hard rules breaks: what it adds, else what the person's days break already. */
  const hardOf = (option: number): string[] => {
    const added = namesOf(moved[option]?.broken, true);
    const own = control.now.hardBroken.filter(({ people }) => people.includes(person));
    return added.length > 0 ? added : namesOf(own, true);
  };
  /** What a choice does: hours, the duty that it fills or is too many in, the one that it leaves, and rules by name. */
  const reasons = (option: number): string[] => {
    const more = hoursOf(option) - hoursOf(now);
    const shift = document.shifts[now - 1];
    const cover = [
      ...(option === 0 ? [] : coverOf(option).isOpen ? [say('roster.fillsOpen')] : [say('roster.oneMore')]),
      ...(shift === undefined
        ? []
        : [
            say(coverOf(now).isSpare ? 'roster.leavesSpare' : 'roster.leavesOpen', {
              shift: inLanguage(shift.name, language),
            }),
          ]),
    ];
    const { broken, mended } = moved[option] ?? {};
    const hours =
      more === 0
        ? []
        : [say('roster.moreHours', { hours: `${more > 0 ? '+' : '−'}${format.decimal(Math.abs(more))}` })];
    return [
      ...hours,
      ...cover,
      ...namesOf(broken)
        .slice(0, rulesNamed)
        .map((rule) => say('roster.missesRule', { rule })),
      ...namesOf(mended)
        .slice(0, rulesNamed)
        .map((rule) => say('roster.keepsRule', { rule })),
    ];
  };
  return (
    <section
      className="panel cell-dock"
      aria-label={say('roster.cellPanel', { operator, day: format.day(date) })}
    >
      <h2>
        {say('roster.cellPanel', { operator, day: format.day(date) })}{' '}
        {illness === undefined && <small>{say('roster.pick')}</small>}
      </h2>
      {illness !== undefined && (
        <p>
          {say('roster.illSince', illness)}
          {illness.from !== illness.start && ` · ${say('roster.workedBefore', illness)}`}
        </p>
      )}
      <div className="row">
        {illness !== undefined && (
          <Button disabled={control.edited > 0} onClick={() => ill(cell)}>
            {say('roster.notIll')}
          </Button>
        )}
        <Button disabled={control.draft.edits.length === 0} onClick={() => control.undo()}>
          {say('roster.undo')}
        </Button>
        <Button onClick={() => swap(cell)}>{say('roster.swap')}</Button>
        <Button onClick={() => control.pin(cell)}>
          {say(control.isPinned(cell) ? 'roster.unpin' : 'roster.pin')}
        </Button>
        <Button disabled={now === 0 || control.edited > 0} onClick={() => ill(cell)}>
          {say('roster.ill')}
        </Button>
        {now !== 0 && control.edited > 0 && <span className="note">{say('roster.illAfterSaving')}</span>}
      </div>
      <div className="choices">
        {choices.map((option) => {
          const shift = document.shifts[option - 1];
          const delta = option === now ? 0 : control.draft.tryOption(cell.person, cell.day, option);
          return (
            <Button
              key={option}
              type={option === now ? 'primary' : 'default'}
              aria-pressed={option === now}
              onClick={() => control.put(cell, option)}
            >
              <span>{shift === undefined ? say('roster.off') : inLanguage(shift.name, language)}</span>
              {option !== now && (
                <span className={delta === Infinity ? 'short-of' : 'price'}>
                  {delta === Infinity
                    ? [say('roster.breaks'), ...hardOf(option)].join(' · ')
                    : delta === -Infinity
                      ? [say('roster.mends'), ...namesOf(moved[option]?.mended, true)].join(' · ')
                      : reasons(option).join(' · ')}
                </span>
              )}
            </Button>
          );
        })}
      </div>
    </section>
  );
};

/** What a person's period comes to. */
export const BalancePanel = ({
  document,
  control: { draft },
  person,
}: {
  readonly document: RosterParts['document'];
  readonly control: DraftControl;
  readonly person: number;
}) => {
  const { say, format } = useSpeech();
  const own = document.people[person];
  const operator = own?.operator ?? '';
  const options = document.days.map((_, day) => draft.optionOn(person, day));
  const on = options.flatMap((option, day) => {
    const shift = document.shifts[option - 1];
    return shift === undefined ? [] : [{ shift, weekday: document.days[day]?.weekday ?? 1 }];
  });
  const rows = [
    ['roster.hours', format.decimal(hoursOn(document, person, options))],
    ['roster.contract', format.decimal(((own?.contractHours ?? 0) * document.days.length) / 7)],
    ['roster.duties', format.count(on.length)],
    ['roster.nights', format.count(on.filter(({ shift }) => shift.night).length)],
    ['roster.weekends', format.count(on.filter(({ weekday }) => weekday > 5).length)],
    ['roster.away', format.count(own?.away.length ?? 0)],
  ] as const;
  return (
    <Panel title={`${calledOf(document)(operator)} · ${say('roster.balance')}`}>
      <dl className="balance">
        {rows.map(([key, value]) => (
          <div key={key}>
            <dt>{say(key)}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <a href={placeWith({ view: 'own', operator })}>
        {say('roster.own', { operator: calledOf(document)(operator) })}
      </a>
    </Panel>
  );
};
