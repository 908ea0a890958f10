import { Button, Input, Pagination } from 'antd';
import { useMemo, useState } from 'react';
import type { LineEntry, LineOverview } from '../../contract/documents/line-overview.ts';
import { inLanguage, type Language } from '../../kernel/text.ts';
import type { Kind } from '../../render/table.ts';
import { lineLabels, linesWithWork, riskiestLines } from '../../render/line-overview.ts';
import { messages } from '../../words/messages.ts';
import { lineHref, rememberLine } from '../api/call-api.ts';
import { useAnswer } from '../api/use-load.ts';
import { Panel } from '../ui/panel.tsx';
import { type Column, type Order, PlainTable, sorted, sortOf } from '../ui/plain-table.tsx';
import { LoadedView } from '../ui/states.tsx';
import { noFigure } from '../../words/figures.ts';
import { type Page, placeHref } from '../ui/use-place.ts';
import { addWords, useSpeech } from '../words/words.tsx';

addWords(messages('page-lines'));

/** Rows of the table at a time. */
const pageRows = 25;

/** A bureau's home: the lines that the reader may see, each at a glance, those most at risk first. */
export const LinesPage = () => {
  const { say } = useSpeech();
  const [loaded, reload] = useAnswer('lines');
  return (
    <>
      <h1>{say('nav.lines')}</h1>
      <Panel
        title={say('lines.title')}
        note={say('lines.note')}
        actions={<Button onClick={reload}>{say('lines.reload')}</Button>}
      >
        <LoadedView loaded={loaded} retry={reload}>
          {({ lines }) => <FoundLines lines={lines} />}
        </LoadedView>
      </Panel>
    </>
  );
};

const FoundLines = ({ lines: all }: { readonly lines: readonly LineEntry[] }) => {
  const lines = useMemo(() => linesWithWork(all), [all]);
  const { say, language, format } = useSpeech();
  const [search, setSearch] = useState('');
  const [sorting, setSorting] = useState<Sorting>();
  const [page, setPage] = useState(1);
  const rows = useMemo(() => {
    const wanted = search.trim().toLocaleLowerCase();
    const found = lines.filter(({ line, name }) =>
      `${line} ${inLanguage(name, language)}`.toLocaleLowerCase().includes(wanted),
    );
    return sorting === undefined ? riskiestLines(found) : sorting.apply(found);
  }, [lines, search, sorting, language]);
  const last = Math.max(1, Math.ceil(rows.length / pageRows));
  const shown = Math.min(page, last);
  const waiting = lines.filter(({ overview }) => overview === null).length;
  return (
    <>
      <div className="row">
        <Input
          type="search"
          allowClear
          style={{ maxWidth: 280 }}
          aria-label={say('lines.search')}
          placeholder={say('lines.search')}
          value={search}
          onChange={(event) => setSearch(event.target.value)}
        />
        <span className="note" role="status">
          {say('lines.found', { n: format.count(rows.length), all: format.count(lines.length) })}
          {waiting > 0 && say('lines.waiting', { n: format.count(waiting) })}
        </span>
      </div>
      <LinesTable
        rows={rows.slice((shown - 1) * pageRows, shown * pageRows)}
        all={lines}
        sorting={sorting}
        sort={(chosen) => {
          setSorting(chosen);
          setPage(1);
        }}
      />
      {last > 1 && (
        <Pagination
          current={shown}
          pageSize={pageRows}
          total={rows.length}
          showSizeChanger={false}
          onChange={setPage}
        />
      )}
    </>
  );
};

/** A column that was pressed, and what it makes of all rows, not only of those in sight. */
interface Sorting extends Order {
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

const LinesTable = ({
  rows,
  all,
  sorting,
  sort,
}: {
  readonly rows: readonly LineEntry[];
  readonly all: readonly LineEntry[];
  readonly sorting: Sorting | undefined;
  readonly sort: (sorting: Sorting | undefined) => void;
}) => {
  const { say, language } = useSpeech();
  const columns = useColumns(language, all);
  return (
    <PlainTable
      label={say('lines.title')}
      rows={rows}
      keyOf={({ line }) => line}
      columns={columns}
      order={sorting}
      sort={(order) => {
        const column = order && columns[order.column];
        const by = column && sortOf(column);
        sort(
          order === undefined || by === undefined
            ? undefined
            : { ...order, apply: (all) => sorted(all, by, order.descends) },
        );
      }}
    />
  );
};

const useColumns = (language: Language, all: readonly LineEntry[]): readonly Column<LineEntry>[] => {
  const labels = useMemo(() => lineLabels(all, language), [all, language]);
  const { say, format } = useSpeech();
  const figure = (
    key: 'days' | 'hours' | 'rate' | 'wape' | 'bias',
    kind: Kind,
    of: (overview: LineOverview) => number | null | undefined,
  ): Column<LineEntry> => [
    say(`lines.${key}`),
    kind,
    ({ overview }) => (overview === null ? null : (of(overview) ?? null)),
    { sorts: true },
  ];
  return [
    [
      say('lines.line'),
      'text',
      ({ line, name }) => (
        <LineLink line={line} page="plan" words={labels.get(line) ?? inLanguage(name, language)} />
      ),
      { sortBy: ({ name }) => inLanguage(name, language) },
    ],
    [
      say('lines.until'),
      'text',
      ({ overview }) => (overview?.lastDate == null ? noFigure : format.date(overview.lastDate)),
      { sortBy: ({ overview }) => overview?.lastDate ?? null },
    ],
    [
      say('lines.plan'),
      'text',
      ({ overview }) =>
        overview?.week == null
          ? noFigure
          : `${overview.week} ${overview.plan === null ? say('lines.noPlan') : messages('plan-state')[overview.plan.state][language]}`,
      { sortBy: ({ overview }) => overview?.plan?.state ?? null },
    ],
    figure('days', 'number:0', ({ risk }) => risk?.days),
    figure('hours', 'number:0', ({ risk }) => risk?.shortHours),
    figure('rate', 'share', ({ risk }) => risk?.connectionRate.mean),
    [
      say('lines.band'),
      'text',
      ({ overview }) =>
        overview?.band == null
          ? noFigure
          : say('lines.bandChance', {
              band: say(`band.${overview.band.band}`),
              chance: format.percent(overview.band.chance, 0),
              hot: format.percent(overview.band.hotChance, 0),
            }),
      {
        sortBy: ({ overview }) =>
          overview?.band == null ? null : bandsFromCold.indexOf(overview.band.band) + overview.band.hotChance,
      },
    ],
    figure('wape', 'share', ({ accuracy }) => accuracy?.wape),
    figure('bias', 'points', ({ accuracy }) => accuracy?.bias),
    [
      say('lines.decide'),
      'text',
      (row) => <Decisions row={row} />,
      { wide: true, sortBy: ({ overview }) => overview?.decisions.length ?? null },
    ],
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
