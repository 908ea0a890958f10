import { Button } from 'antd';
import { useEffect, useRef, type ReactNode } from 'react';
import type { ReportFormat, ReportPage } from '../../contract/report-formats.ts';
import { apiAddress } from '../api/api-address.ts';
import { may } from '../api/page-access.ts';
import { useNarrow } from '../ui/use-narrow.ts';
import { useSpeech } from '../words/words.tsx';
import { printPlan } from './plan-view.tsx';

interface PlanActionsProps {
  /** The plan that is shown; undefined where there is none. */
  readonly id: string | undefined;
  readonly hasPlans: boolean;
  readonly open: (what: 'targets' | 'overrules' | 'plans') => void;
}

/** What can be done beside planning: three things in sight, the rest in one menu; on a phone all of it in there. */
export const PlanActions = ({ id, hasPlans, open }: PlanActionsProps) => {
  const { say, language } = useSpeech();
  const isNarrow = useNarrow();
  const link = (format: ReportFormat, page?: ReportPage): string =>
    apiAddress('report', { plan: id ?? '' }, { format, language, ...(page === undefined ? {} : { page }) });
  const beside = (
    <>
      {id !== undefined && may('addOverrule') && (
        <Button onClick={() => open('overrules')}>{say('overrule.open')}</Button>
      )}
      {hasPlans && <Button onClick={() => open('plans')}>{say('plans.open')}</Button>}
      {id !== undefined && (
        <Button href={link('html', 'leader')} target="_blank">
          {say('plan.leaderPage')}
        </Button>
      )}
    </>
  );
  if (id === undefined && !may('makePlan')) return hasPlans && beside;
  return (
    <>
      {!isNarrow && beside}
      <ActionsMenu>
        {may('makePlan') && <Button onClick={() => open('targets')}>{say('plan.targets')}</Button>}
        {isNarrow && beside}
        {id !== undefined && (
          <>
            <Button href={link('xlsx')} download>
              XLSX
            </Button>
            <Button href={link('zip')} download>
              CSV
            </Button>
            <Button href={link('html')} download>
              HTML
            </Button>
            <Button onClick={printPlan}>{say('plan.print')}</Button>
          </>
        )}
      </ActionsMenu>
    </>
  );
};

/** Actions that are opened first: it shuts when one is chosen, by Escape and by a press elsewhere, and keeps the focus. */
const ActionsMenu = ({ children }: { readonly children: ReactNode }) => {
  const { say } = useSpeech();
  const menu = useRef<HTMLDetailsElement>(null);
  const shut = (): void => {
    if (menu.current?.open !== true) return;
    menu.current.querySelector('summary')?.focus();
    menu.current.open = false;
  };
  useEffect(() => {
    const elsewhere = ({ target }: PointerEvent): void => {
      if (menu.current !== null && target instanceof Node && !menu.current.contains(target))
        menu.current.open = false;
    };
    document.addEventListener('pointerdown', elsewhere);
    return () => document.removeEventListener('pointerdown', elsewhere);
  }, []);
  return (
    // The dialog that an action opens gives the focus back to what had it: to the menu's own name.
    <details className="more-actions" ref={menu} onKeyDown={({ key }) => key === 'Escape' && shut()}>
      <summary>{say('plan.more')}</summary>
      <div onClickCapture={shut}>{children}</div>
    </details>
  );
};
