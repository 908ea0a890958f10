import { Alert, Button } from 'antd';
import type { ReactNode } from 'react';
import type { ModelName } from '../../contract/http/model-name.ts';
import { useLoad } from '../api/use-load.ts';
import type { PageProps } from '../page-props.ts';
import { ProblemLines } from '../ui/problem-lines.tsx';
import { LoadedView, ProblemView } from '../ui/states.tsx';
import { useSpeech } from '../words/words.tsx';
import { readModel, useModels, type ModelsDesk, type ReadModels } from './use-models.ts';

interface DeskProps extends Pick<PageProps, 'workspace' | 'reload'> {
  /** Models that are edited here, and saved together. */
  readonly names: readonly ModelName[];
  readonly children: (desk: ModelsDesk) => ReactNode;
}

/** Reads models, has them edited, and keeps them: unsaved edits are guarded, taken back step by step, checked on the way. */
export const ModelDesk = ({ names, workspace, reload, children }: DeskProps) => {
  // Traffic that is taken in may put another hotline in the place of the made-up one.
  const { hotline, madeUp } = workspace;
  const [models, retry] = useLoad(
    `models ${names.join()} ${JSON.stringify({ hotline, madeUp })}`,
    async (signal) =>
      Object.fromEntries(
        await Promise.all(names.map(async (name) => [name, await readModel(name, signal)] as const)),
      ),
  );
  return (
    <LoadedView loaded={models} retry={retry}>
      {(read) => (
        <Edited
          read={read}
          again={retry}
          saved={() => {
            retry();
            reload();
          }}
        >
          {children}
        </Edited>
      )}
    </LoadedView>
  );
};

const Edited = ({
  read,
  again,
  saved,
  children,
}: {
  readonly read: ReadModels;
  readonly again: () => void;
  readonly saved: () => void;
  readonly children: DeskProps['children'];
}) => {
  const desk = useModels(read, saved);
  return (
    <>
      {children(desk)}
      <SaveRow desk={desk} again={again} />
    </>
  );
};

/** Keeping, taking back and discarding edits, and what came of it. */
const SaveRow = ({ desk, again }: { readonly desk: ModelsDesk; readonly again: () => void }) => {
  const { say } = useSpeech();
  const { outcome } = desk;
  return (
    <div className="settings-save">
      {outcome?.state === 'not-json' && (
        <Alert type="error" role="alert" showIcon title={say('models.notJson')} description={outcome.said} />
      )}
      {outcome?.state === 'wrong' && desk.problems.length > 0 && (
        <Alert
          type="error"
          role="alert"
          showIcon
          title={say('models.wrong', { n: desk.problems.length })}
          description={<ProblemLines problems={desk.problems} />}
        />
      )}
      {outcome?.state === 'refused' && <ProblemView problem={outcome.problem} />}
      {outcome?.state === 'stale' && (
        <Alert
          type="error"
          role="alert"
          showIcon
          title={say('models.changed')}
          action={
            <Button
              onClick={() => {
                desk.discard();
                again();
              }}
            >
              {say('models.readAgain')}
            </Button>
          }
        />
      )}
      {outcome?.state === 'saved' && !desk.isChanged && (
        <Alert type="success" role="status" showIcon title={say('models.saved')} />
      )}
      <div className="row">
        <Button type="primary" loading={desk.saving} onClick={() => void desk.save()}>
          {say('models.save')}
        </Button>
        <Button disabled={!desk.canUndo} onClick={desk.undo}>
          {say('models.undo')}
        </Button>
        {desk.isChanged && (
          <>
            <Button onClick={desk.discard}>{say('models.discard')}</Button>
            <span className="tag warning">{say('models.unsaved')}</span>
          </>
        )}
      </div>
    </div>
  );
};
