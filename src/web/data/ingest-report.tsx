import { Alert } from 'antd';
import type { IngestDocument } from '../../contract/documents/ingest-document.ts';
import type { WorkspaceDocument } from '../../contract/http/workspace-document.ts';
import { PlainTable } from '../ui/plain-table.tsx';
import { ProblemsTable } from '../ui/problems-table.tsx';
import { useFormat } from '../ui/use-format.ts';
import { placeHref } from '../ui/use-place.ts';
import { useSpeech } from '../words/words.tsx';

/** What came of reading a file: counts, gaps, problems, and the way on. */
export const IngestReport = ({
  report,
  workspace,
}: {
  readonly report: IngestDocument;
  readonly workspace: WorkspaceDocument;
}) => {
  const { say } = useSpeech();
  const format = useFormat();
  const sum = (field: 'rows' | 'accepted' | 'rejected' | 'duplicates'): string =>
    format.count(report.files.reduce((total, file) => total + file[field], 0));
  const counts = { rows: sum('rows'), accepted: sum('accepted'), rejected: sum('rejected'), duplicates: sum('duplicates') };
  return (
    <div className="report" data-testid="ingest-report">
      <Alert
        type="success"
        showIcon
        role="status"
        title={say(report.dryRun ? 'report.dry' : 'report.done', counts)}
        description={
          <>
            {report.firstDate !== null && report.lastDate !== null && (
              <div>{say('report.span', { from: format.date(report.firstDate), to: format.date(report.lastDate) })}</div>
            )}
            {!report.dryRun && (
              <div>
                {say('report.stored', {
                  added: format.count(report.stored.added),
                  changed: format.count(report.stored.changed),
                  unchanged: format.count(report.stored.unchanged),
                })}
              </div>
            )}
            {!report.dryRun && (report.kind === 'traffic' || report.kind === 'calls') && workspace.nextWeek !== null && (
              <a href={placeHref('plan', { week: workspace.nextWeek })}>{say('report.goOn')}</a>
            )}
          </>
        }
      />
      {report.gaps.length > 0 && <Gaps report={report} />}
      {report.problems.length > 0 && <ProblemsTable problems={report.problems} />}
    </div>
  );
};

const Gaps = ({ report }: { readonly report: IngestDocument }) => {
  const { say } = useSpeech();
  const format = useFormat();
  return (
    <details>
      <summary>{say('report.gaps', { n: format.count(report.gaps.length) })}</summary>
      <PlainTable
        label={say('report.gaps', { n: format.count(report.gaps.length) })}
        rows={report.gaps.slice(0, 100)}
        keyOf={(gap, i) => `${gap.queue}${gap.from}${i}`}
        columns={[
          { key: 'queue', head: say('calls.queue'), cell: (gap) => gap.queue },
          { key: 'from', head: say('data.from'), cell: (gap) => gap.from },
          { key: 'to', head: say('data.to'), cell: (gap) => gap.to },
          { key: 'n', head: say('report.intervals'), numeric: true, cell: (gap) => format.count(gap.intervals) },
          { key: 'taken', head: say('report.taken'), cell: (gap) => say(`absent.${gap.taken}`) },
        ]}
      />
    </details>
  );
};
