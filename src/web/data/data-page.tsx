import { useState } from 'react';
import type { PageProps } from '../page-props.ts';
import { callApi } from '../api/call-api.ts';
import { useLoad } from '../api/use-load.ts';
import { Panel } from '../ui/panel.tsx';
import { PlainTable } from '../ui/plain-table.tsx';
import { useFormat } from '../ui/use-format.ts';
import { settingsPageWords } from '../../words/page/settings-words.ts';
import { nameFields } from '../../words/ingest/field-name.ts';
import { fieldWords } from '../../words/page/fields.ts';
import { addWords, useSpeech } from '../words/words.tsx';
import { DropFile } from './drop-file.tsx';
import { FileGuide } from './file-guide.tsx';
import { ChosenFiles, keyOf } from './chosen-files.tsx';
import { QualityPanel } from './quality-panel.tsx';

addWords(settingsPageWords);
nameFields(fieldWords);

/** Bring files in, see what the workspace holds. */
export const DataPage = ({ workspace, reload }: PageProps) => {
  const { say } = useSpeech();
  const [files, setFiles] = useState<readonly File[]>([]);
  const [imports, setImports] = useState(0);
  const hasTraffic = workspace.traffic.length > 0;
  const [report, retry] = useLoad(`data ${imports} ${JSON.stringify(workspace.traffic)}`, (signal) =>
    hasTraffic ? callApi('dataReport', { signal }) : Promise.resolve(undefined),
  );
  const refusals = report.state === 'ready' ? report.value?.refusals : undefined;
  return (
    <>
      <div className="row title">
        <h1>{say('nav.data')}</h1>
      </div>
      <Panel title={say('data.drop')} note={say('data.dropNote')}>
        <DropFile take={setFiles} />
        {files.length === 0 ? (
          <FileGuide open={workspace.traffic.length === 0} />
        ) : (
          <ChosenFiles
            key={files.map(keyOf).join(' ')}
            files={files}
            workspace={workspace}
            reload={() => {
              setImports(imports + 1);
              reload();
            }}
            refusals={refusals}
          />
        )}
      </Panel>
      <TrafficSummary workspace={workspace} />
      {hasTraffic && <QualityPanel report={report} retry={retry} />}
    </>
  );
};

const TrafficSummary = ({ workspace }: Pick<PageProps, 'workspace'>) => {
  const { say, tell } = useSpeech();
  const format = useFormat();
  const nameOf = (key: string): string => {
    const queue = workspace.hotline.queues.find((each) => each.queue === key);
    return queue === undefined ? key : tell(queue.name);
  };
  return (
    <Panel
      title={say('data.summary')}
      note={workspace.traffic.length === 0 ? say('data.nothing') : undefined}
    >
      {workspace.traffic.length > 0 && (
        <PlainTable
          label={say('data.summary')}
          rows={workspace.traffic}
          keyOf={(row) => row.queue}
          columns={[
            { key: 'queue', head: say('calls.queue'), cell: (row) => nameOf(row.queue) },
            { key: 'from', head: say('data.from'), numeric: true, cell: (row) => format.date(row.firstDate) },
            { key: 'to', head: say('data.to'), numeric: true, cell: (row) => format.date(row.lastDate) },
            {
              key: 'step',
              head: say('data.step'),
              numeric: true,
              cell: (row) => format.count(row.intervalMinutes),
            },
            { key: 'rows', head: say('data.rows'), numeric: true, cell: (row) => format.count(row.rows) },
          ]}
        />
      )}
      {workspace.monitoring.periods.length > 0 && (
        <p className="note">
          {say('data.monitoring', {
            n: format.count(workspace.monitoring.hotlines),
            periods: [...workspace.monitoring.periods].sort().join(say('list.comma')),
          })}
        </p>
      )}
    </Panel>
  );
};
