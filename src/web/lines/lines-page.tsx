import { Button, Input, Pagination } from 'antd';
import { useMemo, useState } from 'react';
import type { LineEntry } from '../../contract/documents/line-overview.ts';
import { inLanguage } from '../../kernel/text.ts';
import { riskiestLines } from '../../render/lines-order.ts';
import { linePageWords } from '../../words/page/lines.ts';
import { callApi } from '../api/call-api.ts';
import { useLoad } from '../api/use-load.ts';
import { Panel } from '../ui/panel.tsx';
import { LoadedView } from '../ui/states.tsx';
import { useFormat } from '../ui/use-format.ts';
import { addWords, useSpeech } from '../words/words.tsx';
import { LinesTable, type Sorting } from './lines-table.tsx';

addWords(linePageWords);

/** Rows of the table at a time. */
const pageRows = 25;

/** A bureau's home: the lines that whoever looks may see, each at a glance, those most at risk first. */
export const LinesPage = () => {
  const { say } = useSpeech();
  const [loaded, reload] = useLoad('lines', (signal) => callApi('lines', { signal }));
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

const FoundLines = ({ lines }: { readonly lines: readonly LineEntry[] }) => {
  const { say, language } = useSpeech();
  const format = useFormat();
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
