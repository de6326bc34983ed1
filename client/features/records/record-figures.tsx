import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { ChainNode } from '../../../server/contract/chain.js';
import type { Figure } from '../../../server/contract/trace.js';
import { money, scaleFor } from '../../../server/contract/format.js';
import { periodLabel } from '../../lib/period';
import type { RegisterType } from '../../lib/registers';
import { Num } from '../../ui/num';
import { usePageScope } from '../../ui/page-scope';
import { QueryState } from '../../ui/query-state';
import { chainQuery } from './api';

interface RecordFiguresProps {
  type: RegisterType;
  code: string;
  seesChain: boolean;
}

/** What a record costs and is worth, to date; each figure opens its trace. */
export function RecordFigures({ type, code, seesChain }: RecordFiguresProps) {
  const scope = usePageScope();
  const chain = useQuery({ ...chainQuery(scope), enabled: seesChain });
  const node = chain.data?.nodes.find((one) => one.type === type && one.code === code);
  if (!seesChain) return null;
  return (
    <section className="card" aria-labelledby="figures">
      <h2 id="figures">Figures to date</h2>
      <p className="caption">
        {scope.scopeName} · to the end of {periodLabel(scope.period, scope.fiscalYearStartMonth)}
      </p>
      <QueryState query={{ ...chain, data: chain.data && (node ?? 'none') }} what="the figures" rows={3}>
        {(found) =>
          typeof found === 'string' ? (
            <p>It has no figure in this scope.</p>
          ) : (
            <dl className="facts figures">
              <Spend node={found} type={type} code={code} />
              <Worth node={found} type={type} code={code} />
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
      <FigureLine
        name="Of that, unallocated"
        figure="node.unallocated"
        text={money(node.unallocated, currency, scale)}
        {...{ type, code }}
      />
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
