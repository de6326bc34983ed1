import { useQuery } from '@tanstack/react-query';
import { LAYERS, type Chain, type Layer, type Picture } from '../../../server/contract/chain.js';
import type { Figure } from '../../../server/contract/trace.js';
import { Bar, domainOf } from '../../charts/bars';
import { isZero } from '../../lib/decimal';
import { scaleFor, unitOf, type Scale } from '../../lib/format';
import { Amount } from '../../ui/amount';
import { usePageScope } from '../../ui/page-scope';
import { QueryState } from '../../ui/query-state';
import { chainQuery, wholeQuery } from './api';
import { capital } from './words';

interface Stage {
  type: Layer;
  traced: string;
  /** What of the investments' spend does not reach the layer. */
  gap: string;
}

/** Five stages: what reaches each and what does not; both together are what was invested. */
export function Coverage({ span }: { span: Chain['span'] }) {
  const page = usePageScope();
  const chain = useQuery(chainQuery(page, span));
  const whole = useQuery(wholeQuery(page, span));
  const all = [chain, whole];
  const reading = {
    data: chain.data && whole.data ? stagesOf(chain.data, whole.data) : undefined,
    error: all.find(({ error }) => error !== null)?.error ?? null,
    isFetching: all.some(({ isFetching }) => isFetching),
    dataUpdatedAt: whole.dataUpdatedAt,
    refetch: () => Promise.all(all.map(({ refetch }) => refetch())),
  };
  return (
    <QueryState query={reading} what="how far the spend reaches" rows={2}>
      {({ stages, scale }) => (
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
      )}
    </QueryState>
  );
}

function stagesOf(chain: Chain, whole: Picture): { stages: Stage[]; scale: Scale } {
  const stages = LAYERS.map((type) => ({
    type,
    traced: chain.totals.reached.find((reached) => reached.type === type)?.cost ?? '0',
    gap: whole.nodes.find(({ id }) => id === `gap:${type}`)?.cost ?? '0',
  }));
  return { stages, scale: scaleFor([chain.totals.cost, chain.totals.planned, chain.totals.realised]) };
}

interface StageCellProps {
  stage: Stage;
  stages: readonly Stage[];
  scale: Scale;
  span: Chain['span'];
  currency: string;
}

function StageCell({ stage: { type, traced, gap }, stages, scale, span, currency }: StageCellProps) {
  const step = span === 'to_date' ? {} : { span };
  return (
    <li className="stage" data-stage={type}>
      <span className="stage-name">
        {capital(type)}
        {type === 'investment' && <span className="unit"> {unitOf(scale, currency)}</span>}
      </span>
      <Bar
        domain={domainOf(stages.map((stage) => stage.traced))}
        actual={traced}
        shortfall={isZero(gap) ? null : gap}
        height={14}
      />
      <span className="stage-figures">
        <Amount
          amount={traced}
          scale={scale}
          name={`Spend that reaches ${type} level`}
          trace={{ figure: `reached.${type}` as Figure, ...step }}
        />
        {type !== 'investment' && !isZero(gap) && (
          <span className="variance-bad">
            <span aria-hidden="true">▲ </span>
            <Amount
              amount={gap}
              scale={scale}
              name={`Gap: spend that does not reach ${type} level`}
              trace={{ figure: `unreached.${type}` as Figure, ...step }}
            />
          </span>
        )}
      </span>
    </li>
  );
}
