import type { RosterDocument, RosterFigures } from '../contract/documents/roster-document.ts';
import type { Language } from '../kernel/text.ts';
import { figuresOf } from '../words/figures.ts';
import { spoken } from '../words/phrases.ts';
import { saidCycle } from '../words/rostering.ts';
import { rosterWords } from '../words/terminal.ts';
import { terminalRows } from './terminal-table.ts';

export const rosterFigures = (roster: RosterDocument): RosterFigures => {
  const unfair = roster.broken.filter(({ rule }) => rule === 'fair-share');
  const rates = roster.projection.flatMap(({ roster: rate }) => (rate === null ? [] : [rate]));
  return {
    id: roster.id,
    createdAt: roster.createdAt,
    publishedAt: roster.publishedAt,
    cycle: roster.cycle?.cycle ?? null,
    inTeams: roster.cycle?.teams.reduce((sum, { operators }) => sum + operators.length, 0) ?? 0,
    people: roster.people.length,
    cost: roster.cost.total,
    openDuties: roster.uncovered.reduce((sum, { operators }) => sum + operators, 0),
    openHours: roster.uncovered.reduce((sum, { hours }) => sum + hours, 0),
    hardBroken: roster.broken.filter(({ hard }) => hard).length,
    unfair: unfair.length,
    unfairCost: unfair.reduce((sum, { cost }) => sum + cost, 0),
    mostNights: Math.max(0, ...roster.people.map(({ nights }) => nights)),
    mostWeekends: Math.max(0, ...roster.people.map(({ weekends }) => weekends)),
    rates: rates.length === 0 ? [null, null] : [Math.min(...rates), Math.max(...rates)],
  };
};

/** '95.9% – 96.3%', or one figure. */
export const rateSpan = ([lowest, highest]: RosterFigures['rates'], language: Language): string => {
  const { percent } = figuresOf(language);
  const [low, high] = [percent(lowest), percent(highest)];
  return low === high ? low : `${low} – ${high}`;
};

/** Rosters of the same weeks side by side, for the terminal. */
export const comparisonText = (rosters: readonly RosterFigures[], language: Language): string => {
  const words = spoken(rosterWords, language);
  return terminalRows(language, rosters, [
    [words.way, 'text', ({ cycle }) => (cycle === null ? words.free : saidCycle(cycle)[language])],
    [
      words.roster,
      'text',
      ({ id, publishedAt }) => (publishedAt === null ? id : `${id} (${words.isPublished})`),
    ],
    [words.cost, 'number', ({ cost }) => cost],
    [words.missing, 'operators', ({ openDuties }) => openDuties],
    [words.openHours, 'hours:1', ({ openHours }) => openHours],
    [words.hardBroken, 'number:0', ({ hardBroken }) => hardBroken],
    [words.unfair, 'number:0', ({ unfair }) => unfair],
    [words.mostNights, 'number:0', ({ mostNights }) => mostNights],
    [words.mostWeekends, 'number:0', ({ mostWeekends }) => mostWeekends],
    [words.projected, 'text', ({ rates }) => rateSpan(rates, language)],
    [words.inTeams, 'number:0', ({ inTeams }) => inTeams],
  ]);
};
