import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { Value } from '../../../server/contract/benefit.js';
import type { ChainNode } from '../../../server/contract/chain.js';
import type { Figure } from '../../../server/contract/trace.js';
import { inFull, money, scaleFor } from '../../lib/format';
import { periodLabel } from '../../lib/period';
import type { RegisterType } from '../../lib/registers';
import { Num } from '../../ui/num';
import { usePageScope } from '../../ui/page-scope';
import { QueryState } from '../../ui/query-state';
import { Status } from '../../ui/status';
import { chainQuery, valueQuery } from './api';
import { EVIDENCE } from './register-values';

interface RecordFiguresProps {
  type: RegisterType;
  code: string;
  seesChain: boolean;
}

/** What a record costs and is worth, to date; each figure opens its trace. */
export function RecordFigures({ type, code, seesChain }: RecordFiguresProps) {
  const scope = usePageScope();
  const chain = useQuery({ ...chainQuery(scope), enabled: seesChain });
  const value = useQuery({ ...valueQuery(scope), enabled: type === 'benefit' });
  const node = chain.data?.nodes.find((one) => one.type === type && one.code === code);
  const benefit = value.data?.benefits.find((one) => one.code === code);
  const waitsFor = type === 'benefit' ? value : chain;
  if (!seesChain && type !== 'benefit') return null;
  return (
    <section className="card" aria-labelledby="figures">
      <h2 id="figures">Figures to date</h2>
      <p className="caption">
        {scope.scopeName} · to the end of {periodLabel(scope.period, scope.fiscalYearStartMonth)}
      </p>
      <QueryState
        query={{ ...waitsFor, data: waitsFor.data && (node ?? benefit ?? 'none') }}
        what="the figures"
        rows={3}
      >
        {(found) =>
          found === 'none' ? (
            <p>It has no figure in this scope.</p>
          ) : (
            <dl className="facts figures">
              {node && <Spend node={node} type={type} code={code} />}
              {type === 'benefit'
                ? benefit && <Benefit {...{ benefit }} />
                : node && <Worth {...{ node, type, code }} />}
            </dl>
          )
        }
      </QueryState>
    </section>
  );
}

interface FigureLineProps {
  name: string;
  figure: Figure;
  type: string;
  code: string;
  text: string;
  note?: ReactNode;
}

function FigureLine({ name, figure, type, code, text, note }: FigureLineProps) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        <Num trace={{ figure, type, ref: code }} label={`${name} ${text}`}>
          {text}
        </Num>
        {note}
      </dd>
    </div>
  );
}

interface NodeProps {
  node: ChainNode;
  type: RegisterType;
  code: string;
}

function Spend({ node, type, code }: NodeProps) {
  const { currency } = usePageScope();
  const scale = scaleFor([node.cost, node.unallocated]);
  return (
    <>
      <FigureLine
        name={type === 'investment' ? 'Spend' : 'Spend that reaches it'}
        figure="node.cost"
        text={money(node.cost, currency, scale)}
        {...{ type, code }}
      />
      {type !== 'benefit' && (
        <FigureLine
          name="Of that, unallocated"
          figure="node.unallocated"
          text={money(node.unallocated, currency, scale)}
          {...{ type, code }}
        />
      )}
    </>
  );
}

const WORTH = [
  ['planned', 'Value planned that is attributed to it'],
  ['realised', 'Value realised that is attributed to it'],
] as const;

function Worth({ node, type, code }: NodeProps) {
  const { currency } = usePageScope();
  const scale = scaleFor(WORTH.map(([kind]) => node[kind]));
  return WORTH.map(([kind, name]) => (
    <FigureLine
      key={kind}
      {...{ name, type, code }}
      figure={`node.${kind}`}
      text={money(node[kind], currency, scale)}
    />
  ));
}

/** Never 0 for what is not there. */
function Unknown({ name, why }: { name: string; why: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        <abbr title={why}>x</abbr> <span className="caption">{why}</span>
      </dd>
    </div>
  );
}

function Benefit({ benefit }: { benefit: Value['benefits'][number] }) {
  const { currency } = usePageScope();
  const scale = scaleFor([benefit.planned, benefit.realised, benefit.confirmed]);
  const text = (amount: string) =>
    benefit.money ? money(amount, currency, scale) : inFull(amount, benefit.unit ?? '');
  const line = (name: string, kind: 'planned' | 'realised' | 'confirmed') => (
    <FigureLine name={name} figure={`node.${kind}`} type="benefit" code={benefit.code} text={text(benefit[kind])} />
  );
  return (
    <>
      {benefit.status === 'not_due' ? (
        <Unknown name="Planned (PL)" why="nothing planned to date" />
      ) : (
        line('Planned (PL)', 'planned')
      )}
      {benefit.evidenceLevel === 0 ? (
        <Unknown name="Realised (AC)" why="not measured" />
      ) : (
        line('Realised (AC)', 'realised')
      )}
      {benefit.evidenceLevel > 0 && line('Confirmed by finance', 'confirmed')}
      <div>
        <dt>Status</dt>
        <dd>
          <Status status={benefit.status} />
        </dd>
      </div>
      <div>
        <dt>Evidence</dt>
        <dd>{EVIDENCE[benefit.evidenceLevel]}</dd>
      </div>
    </>
  );
}
