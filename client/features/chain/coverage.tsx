import { useQuery } from '@tanstack/react-query';
import type { Chain } from '../../../server/contract/chain.js';
import type { Figure } from '../../../server/contract/trace.js';
import { Bar, domainOf } from '../../charts/bars';
import { isZero, negate } from '../../../server/contract/decimal.js';
import { money, scaled, scaleFor, unitOf, type Scale } from '../../../server/contract/format.js';
import { Amount } from '../../ui/amount';
import { usePageScope } from '../../ui/page-scope';
import { QueryState } from '../../ui/query-state';
import { Num } from '../../ui/num';
import { chainQuery } from './api';
import { capital, PLURAL } from './words';

type Reached = Chain['totals']['reached'][number];

/** A layer: what reaches it, and what stopped at the layer before. */
interface Stage extends Reached {
  before: Reached | undefined;
}

/** Five stages: what reaches each, and what was lost before it. What reaches a stage and all losses up to it are what was invested. */
export function Coverage({ span }: { span: Chain['span'] }) {
  const page = usePageScope();
  const chain = useQuery(chainQuery(page, span));
  return (
    <QueryState query={chain} what="how far the spend reaches" rows={2}>
      {({ totals }) => {
        const scale = scaleFor([totals.cost, totals.planned, totals.realised]);
        const stages = totals.reached.map((reached, at, all): Stage => ({ ...reached, before: all[at - 1] }));
        return (
          <ol className="coverage" aria-label={`Spend that reaches each layer, ${unitOf(scale, page.currency)}`}>
            {stages.map((stage) => (
              <StageCell
                key={stage.type}
                stage={stage}
                stages={stages}
                scale={scale}
                span={span}
                currency={page.currency}
              />
            ))}
          </ol>
        );
      }}
    </QueryState>
  );
}

interface StageCellProps {
  stage: Stage;
  stages: readonly Stage[];
  scale: Scale;
  span: Chain['span'];
  currency: string;
}

function StageCell({ stage: { type, cost, before }, stages, scale, span, currency }: StageCellProps) {
  const step = span === 'to_date' ? {} : { span };
  const lost = before && !isZero(before.unallocated) ? before.unallocated : null;
  return (
    <li className="stage" data-stage={type}>
      <span className="stage-name">
        {capital(type)}
        {type === 'investment' && <span className="unit"> {unitOf(scale, currency)}</span>}
      </span>
      <Bar domain={domainOf(stages.map((stage) => stage.cost))} actual={cost} shortfall={lost} height={14} />
      <span className="stage-figures">
        <Amount
          amount={cost}
          scale={scale}
          name={`Spend that reaches ${type} level`}
          trace={{ figure: `reached.${type}` as Figure, ...step }}
        />
        {before && lost !== null && (
          <span className="variance-bad">
            <Num
              trace={{ figure: `lost.${before.type}` as Figure, ...step }}
              label={`${money(negate(lost), currency, scale)}, no ${type}: spend that goes no further than the ${PLURAL[before.type]}`}
            >
              <span aria-hidden="true">▼ </span>
              {scaled(negate(lost), scale)}
            </Num>{' '}
            no {type}
          </span>
        )}
      </span>
    </li>
  );
}
