import { Button } from 'antd';
import { useRef, useState } from 'react';
import type { WorkspaceDocument } from '../../contract/http/workspace-document.ts';
import { useUnsaved } from '../ui/use-unsaved.ts';
import { useSpeech } from '../words/words.tsx';
import { FilePanel } from './file-panel.tsx';
import type { Refusals } from './ingest-report.tsx';

/** Tells files apart that were chosen together. */
export const keyOf = ({ name, size, lastModified }: File): string => `${name}${size}${lastModified}`;

/** Files that are read on trial at once; of more, each when it is asked for. */
const mostTriedAtOnce = 5;

/** The files that were chosen, each to be checked and taken in, or all of them one after the other by one click. */
export const ChosenFiles = ({
  files,
  workspace,
  reload,
  refusals,
}: {
  readonly files: readonly File[];
  readonly workspace: WorkspaceDocument;
  readonly reload: () => void;
  readonly refusals: Refusals;
}) => {
  const { say } = useSpeech();
  /** Place of the file that is being taken in with all others; undefined: none is. */
  const [turn, setTurn] = useState<number>();
  /** Places of the files that were taken in. */
  const [taken, setTaken] = useState<ReadonlySet<number>>(new Set());
  useUnsaved(taken.size < files.length, ({ page }) => page === 'data');
  /** What the reader has agreed to see go is not asked about again with the next file. */
  const agreed = useRef(new Set<string>());
  const isUnderWay = turn !== undefined && turn < files.length;
  return (
    <>
      {files.length > 1 && (
        <div className="row file-take">
          <span>{say('data.chosen', { n: files.length })}</span>
          <Button type="primary" loading={isUnderWay} onClick={() => setTurn(0)}>
            {say('data.takeInAll')}
          </Button>
        </div>
      )}
      {files.map((file, i) => (
        <FilePanel
          key={keyOf(file)}
          file={file}
          workspace={workspace}
          reload={reload}
          refusals={refusals}
          isTried={files.length <= mostTriedAtOnce}
          isTurn={turn === i}
          settled={() => setTurn(i + 1)}
          agreed={agreed.current}
          taken={() => setTaken((before) => new Set([...before, i]))}
        />
      ))}
    </>
  );
};
