import { may } from '../api/page-access.ts';
import { useAnswer } from '../api/use-load.ts';
import { problemOnPage } from '../ui/problems-table.tsx';
import { EmptyView } from '../ui/states.tsx';
import { placeHref } from '../ui/use-place.ts';
import { useSpeech } from '../words/words.tsx';

/**
 * Nothing is planned for the week: how it comes to be, or what keeps the line from being planned. Apart from the plan's page,
 * since it brings what is said of all problems.
 */
export const NoPlan = ({ traffic }: { readonly traffic: string }) => {
  const { say, language } = useSpeech();
  const [report] = useAnswer('dataReport', {}, traffic);
  const first = report.state === 'ready' ? report.value.refusals[0] : undefined;
  if (first === undefined)
    return (
      <EmptyView title={say('plan.none')}>{may('makePlan') && <p>{say('plan.noneWords')}</p>}</EmptyView>
    );
  const { message, remedy } = problemOnPage(first, language);
  return (
    <EmptyView title={say('plan.cannot')}>
      <p>{message}</p>
      <p>{remedy}</p>
      {may('ingestFile') && (
        <a className="button" href={placeHref('data')}>
          {say('plan.bringData')}
        </a>
      )}
    </EmptyView>
  );
};
