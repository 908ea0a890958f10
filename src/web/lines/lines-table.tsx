import type { LineEntry, LineOverview } from '../../contract/documents/line-overview.ts';
import { inLanguage, type Language } from '../../kernel/text.ts';
import { planStateWords } from '../../words/plan-life.ts';
import { lineHref, rememberLine } from '../api/api-address.ts';
import { PlainTable, sorted, type Column, type Order } from '../ui/plain-table.tsx';
import { noFigure, useFormat } from '../ui/use-format.ts';
import { placeHref, type Page } from '../ui/use-place.ts';
import { useSpeech } from '../words/words.tsx';

/** A column that was pressed, and what it makes of all rows, not only of those in sight. */
export interface Sorting extends Order {
  readonly apply: (rows: readonly LineEntry[]) => readonly LineEntry[];
}

const bandsFromCold = ['dead', 'cold', 'warm', 'hot'] as const;

/** Links of a line lead to that line's own pages. */
const LineLink = ({
  line,
  page,
  words,
}: {
  readonly line: string;
  readonly page: Page;
  readonly words: string;
}) => (
  <a href={lineHref(line, placeHref(page))} onClick={() => rememberLine(line)}>
    {words}
  </a>
);

/** Lines, each at a glance. */
export const LinesTable = ({
  rows,
  sorting,
  sort,
}: {
  readonly rows: readonly LineEntry[];
  readonly sorting: Sorting | undefined;
  readonly sort: (sorting: Sorting | undefined) => void;
}) => {
  const { say, language } = useSpeech();
  const columns = useColumns(language);
  return (
    <PlainTable
      label={say('lines.title')}
      rows={rows}
      keyOf={({ line }) => line}
      columns={columns}
      order={sorting}
      sort={(order) => {
        const by = columns.find(({ key }) => key === order?.key)?.sortBy;
        sort(
          order === undefined || by === undefined
            ? undefined
            : { ...order, apply: (all) => sorted(all, by, order.descends) },
        );
      }}
    />
  );
};

const useColumns = (language: Language): readonly Column<LineEntry>[] => {
  const { say } = useSpeech();
  const format = useFormat();
  const figure = (
    key: 'days' | 'hours' | 'rate' | 'wape' | 'bias',
    of: (overview: LineOverview) => number | null | undefined,
    write: (value: number | null) => string,
  ): Column<LineEntry> => {
    const valueOf = ({ overview }: LineEntry): number | null =>
      overview === null ? null : (of(overview) ?? null);
    return {
      key,
      head: say(`lines.${key}`),
      numeric: true,
      cell: (row) => write(valueOf(row)),
      sortBy: valueOf,
    };
  };
  return [
    {
      key: 'name',
      head: say('lines.line'),
      cell: ({ line, name }) => <LineLink line={line} page="plan" words={inLanguage(name, language)} />,
      sortBy: ({ name }) => inLanguage(name, language),
    },
    {
      key: 'until',
      head: say('lines.until'),
      cell: ({ overview }) => (overview?.lastDate == null ? noFigure : format.date(overview.lastDate)),
      sortBy: ({ overview }) => overview?.lastDate ?? null,
    },
    {
      key: 'plan',
      head: say('lines.plan'),
      cell: ({ overview }) =>
        overview?.week == null
          ? noFigure
          : `${overview.week} ${overview.plan === null ? say('lines.noPlan') : planStateWords[overview.plan.state][language]}`,
      sortBy: ({ overview }) => overview?.plan?.state ?? null,
    },
    figure('days', ({ risk }) => risk?.days, format.count),
    figure('hours', ({ risk }) => risk?.shortHours, format.count),
    figure('rate', ({ risk }) => risk?.connectionRate.mean, format.percent),
    {
      key: 'band',
      head: say('lines.band'),
      cell: ({ overview }) =>
        overview?.band == null
          ? noFigure
          : say('lines.bandChance', {
              band: say(`band.${overview.band.band}`),
              chance: format.percent(overview.band.chance, 0),
              hot: format.percent(overview.band.hotChance, 0),
            }),
      sortBy: ({ overview }) =>
        overview?.band == null ? null : bandsFromCold.indexOf(overview.band.band) + overview.band.hotChance,
    },
    figure('wape', ({ accuracy }) => accuracy?.wape, format.percent),
    figure('bias', ({ accuracy }) => accuracy?.bias, format.points),
    {
      key: 'decide',
      head: say('lines.decide'),
      wide: true,
      cell: (row) => <Decisions row={row} />,
      sortBy: ({ overview }) => overview?.decisions.length ?? null,
    },
  ];
};

/** What is to be decided, each a way to where it is; or why the line could not be worked out. */
const Decisions = ({ row: { line, role, overview } }: { readonly row: LineEntry }) => {
  const { say, tell } = useSpeech();
  if (overview === null) return say(role === 'operator' ? 'lines.notYours' : 'lines.notYet');
  if (overview.problem !== null)
    return (
      <span className="wrong">
        {say('lines.broken', {
          why:
            overview.problem.message === undefined ? overview.problem.rule : tell(overview.problem.message),
        })}
      </span>
    );
  if (overview.decisions.length === 0) return say('lines.nothing');
  return (
    <ul className="bare">
      {overview.decisions.map(({ page, said }) => (
        <li key={tell(said)}>
          <LineLink line={line} page={page} words={tell(said)} />
        </li>
      ))}
    </ul>
  );
};
