import { useQuery } from '@tanstack/react-query';
import { QueryState } from '../../ui/query-state';
import { usePageScope } from '../../ui/page-scope';
import { summaryQuery } from '../benefit/api';
import { measureOf } from '../benefit/figure';
import { Rates } from '../benefit/rates';

/** How much of the plan of a benefit came, to date, as its own page says it. */
export function BenefitRates({ code }: { code: string }) {
  const { period } = usePageScope();
  const summary = useQuery(summaryQuery(code, period));
  return (
    <QueryState query={summary} what="its rates" rows={4}>
      {({ isMoney, unit, addsUp, rates }) =>
        addsUp ? (
          <>
            <p className="about">How much of its plan came, to date:</p>
            <dl className="facts node-rates">
              <Rates rates={rates} measure={measureOf(isMoney, unit, [])} />
            </dl>
          </>
        ) : (
          <p className="about">No rates: its months are not added up, but averaged, or the latest counts.</p>
        )
      }
    </QueryState>
  );
}
