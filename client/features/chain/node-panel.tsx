import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { isZero } from '../../../server/contract/decimal.js';
import { inFull } from '../../../server/contract/format.js';
import { recordPath } from '../../lib/registers';
import type { TraceStep } from '../../lib/trace-path';
import { Amount } from '../../ui/amount';
import { Button } from '../../ui/button';
import { QueryState } from '../../ui/query-state';
import { StopLink } from '../scenarios/stop-link';
import { gapsOfQuery } from './api';
import { BenefitAmounts } from './benefit-amounts';
import { BenefitRates } from './benefit-rates';
import type { Node } from './graph';
import { LayerIcon } from './layer-icon';
import { NodeLinks } from './node-links';
import type { Model } from './use-chain-model';
import type { ChainAddress } from './use-chain-view';
import { capital, GAPS, layerAfter } from './words';

interface NodePanelProps {
  /** `benefit:BEN-1`, or the id of a gap. */
  id: string;
  model: Model;
  view: ChainAddress;
  onClose: () => void;
}

/** What is known of the chosen record: its figures, its links with their shares, and what is left over. */
export function NodePanel({ id, model, view, onClose }: NodePanelProps) {
  const node = model.graph.nodes.get(id);
  return (
    <section className="card node-panel" aria-labelledby="node-title">
      <header className="node-head">
        <h2 id="node-title" tabIndex={-1}>
          {node && <LayerIcon type={node.record.type} />}
          <span>{node?.record.name ?? titleOf(id)}</span>
        </h2>
        <Button look="plain" onClick={onClose} aria-label="Close the facts">
          <span aria-hidden="true">✕</span>
        </Button>
      </header>
      {node ? (
        <NodeFacts node={node} model={model} view={view} />
      ) : (
        <p className="about">
          {id.startsWith('gap:')
            ? 'Spend that ended in an earlier layer. The outline lists, at its end, the records at which it ends.'
            : 'No such record is in this scope.'}
        </p>
      )}
    </section>
  );
}

const titleOf = (id: string): string => (id.startsWith('gap:') ? `No ${id.slice(4)}` : id);

function NodeFacts({ node, model, view }: { node: Node; model: Model; view: ChainAddress }) {
  const { record } = node;
  const step = view.span === 'to_date' ? {} : { span: view.span };
  const trace = (figure: TraceStep['figure']): TraceStep => ({ figure, type: record.type, ref: record.code, ...step });
  const amount = (value: string, name: string, figure: TraceStep['figure']) => (
    <Amount amount={value} scale={model.scale} name={`${record.name}, ${name}`} trace={trace(figure)} withUnit />
  );
  const next = layerAfter(record.type);
  const hasValue = [record.planned, record.forecast, record.realised, record.confirmed].some((value) => !isZero(value));
  return (
    <>
      <p className="about">
        {capital(record.type)} · {record.code} · {record.owner ?? <span className="variance-bad">▲ no owner</span>}
        {record.portfolio && ` · portfolio ${record.portfolio}`}
      </p>
      <p className="actions">
        <Link to={recordPath(record.type, record.code)} className="button">
          Open the record
        </Link>
        <Button onClick={() => view.focusOn({ type: record.type, ref: record.code })}>Only its paths</Button>
        {(record.type === 'investment' || record.type === 'initiative') && (
          <StopLink type={record.type} code={record.code} />
        )}
      </p>
      <dl className="facts">
        <Fact term="Spend that reaches it" title={inFull(record.cost, model.page.currency)}>
          {amount(record.cost, 'spend that reaches it', 'node.cost')}
        </Fact>
        {next && (
          <Fact term={`Goes on to no ${next}`} isBad={!isZero(record.unallocated)}>
            {!isZero(record.unallocated) && <span aria-hidden="true">▲ </span>}
            {amount(record.unallocated, `spend that reaches no ${next}`, 'node.unallocated')}
          </Fact>
        )}
        {record.type === 'benefit' ? (
          <Fact term="Realised and planned">
            <BenefitAmounts node={node} model={model} step={step} />
          </Fact>
        ) : (
          hasValue && (
            <>
              <Fact term="Planned value of its benefits">
                {amount(record.planned, 'planned value', 'node.planned')}
              </Fact>
              <Fact term="Realised value of its benefits">
                {amount(record.realised, 'realised value', 'node.realised')}
              </Fact>
            </>
          )
        )}
      </dl>
      {record.type === 'benefit' && <BenefitRates code={record.code} />}
      <p className="about">
        The first number explains the allocation: choose it to see the shares multiplied, link by link.
      </p>
      <NodeGaps node={node} model={model} />
      <NodeLinks node={node} model={model} view={view} />
    </>
  );
}

function Fact({
  term,
  title,
  isBad = false,
  children,
}: {
  term: string;
  title?: string;
  isBad?: boolean;
  children: ReactNode;
}) {
  return (
    <div>
      <dt>{term}</dt>
      <dd className={isBad ? 'variance-bad' : ''} title={title}>
        {children}
      </dd>
    </div>
  );
}

function NodeGaps({ node, model }: { node: Node; model: Model }) {
  const gaps = useQuery(gapsOfQuery(model.page, node.record.type, node.record.code));
  return (
    <QueryState query={gaps} what="its gaps" rows={1}>
      {({ items }) =>
        items.length === 0 ? (
          <p className="about">No gaps.</p>
        ) : (
          <p className="variance-bad">
            <span aria-hidden="true">▲ </span>
            {items.map(({ kind }) => GAPS[kind].flag).join(', ')}
          </p>
        )
      }
    </QueryState>
  );
}
